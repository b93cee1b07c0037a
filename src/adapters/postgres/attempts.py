"""Attempts at quizzes."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import Select, Uuid, case, func, or_, select, update

from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import Given, Statement, assign, insert_row, of_tenant, parameter
from adapters.postgres.tables import quiz_attempts, quizzes
from lms_app.ports.quizzes import AttemptRepository
from lms_domain.learning.attempt import Mark, QuizAttempt
from lms_domain.learning.grading import Answer, OptionAnswer, TextAnswer


class _Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of the two."""

    option_id: UUID | None = None
    text: str | None = None


_answers = msgspec.json.Decoder(dict[UUID, _Answer])
_marks = msgspec.json.Decoder(dict[UUID, Mark])

_ID = parameter("id", Uuid)
_ADD = Statement(insert_row(quiz_attempts))
_is_open = quiz_attempts.c.submitted_at.is_(None)
_changes = assign(
    quiz_attempts, "expires_at", "submitted_at", "draft", "answers", "marks", "score", "passed", "graded_at"
)
# When it was handed in, and with which answers, is decided once, here.
_SAVE = Statement(
    update(quiz_attempts)
    .where(of_tenant(quiz_attempts), quiz_attempts.c.id == _ID)
    .values(
        {
            **_changes,
            "submitted_at": func.coalesce(quiz_attempts.c.submitted_at, _changes["submitted_at"]),
            "answers": case((_is_open, _changes["answers"]), else_=quiz_attempts.c.answers),
        }
    )
)
_graded = Given(quiz_attempts, "id", "marks", "score", "passed", "graded_at")
_SAVE_GRADES = Statement(
    update(quiz_attempts)
    .where(of_tenant(quiz_attempts), quiz_attempts.c.id == _graded.rows.c.id)
    .values(dict(zip(_graded.columns[1:], _graded.fields[1:], strict=True)))
)
_get = select(quiz_attempts).where(of_tenant(quiz_attempts), quiz_attempts.c.id == _ID)
_of_person = (
    select(quiz_attempts)
    .join_from(quiz_attempts, quizzes, quizzes.c.id == quiz_attempts.c.quiz_id)
    .where(
        of_tenant(quiz_attempts),
        of_tenant(quizzes),
        quizzes.c.assignment_id == parameter("assignment_id", Uuid),
        quiz_attempts.c.user_id == parameter("user_id", Uuid),
    )
    .order_by(quiz_attempts.c.started_at, quiz_attempts.c.number)
)
_LIKE = parameter("like", Uuid)
_one = quiz_attempts.alias("one")
_whose = select(_one.c.user_id).where(of_tenant(_one), _one.c.id == _LIKE).scalar_subquery()
_of_assignment = (
    select(quiz_attempts)
    .join_from(quiz_attempts, quizzes, quizzes.c.id == quiz_attempts.c.quiz_id)
    .where(
        of_tenant(quiz_attempts),
        of_tenant(quizzes),
        quizzes.c.assignment_id == parameter("assignment_id", Uuid),
        or_(_LIKE.is_(None), quiz_attempts.c.user_id == _whose),
    )
    # A person's in the order in which they themselves lock them.
    .order_by(quiz_attempts.c.user_id, quiz_attempts.c.started_at, quiz_attempts.c.number)
)
_of_quiz = (
    select(quiz_attempts)
    .where(of_tenant(quiz_attempts), quiz_attempts.c.quiz_id == parameter("quiz_id", Uuid))
    .order_by(quiz_attempts.c.user_id, quiz_attempts.c.number)
)


class _Reading:
    """A statement in two forms."""

    def __init__(self, which: Select[*tuple[object, ...]]) -> None:
        self.plain = Statement(which)
        self.locking = Statement(which.with_for_update(of=quiz_attempts, key_share=True))

    def form(self, *, for_update: bool) -> Statement:
        """With or without a lock."""
        return self.locking if for_update else self.plain


_GET, _OF_PERSON, _OF_QUIZ = _Reading(_get), _Reading(_of_person), _Reading(_of_quiz)
_OF_ASSIGNMENT = _Reading(_of_assignment)


