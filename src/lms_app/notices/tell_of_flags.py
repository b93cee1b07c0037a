"""Telling administrators that somebody finds something wrong with a question."""

from uuid import UUID

from lms_app.notices.fact import Fact, Said, title_of
from lms_app.notices.tell import Reaching, Tell
from lms_app.notices.words.flags import FLAGS
from lms_app.notices.words.language import Language
from lms_domain.notices.notification import NotificationKind


class TellOfFlags:
    """Tell the school's administrators, once for each person and question. They see it in the application and in their
    daily mail."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    async def __call__(self, tx: Reaching, assignment_id: UUID, question_id: UUID, *, by: UUID, title: str) -> int:
        """How many were told."""

        def say(language: Language) -> Said:
            words = FLAGS.of(language)
            return Said(title_of(words.flagged, title), words.wrong.format(title=title))

        fact = Fact(
            kind=NotificationKind.SYSTEM,
            say=say,
            link=f"/assignments/{assignment_id}/questions",
            event_key=f"question:{question_id}:flagged:{by}",
        )
        return await self._tell.to_administrators(tx, fact, is_mailed=False)
