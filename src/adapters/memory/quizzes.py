"""Quizzes and attempts at them, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from adapters.memory.checks import check_school, require
from adapters.memory.database import MemoryDatabase
from adapters.memory.removal import Removal
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.quizzes import AttemptRepository, QuizRepository
from lms_app.ports.repositories import Taken
from lms_domain.learning.assignment import AssignmentOrigin
from lms_domain.learning.attempt import QuizAttempt
from lms_domain.learning.quiz import McqQuestion, Question, Quiz, QuizState, ShortAnswerQuestion

_TAKEN = {QuizState.DRAFT: "quiz_draft", QuizState.PUBLISHED: "quiz_published"}


class MemoryQuizRepository(QuizRepository):
    """Versions of quizzes of one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._removal = Removal(database, tx, tenant_id)
        self._assignments = Rows(database.assignments, tx, tenant_id)
        self._quizzes = Rows(database.quizzes, tx, tenant_id)
        self._attempts = Rows(database.attempts, tx, tenant_id)
        self._users = Rows(database.users, tx, tenant_id)

    async def add(self, quiz: Quiz) -> None:
        check_school(quiz.tenant_id, self._tenant_id)
        require(self._assignments.get(quiz.assignment_id))
        await self._check_unique(quiz)
        self._quizzes.put(quiz.id, quiz)

    async def get(self, quiz_id: UUID, *, for_update: bool = False) -> Quiz | None:
        return await self._quizzes.lock(quiz_id) if for_update else self._quizzes.get(quiz_id)

    async def versions(self, assignment_id: UUID, *, for_update: bool = False) -> tuple[Quiz, ...]:
        if for_update:
            for quiz in self._of(assignment_id):
                await self._quizzes.lock(quiz.id)
        return tuple(sorted(self._of(assignment_id), key=lambda quiz: quiz.version))

    async def met_by(self, assignment_id: UUID, user_id: UUID, *, for_share: bool = False) -> tuple[Quiz, ...]:
        if await self._users.lock(user_id) is None:
            return ()
        versions = {quiz.id: quiz for quiz in self._of(assignment_id)}
        theirs = [each for each in self._attempts.values() if each.user_id == user_id and each.quiz_id in versions]
        last = max(theirs, key=lambda each: (each.started_at, each.number), default=None)
        last_id = last.quiz_id if last is not None else None

        def is_met(quiz: Quiz) -> bool:
            return quiz.state is QuizState.PUBLISHED or quiz.id == last_id

        # A lock that nobody shares: who begins an attempt waits a moment for the others.
        found = [await self.get(each.id, for_update=for_share) for each in versions.values() if is_met(each)]
        return tuple(sorted((each for each in found if each and is_met(each)), key=lambda quiz: quiz.version))

    async def save(self, quiz: Quiz) -> None:
        check_school(quiz.tenant_id, self._tenant_id)
        kept = await self._quizzes.lock(quiz.id)
        if kept is not None:
            same = replace(quiz, assignment_id=kept.assignment_id, version=kept.version, created_at=kept.created_at)
            await self._check_unique(same)
            self._quizzes.put(quiz.id, same)

    async def mend(self, quizzes: Sequence[Quiz], questions: Sequence[Question]) -> None:
        mended = {question.id: question for question in questions}
        for quiz in quizzes:
            check_school(quiz.tenant_id, self._tenant_id)
            kept = await self._quizzes.lock(quiz.id)
            if kept is not None and mended:
                changed = tuple(_mended(each, mended.get(each.id)) for each in kept.questions)
                self._quizzes.put(kept.id, replace(kept, questions=changed, updated_at=quiz.updated_at))

    async def replace_draft(self, quiz: Quiz) -> None:
        check_school(quiz.tenant_id, self._tenant_id)
        require(self._assignments.get(quiz.assignment_id))
        drafts = [each for each in self._of(quiz.assignment_id) if each.state is QuizState.DRAFT]
        replaced = {each.id for each in drafts if not await self.has_attempts(each.id)}
        for quiz_id in replaced:
            await self._quizzes.lock(quiz_id)
        await self._check_unique(quiz, but_for=replaced)
        for quiz_id in replaced:
            self._removal.quiz(quiz_id)
        self._quizzes.put(quiz.id, quiz)

    async def has_attempts(self, quiz_id: UUID) -> bool:
        return any(attempt.quiz_id == quiz_id for attempt in self._attempts.values())

    async def of_content(self, content_id: UUID) -> tuple[Quiz, ...]:
        generated = [
            each.id
            for each in self._assignments.values()
            if each.content_id == content_id and each.origin is AssignmentOrigin.GENERATED
        ]
        found = [
            await self._quizzes.lock(quiz.id)
            for assignment_id in generated
            for quiz in self._of(assignment_id)
            if quiz.state is not QuizState.RETIRED
        ]
        return tuple(quiz for quiz in found if quiz is not None and quiz.state is not QuizState.RETIRED)

    def _of(self, assignment_id: UUID) -> list[Quiz]:
        return [quiz for quiz in self._quizzes.values() if quiz.assignment_id == assignment_id]

    async def _check_unique(self, quiz: Quiz, *, but_for: set[UUID] | None = None) -> None:
        await self._quizzes.lock_value(quiz.assignment_id)
        others = [each for each in self._of(quiz.assignment_id) if each.id not in {quiz.id, *(but_for or ())}]
        if any(other.version == quiz.version for other in others):
            raise Taken("quiz_version")
        if quiz.state in _TAKEN and any(other.state is quiz.state for other in others):
            raise Taken(_TAKEN[quiz.state])