def attempt_from_row(row: Row) -> QuizAttempt:
    """An attempt from its row."""
    return QuizAttempt(
        id=row["id"],
        tenant_id=row["tenant_id"],
        quiz_id=row["quiz_id"],
        user_id=row["user_id"],
        number=row["number"],
        seed=row["seed"],
        question_ids=tuple(row["question_ids"]),
        started_at=row["started_at"],
        expires_at=row["expires_at"],
        submitted_at=row["submitted_at"],
        draft=_answers_from_json(row["draft"]),
        answers=_answers_from_json(row["answers"]),
        marks=_marks.decode(row["marks"]),
        score=row["score"],
        passed=row["passed"],
        graded_at=row["graded_at"],
    )


class PostgresAttemptRepository(AttemptRepository):
    """Attempts of people of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add(self, attempt: QuizAttempt) -> None:
        self._sql.check_school(attempt.tenant_id)
        async with self._sql.survives_taken():
            await self._sql.run(
                _ADD,
                quiz_id=attempt.quiz_id,
                user_id=attempt.user_id,
                number=attempt.number,
                seed=attempt.seed,
                question_ids=list(attempt.question_ids),
                started_at=attempt.started_at,
                **_values(attempt),
            )

    async def get(self, attempt_id: UUID, *, for_update: bool = False) -> QuizAttempt | None:
        row = await self._sql.row(_GET.form(for_update=for_update), id=attempt_id)
        return attempt_from_row(row) if row is not None else None

    async def of_person(
        self, assignment_id: UUID, user_id: UUID, *, for_update: bool = False
    ) -> tuple[QuizAttempt, ...]:
        statement = _OF_PERSON.form(for_update=for_update)
        rows = await self._sql.rows(statement, assignment_id=assignment_id, user_id=user_id)
        return tuple(attempt_from_row(row) for row in rows)

    async def of_quiz(self, quiz_id: UUID, *, for_update: bool = False) -> tuple[QuizAttempt, ...]:
        rows = await self._sql.rows(_OF_QUIZ.form(for_update=for_update), quiz_id=quiz_id)
        return tuple(attempt_from_row(row) for row in rows)

    async def of_assignment(
        self, assignment_id: UUID, *, like: UUID | None = None, for_update: bool = False
    ) -> tuple[QuizAttempt, ...]:
        statement = _OF_ASSIGNMENT.form(for_update=for_update)
        rows = await self._sql.rows(statement, assignment_id=assignment_id, like=like)
        return tuple(attempt_from_row(row) for row in rows)

    async def save_grades(self, attempts: Sequence[QuizAttempt]) -> None:
        for attempt in attempts:
            self._sql.check_school(attempt.tenant_id)
        if attempts:
            await self._sql.later(_SAVE_GRADES, **_graded.values(map(_values, attempts)))

    async def save(self, attempt: QuizAttempt) -> None:
        self._sql.check_school(attempt.tenant_id)
        await self._sql.later(_SAVE, **_values(attempt))


def _values(attempt: QuizAttempt) -> dict[str, object]:
    return {
        "id": attempt.id,
        "expires_at": attempt.expires_at,
        "submitted_at": attempt.submitted_at,
        "draft": _answers_to_json(attempt.draft),
        "answers": _answers_to_json(attempt.answers),
        "marks": msgspec.json.encode(attempt.marks).decode(),
        "score": attempt.score,
        "passed": attempt.passed,
        "graded_at": attempt.graded_at,
    }


def _answers_to_json(answers: Mapping[UUID, Answer]) -> str:
    # An answer is a dataclass, and says by its one field which.
    return msgspec.json.encode(answers).decode()


def _answers_from_json(text: str) -> dict[UUID, Answer]:
    return {question_id: _answer(answer) for question_id, answer in _answers.decode(text).items()}


def _answer(answer: _Answer) -> Answer:
    return OptionAnswer(answer.option_id) if answer.option_id is not None else TextAnswer(answer.text or "")
