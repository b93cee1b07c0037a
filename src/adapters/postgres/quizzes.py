"""Versions of quizzes with their questions."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Uuid,
    all_,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.locked_reads import LockedRead, is_current, locked
from adapters.postgres.questions_json import decode, question_to_values, questions_of
from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import (
    TENANT,
    Given,
    Statement,
    any_id,
    assign,
    fixed,
    insert_row,
    of_tenant,
    parameter,
)
from adapters.postgres.tables import assignments, questions, quiz_attempts, quizzes, users
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.quizzes import QuizRepository
from lms_domain.learning.assignment import AssignmentOrigin
from lms_domain.learning.quiz import Question, Quiz, QuizState
from lms_domain.learning.quiz_reasons import QuizReason

_ID = parameter("id", Uuid)
_ASSIGNMENT = parameter("assignment_id", Uuid)
_CHANGES = (
    "language",
    "attempts_allowed",
    "time_limit_seconds",
    "passing_score",
    "shuffle_options",
    "state",
    "state_reason",
    "state_codes",
    "generator",
    "transcript_hash",
    "updated_at",
)
_given = Given(questions, *(column.name for column in questions.columns if column.name not in {"tenant_id", "quiz_id"}))

# A quiz and its questions are one statement: neither is ever without the other.
_added = insert_row(quizzes).returning(quizzes.c.id).cte("added")
_ADD = Statement(
    insert(questions).from_select(
        ["tenant_id", "quiz_id", *_given.columns],
        select(TENANT, _added.c.id, *_given.fields).select_from(_added, _given.rows),
    )
)
_saved = (
    update(quizzes)
    .where(of_tenant(quizzes), quizzes.c.id == _ID)
    .values(assign(quizzes, *_CHANGES))
    .returning(quizzes.c.id)
    .cte("saved_quiz")
)
_dropped = (
    delete(questions)
    .where(
        of_tenant(questions),
        questions.c.quiz_id == _ID,
        questions.c.id != all_(bindparam("given_id", type_=ARRAY(Uuid))),
    )
    .cte("dropped_questions")
)
_kept = insert(questions).from_select(
    ["tenant_id", "quiz_id", *_given.columns],
    select(TENANT, _saved.c.id, *_given.fields).select_from(_saved, _given.rows),
)
_SAVE = Statement(
    _kept.on_conflict_do_update(
        index_elements=[questions.c.tenant_id, questions.c.id],
        set_={name: _kept.excluded[name] for name in _given.columns if name != "id"},
        where=questions.c.quiz_id == _kept.excluded.quiz_id,
    ).add_cte(_dropped)
)
_DROP_DRAFT = Statement(
    delete(quizzes).where(
        of_tenant(quizzes),
        quizzes.c.assignment_id == _ASSIGNMENT,
        quizzes.c.state == fixed(QuizState.DRAFT),
        ~exists().where(of_tenant(quiz_attempts), quiz_attempts.c.quiz_id == quizzes.c.id),
    )
)

_mended = Given(questions, "id", "answers", "review", "review_reason", "said_now")
# Each of the two is sent with the commit: see `sql.Sql.later`.
_MEND = Statement(
    update(questions)
    .where(of_tenant(questions), questions.c.id == _mended.rows.c.id)
    .values(dict(zip(_mended.columns[1:], _mended.fields[1:], strict=True)))
)
_TOUCH = Statement(
    update(quizzes)
    .where(of_tenant(quizzes), quizzes.c.id == any_id("ids"))
    .values(updated_at=parameter("updated_at", TIMESTAMP))
)


def quizzes_with_questions() -> Select[*tuple[object, ...]]:
    """Quizzes, for `quiz_from_row`."""
    return select(quizzes, questions_of(quizzes).label("questions")).where(of_tenant(quizzes))


def _versions(*which: ColumnElement[bool], shared: bool = False) -> LockedRead:
    rows = locked(quizzes, *which, shared=shared)
    columns = (rows.c[column.name] for column in quizzes.columns)
    return LockedRead(
        lock=Statement(
            select(*columns, questions_of(rows).label("questions"), is_current(rows, quizzes)).order_by(
                rows.c.assignment_id, rows.c.version
            )
        ),
        read=Statement(quizzes_with_questions().where(*which).order_by(quizzes.c.assignment_id, quizzes.c.version)),
    )


_ONE = _versions(quizzes.c.id == _ID)
_VERSIONS = _versions(quizzes.c.assignment_id == _ASSIGNMENT)
_person = (
    select(users.c.id)
    .where(of_tenant(users), users.c.id == parameter("user_id", Uuid))
    .with_for_update(key_share=True)
    .cte("person")
)
_version = quizzes.alias("version")
_last_attempted = (
    select(quiz_attempts.c.quiz_id)
    .join_from(quiz_attempts, _version, _version.c.id == quiz_attempts.c.quiz_id)
    .where(
        of_tenant(quiz_attempts),
        of_tenant(_version),
        _version.c.assignment_id == _ASSIGNMENT,
        quiz_attempts.c.user_id == parameter("user_id", Uuid),
    )
    .order_by(quiz_attempts.c.started_at.desc(), quiz_attempts.c.number.desc())
    .limit(literal_column("1"))
    .scalar_subquery()
)
# Whether the person is there is asked once, before any version is looked at: they are locked first.
_MET = _versions(
    quizzes.c.assignment_id == _ASSIGNMENT,
    or_(quizzes.c.state == fixed(QuizState.PUBLISHED), quizzes.c.id == _last_attempted),
    exists(select(_person.c.id)),
    shared=True,
)
_OF_CONTENT = _versions(
    quizzes.c.assignment_id.in_(
        select(assignments.c.id).where(
            of_tenant(assignments),
            assignments.c.content_id == parameter("content_id", Uuid),
            assignments.c.origin == fixed(AssignmentOrigin.GENERATED),
        )
    ),
    quizzes.c.state != fixed(QuizState.RETIRED),
)
_HAS_ATTEMPTS = Statement(
    select(func.count()).select_from(quiz_attempts).where(of_tenant(quiz_attempts), quiz_attempts.c.quiz_id == _ID)
)


def quiz_from_row(row: Row) -> Quiz:
    """A quiz from its row with its questions as JSON text."""
    return Quiz(
        id=row["id"],
        tenant_id=row["tenant_id"],
        assignment_id=row["assignment_id"],
        version=row["version"],
        language=row["language"],
        attempts_allowed=row["attempts_allowed"],
        time_limit_seconds=row["time_limit_seconds"],
        passing_score=row["passing_score"],
        shuffle_options=row["shuffle_options"],
        state=QuizState(row["state"]),
        state_reason=row["state_reason"],
        state_codes=tuple(map(QuizReason, row["state_codes"])),
        generator=row["generator"],
        transcript_hash=row["transcript_hash"],
        questions=decode(row["questions"]),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )


class PostgresQuizRepository(QuizRepository):
    """Versions of quizzes of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add(self, quiz: Quiz) -> None:
        self._sql.check_school(quiz.tenant_id)
        async with self._sql.survives_taken():
            await self._add(quiz)

    async def get(self, quiz_id: UUID, *, for_update: bool = False) -> Quiz | None:
        found = await self._found(_ONE, is_locked=for_update, id=quiz_id)
        return next(iter(found), None)

    async def versions(self, assignment_id: UUID, *, for_update: bool = False) -> tuple[Quiz, ...]:
        return await self._found(_VERSIONS, is_locked=for_update, assignment_id=assignment_id)

    async def met_by(self, assignment_id: UUID, user_id: UUID, *, for_share: bool = False) -> tuple[Quiz, ...]:
        return await self._found(_MET, is_locked=for_share, assignment_id=assignment_id, user_id=user_id)

    async def save(self, quiz: Quiz) -> None:
        self._sql.check_school(quiz.tenant_id)
        async with self._sql.survives_taken():
            await self._sql.rows_and_waiting(_SAVE, id=quiz.id, **_changes(quiz), **_questions(quiz))

    async def mend(self, quizzes: Sequence[Quiz], questions: Sequence[Question]) -> None:
        for quiz in quizzes:
            self._sql.check_school(quiz.tenant_id)
        if quizzes and questions:
            rows = _mended.values(question_to_values(question) for question in questions)
            await self._sql.later(_MEND, **rows)
            await self._sql.later(_TOUCH, ids=[quiz.id for quiz in quizzes], updated_at=quizzes[0].updated_at)

    async def replace_draft(self, quiz: Quiz) -> None:
        self._sql.check_school(quiz.tenant_id)
        async with self._sql.survives_taken():
            await self._sql.run(_DROP_DRAFT, assignment_id=quiz.assignment_id)
            await self._add(quiz)

    async def has_attempts(self, quiz_id: UUID) -> bool:
        return await self._sql.count(_HAS_ATTEMPTS, id=quiz_id) > 0

    async def of_content(self, content_id: UUID) -> tuple[Quiz, ...]:
        return await self._found(_OF_CONTENT, is_locked=True, content_id=content_id)

    async def _add(self, quiz: Quiz) -> None:
        await self._sql.run(
            _ADD,
            id=quiz.id,
            assignment_id=quiz.assignment_id,
            version=quiz.version,
            created_at=quiz.created_at,
            **_changes(quiz),
            **_questions(quiz),
        )

    async def _found(self, which: LockedRead, *, is_locked: bool, **values: object) -> tuple[Quiz, ...]:
        rows = await (which.rows(self._sql, **values) if is_locked else self._sql.rows(which.read, **values))
        return tuple(map(quiz_from_row, rows))


def _changes(quiz: Quiz) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(quiz, name) for name in _CHANGES}
    return {**values, "state": quiz.state.value, "state_codes": [code.value for code in quiz.state_codes]}


def _questions(quiz: Quiz) -> dict[str, object]:
    return _given.values(question_to_values(question) for question in quiz.questions)
