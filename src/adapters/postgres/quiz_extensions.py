"""More time or attempts for one person at one quiz."""

from uuid import UUID

from sqlalchemy import Integer, Uuid, delete, literal_column, select, true

from adapters.postgres.attempts import attempt_from_row
from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import Statement, insert_row, of_tenant, parameter
from adapters.postgres.tables import quiz_attempts, quiz_extensions, quizzes
from lms_app.ports.quiz_extensions import QuizExtensionRepository
from lms_domain.learning.attempt import QuizAttempt
from lms_domain.learning.quiz_extension import QuizExtension

_KEY = ("tenant_id", "assignment_id", "user_id")
_PREFIX = "given_"
_ASSIGNMENT, _USER = parameter("assignment_id", Uuid), parameter("user_id", Uuid)
_that = (
    of_tenant(quiz_extensions),
    quiz_extensions.c.assignment_id == _ASSIGNMENT,
    quiz_extensions.c.user_id == _USER,
)
_GET = Statement(select(quiz_extensions).where(*_that))
# One row at least, of which either half may be empty.
_attempts = (
    select(quiz_attempts)
    .join_from(quiz_attempts, quizzes, quizzes.c.id == quiz_attempts.c.quiz_id)
    .where(
        of_tenant(quiz_attempts),
        of_tenant(quizzes),
        quizzes.c.assignment_id == _ASSIGNMENT,
        quiz_attempts.c.user_id == _USER,
    )
    .order_by(quiz_attempts.c.started_at, quiz_attempts.c.number)
    .with_for_update(of=quiz_attempts, key_share=True)
    .cte("attempts")
)
_given = select(quiz_extensions).where(*_that).subquery("given")
_once = select(literal_column("1", Integer).label("one")).subquery("once")
_WITH_ATTEMPTS = Statement(
    select(*_attempts.c, *(column.label(f"{_PREFIX}{column.name}") for column in _given.c))
    .select_from(_once.outerjoin(_given, true()).outerjoin(_attempts, true()))
    .order_by(_attempts.c.started_at, _attempts.c.number)
)
_new = insert_row(quiz_extensions)
_PUT = Statement(
    _new.on_conflict_do_update(
        index_elements=[quiz_extensions.c[name] for name in _KEY],
        set_={column.name: _new.excluded[column.name] for column in quiz_extensions.c if column.name not in _KEY},
    )
)
_REMOVE = Statement(delete(quiz_extensions).where(*_that))


def _extension(row: Row, prefix: str = "") -> QuizExtension:
    return QuizExtension(
        tenant_id=row[f"{prefix}tenant_id"],
        assignment_id=row[f"{prefix}assignment_id"],
        user_id=row[f"{prefix}user_id"],
        extra_seconds=row[f"{prefix}extra_seconds"],
        extra_percent=row[f"{prefix}extra_percent"],
        extra_attempts=row[f"{prefix}extra_attempts"],
        reason=row[f"{prefix}reason"],
        given_by=row[f"{prefix}given_by"],
        given_at=row[f"{prefix}given_at"],
    )


class PostgresQuizExtensionRepository(QuizExtensionRepository):
    """Extensions of people of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def get(self, assignment_id: UUID, user_id: UUID) -> QuizExtension | None:
        row = await self._sql.row(_GET, assignment_id=assignment_id, user_id=user_id)
        return _extension(row) if row is not None else None

    async def with_attempts(
        self, assignment_id: UUID, user_id: UUID
    ) -> tuple[QuizExtension | None, tuple[QuizAttempt, ...]]:
        rows = await self._sql.rows(_WITH_ATTEMPTS, assignment_id=assignment_id, user_id=user_id)
        given = _extension(rows[0], _PREFIX) if rows[0][f"{_PREFIX}user_id"] is not None else None
        return given, tuple(attempt_from_row(row) for row in rows if row["id"] is not None)

    async def put(self, extension: QuizExtension) -> None:
        self._sql.check_school(extension.tenant_id)
        await self._sql.later(
            _PUT,
            assignment_id=extension.assignment_id,
            user_id=extension.user_id,
            extra_seconds=extension.extra_seconds,
            extra_percent=extension.extra_percent,
            extra_attempts=extension.extra_attempts,
            reason=extension.reason,
            given_by=extension.given_by,
            given_at=extension.given_at,
        )

    async def remove(self, assignment_id: UUID, user_id: UUID) -> None:
        await self._sql.later(_REMOVE, assignment_id=assignment_id, user_id=user_id)
