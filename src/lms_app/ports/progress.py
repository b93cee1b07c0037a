"""Port: how far people are, inside a transaction of one school."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from lms_domain.learning.completion import CourseFacts
from lms_domain.learning.progress import ContentProgress
from lms_domain.learning.seconds import SecondSet


class ProgressRepository(Protocol):
    """Progress of the people of one school. Nothing here ever goes down, in whatever order statements arrive."""

    async def start(self, user_id: UUID, content_id: UUID, *, now: datetime) -> ContentProgress:
        """Begin a content, or return what there is already; one statement, so that two at once are fine."""
        ...

    async def get(self, user_id: UUID, content_id: UUID, *, for_update: bool = False) -> ContentProgress | None:
        """A person's progress with a content; with ``for_update`` its row is locked until the transaction ends."""
        ...

    async def merge(
        self,
        user_id: UUID,
        content_id: UUID,
        watched: SecondSet,
        *,
        position_seconds: float,
        now: datetime,
        busy_until: datetime,
    ) -> ContentProgress:
        """Add seconds to those already watched, by one atomic UPDATE, and return the new state. The same seconds
        again change nothing. ``last_report_at`` becomes ``now`` and the person's clock ``busy_until``, unless they are
        later already.

        Raises:
            LookupError: the content was never started.
        """
        ...

    async def lock_clock(self, user_id: UUID, *, since: datetime) -> datetime:
        """Up to when the person's time is accounted for by what they watched, over all videos: ``since`` for who never
        watched anything. Whoever else asks waits until the transaction ends: reports of one person come one after the
        other, from however many tabs. Ask after `start`, which locks the content's row."""
        ...

    async def set_completed(self, user_id: UUID, content_id: UUID, *, at: datetime) -> ContentProgress:
        """The content is complete since ``at``, unless it was before; the new state.

        Raises:
            LookupError: the content was never started.
        """
        ...

    async def course_facts(self, user_id: UUID, course_id: UUID) -> CourseFacts | None:
        """Everything that decides whether a person is done with a course, by one statement: contents in the course's
        order, assignments the oldest first, drafts of assignments included. None: there is no such course."""
        ...

    async def record_completion(self, user_id: UUID, course_id: UUID, *, at: datetime) -> None:
        """Record that the person has completed the course as it is now, if they are done with everything in it that
        counts (`completion_of`): the first record is kept. With it a certificate is issued, under a code that nobody
        can guess. One statement."""
        ...

    async def record_completions(self, course_id: UUID, *, at: datetime) -> None:
        """Record, as above, that everybody to whom a published course is assigned and who is done with it by now has
        completed it. Whatever is changed afterwards in the same transaction changes nothing about who they are. ``at``:
        where nothing says when."""
        ...

    async def record_completions_of_groups(self, group_ids: frozenset[UUID], *, at: datetime) -> None:
        """The same for every course that is assigned to one of the groups, all by one statement."""
        ...
