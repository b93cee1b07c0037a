"""Telling a school's administrators what changed captions mean for its quizzes."""

from lms_app.notices.fact import Fact, Said, in_sentences, title_of
from lms_app.notices.tell import Reaching, Tell
from lms_app.notices.words.captions import CAPTIONS
from lms_app.notices.words.language import Language
from lms_domain.learning.assignment import Assignment
from lms_domain.notices.notification import NotificationKind


class TellOfCaptions:
    """Tell administrators, once for each new transcript, that questions of a quiz rest on words which its video's
    captions do not have any more."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    async def of_stale_questions(
        self, tx: Reaching, assignment: Assignment, *, count: int, is_withdrawn: bool, transcript: str
    ) -> int:
        """Questions became stale; how many people were told.

        Args:
            count: how many questions; at least one.
            is_withdrawn: whether the quiz was taken back, because no question of it is left.
            transcript: the hash of the new one.
        """

        def say(language: Language) -> Said:
            words = CAPTIONS.of(language)
            not_asked = words.one_not_asked if count == 1 else words.many_not_asked
            message = in_sentences(
                words.one if count == 1 else words.many.format(count=count),
                words.withdrawn if is_withdrawn else not_asked,
            )
            return Said(title_of(words.changed, assignment.title), message)

        fact = Fact(
            kind=NotificationKind.SYSTEM,
            say=say,
            link=f"/assignments/{assignment.id}/questions",
            event_key=f"assignment:{assignment.id}:stale:{transcript}",
        )
        return await self._tell.to_administrators(tx, fact)
