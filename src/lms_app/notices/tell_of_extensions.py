"""Telling people that they have more time or more attempts at a quiz."""

from collections.abc import Callable

from lms_app.notices.fact import Fact, Said, title_of
from lms_app.notices.tell import Reaching, Tell
from lms_app.notices.words.extensions import EXTENSIONS
from lms_app.notices.words.language import Language
from lms_domain.learning.quiz_extension import QuizExtension
from lms_domain.notices.notification import NotificationKind


class TellOfExtensions:
    """Tell a person what they are given at a quiz beyond what everybody has, and when that ends. Why, is between them
    and whoever gave it: it is not repeated in mails."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    async def of_gift(self, tx: Reaching, extension: QuizExtension, *, title: str) -> int:
        """They have more; how many were told."""

        def say(language: Language) -> Said:
            words = EXTENSIONS.of(language)
            return Said(
                title_of(words.more_for_you, title), words.given.format(more=_more(extension, language), title=title)
            )

        return await self._tell.to_person(tx, extension.user_id, _fact(extension, "given", say))

    async def of_end(self, tx: Reaching, extension: QuizExtension, *, title: str) -> int:
        """They have no more than everybody; how many were told. ``given_at`` says when it ended."""

        def say(language: Language) -> Said:
            words = EXTENSIONS.of(language)
            return Said(title_of(words.as_everybody, title), words.ended.format(title=title))

        return await self._tell.to_person(tx, extension.user_id, _fact(extension, "ended", say))


def _fact(extension: QuizExtension, what: str, say: Callable[[Language], Said]) -> Fact:
    return Fact(
        kind=NotificationKind.ASSIGNMENT_DUE,
        say=say,
        link=f"/teacher/assignments/{extension.assignment_id}/quiz",
        event_key=f"quiz:{extension.assignment_id}:{what}:{extension.given_at.isoformat()}",
    )


def _more(extension: QuizExtension, language: Language) -> str:
    words, count = EXTENSIONS.of(language), extension.extra_attempts
    time = words.time if extension.extra_seconds or extension.extra_percent else ""
    attempts = words.attempt if count == 1 else words.attempts.format(count=count) if count else ""
    return words.both.format(time=time, attempts=attempts) if time and attempts else time or attempts
