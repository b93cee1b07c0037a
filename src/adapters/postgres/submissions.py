"""What people hand in."""

from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Integer,
    Uuid,
    all_,
    and_,
    bindparam,
    column,
    delete,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from adapters.postgres.assignments import assignment_from_row
from adapters.postgres.learning_sql import visible_to
from adapters.postgres.locked_reads import LockedRead, is_current, locked
from adapters.postgres.school import BESIDE, PostgresSchoolRepository
from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import TENANT, Statement, assign, insert_row, of_tenant, parameter
from adapters.postgres.tables import assignments, courses, submission_files, submissions, tenants
from lms_app.ports.assignments import SubmissionRepository, Work
from lms_domain.learning.assignment import Assignment
from lms_domain.learning.submission import Submission, SubmissionStatus

_ID = parameter("id", Uuid)
_FILES = bindparam("file_ids", type_=ARRAY(Uuid))
_CHANGES = (
    "status",
    "text",
    "is_late",
    "score",
    "feedback",
    "graded_by",
    "updated_at",
    "submitted_at",
    "graded_at",
)
_placed = (
    func.unnest(_FILES).table_valued(column("file_id", Uuid), with_ordinality="place", name="given").render_derived()
)

# The submission and its files are one statement: neither is ever without the other.
_added = insert_row(submissions).returning(submissions.c.id).cte("added_submission")
_ADD = Statement(
    insert(submission_files).from_select(
        ["tenant_id", "submission_id", "file_id", "position"],
        select(TENANT, _added.c.id, _placed.c.file_id, _placed.c.place.cast(Integer)).select_from(_added, _placed),
    )
)


def _file_ids(of: FromClause) -> ColumnElement[object]:
    ids = (
        select(func.array_agg(aggregate_order_by(submission_files.c.file_id, submission_files.c.position)))
        .where(of_tenant(submission_files), submission_files.c.submission_id == of.c.id)
        .correlate(of)
        .scalar_subquery()
    )
    return func.coalesce(ids, literal_column("'{}'::uuid[]")).label("file_ids")


_read = select(submissions, _file_ids(submissions)).where(of_tenant(submissions))
_ASSIGNMENT, _USER = parameter("assignment_id", Uuid), parameter("user_id", Uuid)
_is_one = submissions.c.id == _ID
_is_theirs = and_(submissions.c.assignment_id == _ASSIGNMENT, submissions.c.user_id == _USER)
_GET = Statement(_read.where(_is_one))
_OF_PERSON = Statement(_read.where(_is_theirs))


def _with_assignment(which: ColumnElement[bool], *conditions: ColumnElement[bool], if_any: bool = False) -> LockedRead:
    """Submissions with their assignments and the school.

    Args:
        conditions: on ``assignments`` and ``courses``, of which none is deleted.
        if_any: the assignment also where there is no submission.
    """

    def read(found: FromClause, *more: ColumnElement[bool]) -> Statement:
        columns = (found.c[column.name].label(f"submission_{column.name}") for column in submissions.columns)
        of_it = found.c.assignment_id == assignments.c.id
        return Statement(
            select(assignments, *columns, _file_ids(found), *BESIDE, *more)
            .select_from(
                assignments.join(courses, and_(of_tenant(courses), courses.c.id == assignments.c.course_id))
                .join(tenants, tenants.c.id == assignments.c.tenant_id)
                .join(found, of_it, isouter=if_any)
            )
            .where(of_tenant(assignments), courses.c.deleted_at.is_(None), *conditions)
        )

    rows = locked(submissions, which)
    return LockedRead(
        lock=read(rows, is_current(rows, submissions)),
        read=read(select(submissions).where(of_tenant(submissions), which).subquery("found")),
    )


_WITH_ASSIGNMENT = _with_assignment(_is_one)
_WORK = _with_assignment(
    _is_theirs,
    assignments.c.id == _ASSIGNMENT,
    assignments.c.is_published,
    visible_to(courses, _USER),
    if_any=True,
)

