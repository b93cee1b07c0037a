"""Telling a school's administrators what changed captions mean for its quizzes."""

from typing import Protocol

from lms_app.notices.tell import Notice, Tell, Telling
from lms_app.notices.tell_of_courses import title_of
from lms_app.ports.audience import AudienceRepository
from lms_domain.learning.assignment import Assignment
from lms_domain.notices.notification import NotificationKind


class CaptionTelling(Telling, Protocol):
    """What is needed of a transaction to tell people of captions."""

    audience: AudienceRepository


class TellOfCaptions:
    """Tell administrators, once for each new transcript, that questions of a quiz rest on words which its video's
    captions do not have any more."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    async def of_stale_questions(
        self, tx: CaptionTelling, assignment: Assignment, *, count: int, is_withdrawn: bool, transcript: str
    ) -> int:
        """Questions became stale; how many people were told.

        Args:
            count: how many questions; at least one.
            is_withdrawn: whether the quiz was taken back, because no question of it is left.
            transcript: the hash of the new one.
        """
        what = "1 question rests" if count == 1 else f"{count} questions rest"
        then = (
            "No question is left, so teachers do not get this quiz for now."
            if is_withdrawn
            else "It is not asked until you have looked at it."
            if count == 1
            else "They are not asked until you have looked at them."
        )
        return await self._tell(
            tx,
            [
                Notice(
                    recipient=person,
                    kind=NotificationKind.SYSTEM,
                    title=title_of("Captions changed: ", assignment.title),
                    message=f"{what} on words of the video that its captions do not have any more. {then}",
                    link=f"/assignments/{assignment.id}/questions",
                    event_key=f"assignment:{assignment.id}:stale:{transcript}",
                )
                for person in await tx.audience.administrators()
            ],
        )
