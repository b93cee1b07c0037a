"""Telling administrators that somebody finds something wrong with a question."""

from uuid import UUID

from lms_app.notices.tell import Notice, Tell
from lms_app.notices.tell_of_courses import title_of
from lms_app.notices.tell_of_work import WorkTelling
from lms_domain.notices.notification import NotificationKind


class TellOfFlags:
    """Tell the school's administrators, once for each person and question. They see it in the application and in their
    daily mail."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    async def __call__(self, tx: WorkTelling, assignment_id: UUID, question_id: UUID, *, by: UUID, title: str) -> int:
        """How many were told."""
        return await self._tell(
            tx,
            [
                Notice(
                    recipient=person,
                    kind=NotificationKind.SYSTEM,
                    title=title_of("Question flagged: ", title),
                    message=f"Somebody finds something wrong with a question of “{title}”.",
                    link=f"/assignments/{assignment_id}/questions",
                    event_key=f"question:{question_id}:flagged:{by}",
                )
                for person in await tx.audience.administrators()
            ],
            is_mailed=False,
        )
