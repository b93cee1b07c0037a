"""Telling people of answers that wait for a person, and of what attempts at quizzes are worth now."""

from typing import Protocol
from uuid import UUID

from lms_app.notices.tell import Notice, Tell, Telling
from lms_app.notices.tell_of_courses import title_of
from lms_app.ports.audience import AudienceRepository
from lms_app.ports.clock import Clock
from lms_domain.learning.assignment import Assignment
from lms_domain.learning.regrading import PersonRegraded, Regrading
from lms_domain.notices.notification import NotificationKind


class AttemptTelling(Telling, Protocol):
    """What is needed of a transaction to tell people of attempts."""

    audience: AudienceRepository


class TellOfAttempts:
    """Tell the school's administrators that answers wait to be read, at most once a day for each quiz, and people of
    what became of their attempts: that one which waited has its score, or that grading again changed their best
    score."""

    def __init__(self, tell: Tell, clock: Clock) -> None:
        self._tell = tell
        self._clock = clock

    async def of_waiting(self, tx: AttemptTelling, assignment_id: UUID, title: str) -> int:
        """Answers that a person must read were handed in at that quiz; how many were told."""
        today = self._clock.now().date().isoformat()
        return await self._tell(
            tx,
            [
                Notice(
                    recipient=person,
                    kind=NotificationKind.SYSTEM,
                    title=title_of("Answers to read: ", title),
                    message=f"Answers in “{title}” wait for somebody to read them.",
                    link="/assignments/waiting",
                    event_key=f"assignment:{assignment_id}:answers-wait:{today}",
                )
                for person in await tx.audience.administrators()
            ],
            is_mailed=False,
        )

    async def of_regrading(self, tx: AttemptTelling, assignment: Assignment, regrading: Regrading) -> int:
        """Attempts were graded, or graded again; how many people were told."""
        if not regrading.people:
            return 0
        news = {each.user_id: each for each in regrading.people}
        people = await tx.audience.chosen(everybody=False, user_ids=frozenset(news), group_ids=frozenset())
        at = self._clock.now().isoformat()
        return await self._tell(
            tx,
            [
                Notice(
                    recipient=person,
                    kind=NotificationKind.ASSIGNMENT_DUE,
                    title=title_of("Graded: ", assignment.title),
                    message=_in_words(assignment, news[person.user_id]),
                    link=f"/teacher/assignments/{assignment.id}",
                    event_key=f"attempt:{news[person.user_id].attempt_id}:graded:{at}",
                )
                for person in people
            ],
        )


def _in_words(assignment: Assignment, person: PersonRegraded) -> str:
    if person.score_of_waiting is not None:
        result = f"“{assignment.title}” was graded: {person.score_of_waiting:g} %."
    elif person.score_before is None:
        result = f"“{assignment.title}” was graded again: {person.score or 0:g} %."
    else:
        result = (
            f"“{assignment.title}” was graded again after a correction: your best score is {person.score or 0:g} % "
            f"instead of {person.score_before:g} %."
        )
    return f"{result} You have passed." if person.passes_now else result
