"""Telling people of answers that wait for a person, and of what attempts at quizzes are worth now."""

from uuid import UUID

from lms_app.notices.fact import Fact, Notice, Said, in_sentences, title_of
from lms_app.notices.tell import Reaching, Tell
from lms_app.notices.words.attempts import ATTEMPTS
from lms_app.notices.words.figures import percent_in_words
from lms_app.notices.words.language import Language
from lms_app.ports.clock import Clock
from lms_domain.learning.assignment import Assignment
from lms_domain.learning.regrading import PersonRegraded, Regrading
from lms_domain.notices.notification import NotificationKind


class TellOfAttempts:
    """Tell the school's administrators that answers wait to be read, at most once a day for each quiz, and people of
    what became of their attempts: that one which waited has its score, or that grading again changed their best
    score."""

    def __init__(self, tell: Tell, clock: Clock) -> None:
        self._tell = tell
        self._clock = clock

    async def of_waiting(self, tx: Reaching, assignment_id: UUID, title: str) -> int:
        """Answers that a person must read were handed in at that quiz; how many were told."""

        def say(language: Language) -> Said:
            words = ATTEMPTS.of(language)
            return Said(title_of(words.to_read, title), words.wait.format(title=title))

        today = self._clock.now().date().isoformat()
        fact = Fact(
            kind=NotificationKind.SYSTEM,
            say=say,
            link="/assignments/waiting",
            event_key=f"assignment:{assignment_id}:answers-wait:{today}",
        )
        return await self._tell.to_administrators(tx, fact, is_mailed=False)

    async def of_regrading(self, tx: Reaching, assignment: Assignment, regrading: Regrading) -> int:
        """Attempts were graded, or graded again; how many people were told."""
        if not regrading.people:
            return 0
        news = {each.user_id: each for each in regrading.people}
        people = await tx.audience.chosen(everybody=False, user_ids=frozenset(news), group_ids=frozenset())
        return await self._tell(tx, [Notice(each, self._graded(assignment, news[each.user_id])) for each in people])

    def _graded(self, assignment: Assignment, person: PersonRegraded) -> Fact:
        def say(language: Language) -> Said:
            title = title_of(ATTEMPTS.of(language).graded, assignment.title)
            return Said(title, _in_words(assignment, person, language))

        return Fact(
            kind=NotificationKind.ASSIGNMENT_DUE,
            say=say,
            link=f"/teacher/assignments/{assignment.id}",
            event_key=f"attempt:{person.attempt_id}:graded:{self._clock.now().isoformat()}",
        )


def _in_words(assignment: Assignment, person: PersonRegraded, language: Language) -> str:
    words = ATTEMPTS.of(language)
    if person.score_of_waiting is not None:
        score, result = person.score_of_waiting, words.first_score
    else:
        score, result = person.score or 0, words.new_score if person.score_before is None else words.changed_score
    filled_in = result.format(
        title=assignment.title,
        score=percent_in_words(score, language),
        before=percent_in_words(person.score_before or 0, language),
    )
    return in_sentences(filled_in, words.passed if person.passes_now else "")