class MemoryAttemptRepository(AttemptRepository):
    """Attempts of people of one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._users = Rows(database.users, tx, tenant_id)
        self._quizzes = Rows(database.quizzes, tx, tenant_id)
        self._attempts = Rows(database.attempts, tx, tenant_id)

    async def add(self, attempt: QuizAttempt) -> None:
        check_school(attempt.tenant_id, self._tenant_id)
        require(self._quizzes.get(attempt.quiz_id), self._users.get(attempt.user_id))
        await self._attempts.lock_value((attempt.quiz_id, attempt.user_id))
        for other in self._attempts.values():
            is_theirs = (other.quiz_id, other.user_id) == (attempt.quiz_id, attempt.user_id)
            are_both_open = other.submitted_at is None and attempt.submitted_at is None
            if is_theirs and (other.number == attempt.number or are_both_open):
                raise Taken("quiz_attempt")
        self._attempts.put(attempt.id, _copy(attempt))

    async def get(self, attempt_id: UUID, *, for_update: bool = False) -> QuizAttempt | None:
        found = await self._attempts.lock(attempt_id) if for_update else self._attempts.get(attempt_id)
        return _copy(found) if found is not None else None

    async def of_person(
        self, assignment_id: UUID, user_id: UUID, *, for_update: bool = False
    ) -> tuple[QuizAttempt, ...]:
        versions = {quiz.id for quiz in self._quizzes.values() if quiz.assignment_id == assignment_id}
        found = [each for each in self._attempts.values() if each.quiz_id in versions and each.user_id == user_id]
        found.sort(key=lambda each: (each.started_at, each.number))
        return await self._each(found, for_update=for_update)

    async def of_quiz(self, quiz_id: UUID, *, for_update: bool = False) -> tuple[QuizAttempt, ...]:
        found = [each for each in self._attempts.values() if each.quiz_id == quiz_id]
        found.sort(key=lambda each: (each.user_id, each.number))
        return await self._each(found, for_update=for_update)

    async def of_assignment(
        self, assignment_id: UUID, *, like: UUID | None = None, for_update: bool = False
    ) -> tuple[QuizAttempt, ...]:
        versions = {quiz.id for quiz in self._quizzes.values() if quiz.assignment_id == assignment_id}
        found = [each for each in self._attempts.values() if each.quiz_id in versions]
        if like is not None:
            one = self._attempts.get(like)
            found = [each for each in found if one is not None and each.user_id == one.user_id]
        found.sort(key=lambda each: (each.user_id, each.started_at, each.number))
        return await self._each(found, for_update=for_update)

    async def save_grades(self, attempts: Sequence[QuizAttempt]) -> None:
        for attempt in attempts:
            check_school(attempt.tenant_id, self._tenant_id)
            kept = await self._attempts.lock(attempt.id)
            if kept is not None:
                graded = replace(
                    _copy(kept),
                    marks=dict(attempt.marks),
                    score=attempt.score,
                    passed=attempt.passed,
                    graded_at=attempt.graded_at,
                )
                self._attempts.put(kept.id, graded)

    async def save(self, attempt: QuizAttempt) -> None:
        check_school(attempt.tenant_id, self._tenant_id)
        kept = await self._attempts.lock(attempt.id)
        if kept is None:
            return
        changed = replace(
            _copy(attempt),
            quiz_id=kept.quiz_id,
            user_id=kept.user_id,
            number=kept.number,
            seed=kept.seed,
            question_ids=kept.question_ids,
            started_at=kept.started_at,
        )
        if kept.submitted_at is not None:
            changed = replace(changed, submitted_at=kept.submitted_at, answers=dict(kept.answers))
        self._attempts.put(kept.id, changed)

    async def _each(self, found: list[QuizAttempt], *, for_update: bool) -> tuple[QuizAttempt, ...]:
        attempts = [await self.get(each.id, for_update=for_update) for each in found]
        return tuple(each for each in attempts if each is not None)


def _mended(kept: Question, mended: Question | None) -> Question:
    match kept, mended:
        case McqQuestion(), McqQuestion():
            changed: Question = replace(kept, options=mended.options)
        case ShortAnswerQuestion(), ShortAnswerQuestion():
            changed = replace(
                kept,
                accepted_answers=mended.accepted_answers,
                tolerance=mended.tolerance,
                is_read=mended.is_read,
            )
        case _:
            return kept
    return replace(changed, review=mended.review, review_reason=mended.review_reason, said_now=mended.said_now)


def _copy(attempt: QuizAttempt) -> QuizAttempt:
    """An attempt that its owner may change."""
    return replace(attempt, draft=dict(attempt.draft), answers=dict(attempt.answers), marks=dict(attempt.marks))
