"""Telling people what became of work that was handed in."""

from typing import Protocol
from uuid import UUID

from lms_app.notices.tell import Notice, Tell, Telling
from lms_app.notices.tell_of_courses import title_of
from lms_app.ports.audience import AudienceRepository
from lms_domain.learning.assignment import Assignment
from lms_domain.learning.submission import Standing, Submission, standing_of
from lms_domain.notices.notification import NotificationKind


class WorkTelling(Telling, Protocol):
    """What is needed of a transaction to tell people of work."""

    audience: AudienceRepository


class TellOfWork:
    """Tell the school's administrators of work that waits for a grade, once for each submission however often it is
    handed in again, and its author of the grade. Administrators see it in the application and in their daily mail: a
    mail for each piece of work would be too many."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    async def of_hand_in(self, tx: WorkTelling, assignment: Assignment, submission: Submission) -> int:
        """Work was handed in; how many were told."""
        return await self._tell(
            tx,
            [
                Notice(
                    recipient=person,
                    kind=NotificationKind.SYSTEM,
                    title=title_of("To be graded: ", assignment.title),
                    message=f"Somebody has handed in “{assignment.title}”.",
                    link=f"/assignments/{assignment.id}",
                    event_key=f"submission:{submission.id}:handed-in",
                )
                for person in await tx.audience.administrators()
            ],
            is_mailed=False,
        )

    async def of_grade(self, tx: WorkTelling, assignment: Assignment, submission: Submission) -> int:
        """Work was graded, or its grade was corrected; how many were told."""
        if submission.graded_at is None:
            return 0
        ids: frozenset[UUID] = frozenset({submission.user_id})
        people = await tx.audience.chosen(everybody=False, user_ids=ids, group_ids=frozenset())
        verdict = "" if standing_of(assignment, submission) is not Standing.FAILED else " It was not enough to pass."
        score = f"{submission.score:g} of {assignment.max_score}"
        return await self._tell(
            tx,
            [
                Notice(
                    recipient=person,
                    kind=NotificationKind.ASSIGNMENT_DUE,
                    title=title_of("Graded: ", assignment.title),
                    message=f"“{assignment.title}” was graded: {score}.{verdict}",
                    link=f"/teacher/assignments/{assignment.id}",
                    event_key=f"submission:{submission.id}:graded:{submission.graded_at.isoformat()}",
                )
                for person in people
            ],
        )
