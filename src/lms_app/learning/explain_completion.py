"""Why is this course not complete?"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from lms_app.actor import Actor
from lms_app.learning.progress_views import Intervals
from lms_app.ports.learner_queries import LearnerQueries
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound
from lms_domain.learning.completion import MissingItem, MissingReason, MissingType, completion_of


class MissingItemView(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do, and why it does not count yet. ``id`` is a content's or an assignment's. ``unwatched`` is there
    for videos: half-open intervals of whole seconds."""

    type: MissingType
    id: UUID
    title: str
    reason: MissingReason
    unwatched: Intervals | UnsetType = UNSET


class CompletionView(msgspec.Struct, frozen=True, kw_only=True):
    """How far a person is with a course. ``percentage`` is 100 exactly when it is complete; then nothing is
    ``missing``, and what came after it was completed is ``new``. ``completed_version`` is the version of the course
    that the completion was earned for."""

    is_complete: bool
    percentage: float
    missing: list[MissingItemView]
    new: list[MissingItemView]
    completed_at: datetime | None
    completed_version: int | None


class ExplainCompletion:
    """Whether one of the person's courses is complete, and what is still missing, each with the reason, down to the
    seconds of a video that were not watched. What is added to a course later is shown as new to those who completed it
    before, and takes nothing back from them."""

    def __init__(self, queries: LearnerQueries) -> None:
        self._queries = queries

    async def __call__(self, actor: Actor, course_id: UUID) -> CompletionView:
        """Raises NotFound: no such course, not published, or not assigned to this person."""
        facts = await self._queries.course_facts(actor.school(Permission.LEARN), actor.user_id, course_id)
        if facts is None:
            raise NotFound("There is no such course.")
        completion, earned = completion_of(facts), facts.earned
        return CompletionView(
            is_complete=completion.is_complete,
            percentage=completion.percentage,
            missing=_views(completion.missing),
            new=_views(completion.new),
            completed_at=earned.completed_at if earned is not None else None,
            completed_version=earned.course_version if earned is not None else None,
        )


def _views(items: Iterable[MissingItem]) -> list[MissingItemView]:
    return [
        MissingItemView(
            type=item.type,
            id=item.id,
            title=item.title,
            reason=item.reason,
            unwatched=item.unwatched.as_pairs() if item.unwatched is not None else UNSET,
        )
        for item in items
    ]
