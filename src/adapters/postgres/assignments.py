"""Assignments of courses."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, and_, delete, select, update

from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import Statement, assign, fixed, insert_row, of_tenant, parameter
from adapters.postgres.tables import assignments, contents, courses, quiz_attempts, quizzes
from lms_app.ports.assignments import AssignmentRepository
from lms_domain.learning.assignment import Assignment, AssignmentKind, AssignmentOrigin

_ID = parameter("id", Uuid)
_CONTENT = parameter("content_id", Uuid)
_ADD = Statement(insert_row(assignments))
_get = select(assignments).where(of_tenant(assignments), assignments.c.id == _ID)
_GET = Statement(_get)
_GET_LOCKED = Statement(_get.with_for_update(key_share=True))


def _open(which: ColumnElement[bool]) -> Select[*tuple[object, ...]]:
    """Assignments of courses that are not deleted, locked."""
    is_open = and_(of_tenant(courses), courses.c.id == assignments.c.course_id, courses.c.deleted_at.is_(None))
    return (
        select(assignments)
        .join_from(assignments, courses, is_open)
        .where(of_tenant(assignments), which)
        .with_for_update(of=assignments, key_share=True)
    )


_LOCK_OPEN = Statement(_open(assignments.c.id == _ID))
_asked_in = (
    select(quizzes.c.assignment_id)
    .join_from(quiz_attempts, quizzes, quizzes.c.id == quiz_attempts.c.quiz_id)
    .where(of_tenant(quiz_attempts), of_tenant(quizzes), quiz_attempts.c.id == parameter("attempt_id", Uuid))
    .scalar_subquery()
)
_LOCK_OF_ATTEMPT = Statement(_open(assignments.c.id == _asked_in))
_CHANGES = (
    "title",
    "instructions",
    "due_date",
    "max_score",
    "passing_score",
    "is_mandatory",
    "is_published",
    "updated_at",
)
_SAVE = Statement(
    update(assignments).where(of_tenant(assignments), assignments.c.id == _ID).values(assign(assignments, *_CHANGES))
)
# Quizzes, attempts and submissions go with it: tables.base.part_of.
_DELETE = Statement(delete(assignments).where(of_tenant(assignments), assignments.c.id == _ID))
# Of two runs over the same video the second waits here, also where there is no assignment yet.
_LOCK_CONTENT = Statement(
    select(contents.c.id).where(of_tenant(contents), contents.c.id == _CONTENT).with_for_update(key_share=True)
)
_GENERATED = Statement(
    select(assignments)
    .where(
        of_tenant(assignments),
        assignments.c.content_id == _CONTENT,
        assignments.c.origin == fixed(AssignmentOrigin.GENERATED),
    )
    .order_by(assignments.c.kind)
    .with_for_update(key_share=True)
)
_OF_COURSE = Statement(
    select(assignments)
    .where(of_tenant(assignments), assignments.c.course_id == parameter("course_id", Uuid))
    .order_by(assignments.c.created_at, assignments.c.id)
)


def assignment_from_row(row: Row) -> Assignment:
    """An assignment from its row."""
    return Assignment(
        id=row["id"],
        tenant_id=row["tenant_id"],
        course_id=row["course_id"],
        module_id=row["module_id"],
        content_id=row["content_id"],
        kind=AssignmentKind(row["kind"]),
        origin=AssignmentOrigin(row["origin"]),
        title=row["title"],
        instructions=row["instructions"],
        due_date=row["due_date"],
        max_score=row["max_score"],
        passing_score=row["passing_score"],
        is_mandatory=row["is_mandatory"],
        is_published=row["is_published"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )


class PostgresAssignmentRepository(AssignmentRepository):
    """Assignments of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add(self, assignment: Assignment) -> None:
        self._sql.check_school(assignment.tenant_id)
        async with self._sql.survives_taken():
            await self._sql.rows_and_waiting(
                _ADD,
                id=assignment.id,
                course_id=assignment.course_id,
                module_id=assignment.module_id,
                content_id=assignment.content_id,
                kind=assignment.kind.value,
                origin=assignment.origin.value,
                created_at=assignment.created_at,
                **_changes(assignment),
            )

    async def lock_open(self, assignment_id: UUID) -> Assignment | None:
        row = await self._sql.row(_LOCK_OPEN, id=assignment_id)
        return assignment_from_row(row) if row is not None else None

    async def lock_of_attempt(self, attempt_id: UUID) -> Assignment | None:
        row = await self._sql.row(_LOCK_OF_ATTEMPT, attempt_id=attempt_id)
        return assignment_from_row(row) if row is not None else None

    async def get(self, assignment_id: UUID, *, for_update: bool = False) -> Assignment | None:
        row = await self._sql.row(_GET_LOCKED if for_update else _GET, id=assignment_id)
        return assignment_from_row(row) if row is not None else None

    async def save(self, assignment: Assignment) -> None:
        self._sql.check_school(assignment.tenant_id)
        await self._sql.later(_SAVE, id=assignment.id, **_changes(assignment))

    async def delete(self, assignment_id: UUID) -> None:
        await self._sql.run(_DELETE, id=assignment_id)

    async def generated(self, content_id: UUID) -> tuple[Assignment, ...]:
        await self._sql.row(_LOCK_CONTENT, content_id=content_id)
        return tuple(assignment_from_row(row) for row in await self._sql.rows(_GENERATED, content_id=content_id))

    async def of_course(self, course_id: UUID) -> tuple[Assignment, ...]:
        return tuple(assignment_from_row(row) for row in await self._sql.rows(_OF_COURSE, course_id=course_id))


def _changes(assignment: Assignment) -> dict[str, object]:
    return {name: getattr(assignment, name) for name in _CHANGES}
