"""Telling people that they have more time or more attempts at a quiz."""

from lms_app.notices.tell import Notice, Tell
from lms_app.notices.tell_of_courses import title_of
from lms_app.notices.tell_of_work import WorkTelling
from lms_domain.learning.quiz_extension import QuizExtension
from lms_domain.notices.notification import NotificationKind


class TellOfExtensions:
    """Tell a person what they are given at a quiz beyond what everybody has, and when that ends. Why, is between them
    and whoever gave it: it is not repeated in mails."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    async def of_gift(self, tx: WorkTelling, extension: QuizExtension, *, title: str) -> int:
        """They have more; how many were told."""
        attempts = extension.extra_attempts
        more = [
            *(["more time"] if extension.extra_seconds or extension.extra_percent else []),
            *([f"{attempts} more attempt{'s' if attempts > 1 else ''}"] if attempts else []),
        ]
        return await self._of(
            tx, extension, "given", title_of("More for you: ", title), f"You have {' and '.join(more)} at “{title}”."
        )

    async def of_end(self, tx: WorkTelling, extension: QuizExtension, *, title: str) -> int:
        """They have no more than everybody; how many were told. ``given_at`` says when it ended."""
        message = f"At “{title}” you have again what everybody has. An attempt that you have begun keeps its time."
        return await self._of(tx, extension, "ended", title_of("As for everybody: ", title), message)

    async def _of(self, tx: WorkTelling, extension: QuizExtension, fact: str, title: str, message: str) -> int:
        people = await tx.audience.chosen(
            everybody=False, user_ids=frozenset({extension.user_id}), group_ids=frozenset()
        )
        return await self._tell(
            tx,
            [
                Notice(
                    recipient=person,
                    kind=NotificationKind.ASSIGNMENT_DUE,
                    title=title,
                    message=message,
                    link=f"/teacher/assignments/{extension.assignment_id}/quiz",
                    event_key=f"quiz:{extension.assignment_id}:{fact}:{extension.given_at.isoformat()}",
                )
                for person in people
            ],
        )