_saved = (
    update(submissions)
    .where(of_tenant(submissions), submissions.c.id == _ID)
    .values(assign(submissions, *_CHANGES))
    .returning(submissions.c.id)
    .cte("saved_submission")
)
_dropped = (
    delete(submission_files)
    .where(
        of_tenant(submission_files), submission_files.c.submission_id == _ID, submission_files.c.file_id != all_(_FILES)
    )
    .cte("dropped_files")
)
_kept = insert(submission_files).from_select(
    ["tenant_id", "submission_id", "file_id", "position"],
    select(TENANT, _saved.c.id, _placed.c.file_id, _placed.c.place.cast(Integer)).select_from(_saved, _placed),
)
_SAVE = Statement(
    _kept.on_conflict_do_update(
        index_elements=list(submission_files.primary_key.columns), set_={"position": _kept.excluded.position}
    ).add_cte(_dropped)
)


def submission_from_row(row: Row, prefix: str = "") -> Submission:
    """A submission from its row with the ids of its files; ``prefix``: of the names of its own columns."""
    return Submission(
        id=row[f"{prefix}id"],
        tenant_id=row[f"{prefix}tenant_id"],
        assignment_id=row[f"{prefix}assignment_id"],
        user_id=row[f"{prefix}user_id"],
        created_at=row[f"{prefix}created_at"],
        updated_at=row[f"{prefix}updated_at"],
        status=SubmissionStatus(row[f"{prefix}status"]),
        text=row[f"{prefix}text"],
        file_ids=tuple(row["file_ids"]),
        submitted_at=row[f"{prefix}submitted_at"],
        is_late=row[f"{prefix}is_late"],
        score=row[f"{prefix}score"],
        feedback=row[f"{prefix}feedback"],
        graded_by=row[f"{prefix}graded_by"],
        graded_at=row[f"{prefix}graded_at"],
    )


class PostgresSubmissionRepository(SubmissionRepository):
    """What people of one school handed in."""

    def __init__(self, sql: TenantSql, school: PostgresSchoolRepository) -> None:
        self._sql = sql
        self._school = school

    async def add(self, submission: Submission) -> None:
        self._sql.check_school(submission.tenant_id)
        await self._sql.later(
            _ADD,
            id=submission.id,
            assignment_id=submission.assignment_id,
            user_id=submission.user_id,
            created_at=submission.created_at,
            **_changes(submission),
        )

    async def get(self, submission_id: UUID) -> Submission | None:
        row = await self._sql.row(_GET, id=submission_id)
        return submission_from_row(row) if row is not None else None

    async def of_person(self, assignment_id: UUID, user_id: UUID) -> Submission | None:
        row = await self._sql.row(_OF_PERSON, assignment_id=assignment_id, user_id=user_id)
        return submission_from_row(row) if row is not None else None

    async def lock_work(self, assignment_id: UUID, user_id: UUID) -> Work | None:
        found = await _WORK.rows(self._sql, assignment_id=assignment_id, user_id=user_id)
        return self._work(found[0]) if found else None

    async def lock_with_assignment(self, submission_id: UUID) -> tuple[Submission, Assignment] | None:
        found = await _WITH_ASSIGNMENT.rows(self._sql, id=submission_id)
        work = self._work(found[0]) if found else None
        return (work.submission, work.assignment) if work is not None and work.submission is not None else None

    def _work(self, row: Row) -> Work:
        self._school.from_beside(row)
        is_begun = row["submission_id"] is not None
        return Work(assignment_from_row(row), submission_from_row(row, "submission_") if is_begun else None)

    async def save(self, submission: Submission) -> None:
        self._sql.check_school(submission.tenant_id)
        await self._sql.later(_SAVE, id=submission.id, **_changes(submission))


def _changes(submission: Submission) -> dict[str, object]:
    return {
        "status": submission.status.value,
        "text": submission.text,
        "is_late": submission.is_late,
        "score": submission.score,
        "feedback": submission.feedback,
        "graded_by": submission.graded_by,
        "updated_at": submission.updated_at,
        "submitted_at": submission.submitted_at,
        "graded_at": submission.graded_at,
        "file_ids": list(submission.file_ids),
    }
