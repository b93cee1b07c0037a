"""Judge answers again: everybody's attempts at every version of a quiz, in one transaction."""

from dataclasses import dataclass
from uuid import UUID

from lms_app.learning.assignment_facts import lock_assignment
from lms_app.learning.earn_completion import earn_completion
from lms_app.notices.tell_of_attempts import TellOfAttempts
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.errors import NotFound
from lms_domain.learning.assignment import Assignment
from lms_domain.learning.attempt import QuizAttempt
from lms_domain.learning.mending import Mend, Mended, mend_versions
from lms_domain.learning.question_outcome import outcomes_of
from lms_domain.learning.quiz import Quiz
from lms_domain.learning.regrading import Regrading, compare, regrade_all, snapshot


@dataclass(frozen=True, slots=True)
class Marking:
    """A quiz with what people did at it, held until the transaction ends."""

    assignment: Assignment
    versions: tuple[Quiz, ...]
    attempts: tuple[QuizAttempt, ...]
    before: tuple[QuizAttempt, ...]
    """The same attempts as they were."""

    def attempt(self, attempt_id: UUID) -> QuizAttempt:
        """One of them.

        Raises:
            NotFound: there is none.
        """
        found = next((each for each in self.attempts if each.id == attempt_id), None)
        if found is None:
            raise NotFound("There is no such attempt.")
        return found

    def quiz_of(self, attempt: QuizAttempt) -> Quiz:
        """The version that somebody attempted."""
        return next(quiz for quiz in self.versions if quiz.id == attempt.quiz_id)


@dataclass(frozen=True, slots=True)
class Remarked:
    """What judging again did."""

    regrading: Regrading
    mended: Mended | None = None
    graded: tuple[QuizAttempt, ...] = ()
    """What was graded again because a question was mended."""


class MarkingDesk:
    """What judging answers again always needs. Whoever hands in at the same moment is graded by the questions as they
    were before, and again by this, or by the questions as they are afterwards."""

    def __init__(self, uow: UnitOfWork, tell: TellOfAttempts, clock: Clock, ids: Ids) -> None:
        self.uow = uow
        self.clock = clock
        self._ids = ids
        self._tell = tell

    async def of_quiz(self, tx: TenantTransaction, assignment_id: UUID) -> Marking:
        """A quiz with everybody's attempts.

        Raises:
            NotFound: no such quiz.
        """
        assignment = await lock_assignment(tx, assignment_id)
        return await self._marking(tx, assignment, None)

    async def of_attempt(self, tx: TenantTransaction, attempt_id: UUID, *, with_others: bool) -> Marking:
        """The quiz of an attempt, with all attempts of its author; or with everybody's.

        Raises:
            NotFound: no such attempt.
        """
        assignment = await tx.assignments.lock_of_attempt(attempt_id)
        if assignment is None:
            raise NotFound("There is no such attempt.")
        return await self._marking(tx, assignment, None if with_others else attempt_id)

    async def _marking(self, tx: TenantTransaction, assignment: Assignment, like: UUID | None) -> Marking:
        versions = await tx.quizzes.versions(assignment.id, for_update=True)
        attempts = await tx.attempts.of_assignment(assignment.id, like=like, for_update=True)
        return Marking(assignment, versions, attempts, snapshot(attempts))

    def remark(self, marking: Marking, question_id: UUID | None = None, mend: Mend | None = None) -> Remarked:
        """What was decided about attempts since they were read, and with ``mend`` everybody's graded again.

        Raises:
            NotFound, InvalidInput, Conflict: see ``mend_versions``.
        """
        mended: Mended | None = None
        graded: tuple[QuizAttempt, ...] = ()
        now = self.clock.now()
        if question_id is not None and mend is not None:
            mended = mend_versions(marking.versions, question_id, mend, now=now)
            changed = frozenset(question.id for question in mended.questions)
            graded = regrade_all(mended.versions, marking.attempts, changed, now=now)
        return Remarked(compare(marking.before, marking.attempts), mended, graded)

    async def keep(self, tx: TenantTransaction, marking: Marking, remarked: Remarked) -> None:
        """Save what changed, and what that says of the rule that proposed the question."""
        await tx.attempts.save_grades(remarked.regrading.changed)
        if remarked.mended is not None:
            changed = {question.id for question in remarked.mended.questions}
            versions = [
                quiz
                for quiz in remarked.mended.versions
                if not changed.isdisjoint(question.id for question in quiz.questions)
            ]
            await tx.quizzes.mend(versions, remarked.mended.questions)
            outcomes = [
                outcome
                for before, after in zip(marking.versions, remarked.mended.versions, strict=True)
                for outcome in outcomes_of(before, after, new_id=self._ids.new, at=self.clock.now())
            ]
            # Copies in several versions are one question: it was mended once.
            await tx.question_history.record(outcomes[-1:])

    async def tell(self, tx: TenantTransaction, marking: Marking, remarked: Remarked) -> None:
        """Tell people of what became of them. Last in the transaction: all that was written leaves with it."""
        await self._tell.of_regrading(tx, marking.assignment, remarked.regrading)

    async def settle(self, scope: TenantScope, marking: Marking, remarked: Remarked) -> None:
        """What it means for the course that people pass now. Call it after the commit."""
        passed = [person.user_id for person in remarked.regrading.people if person.passes_now]
        course_id, now = marking.assignment.course_id, self.clock.now()
        if len(passed) == 1:
            await earn_completion(self.uow, scope, passed[0], course_id, now=now)
        elif passed:
            async with self.uow.begin(scope) as tx:
                await tx.progress.record_completions(course_id, at=now)
                await tx.commit()
