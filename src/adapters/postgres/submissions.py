"""What people hand in."""

from uuid import UUID

from sqlalchemy import ARRAY, Integer, Uuid, all_, bindparam, column, delete, func, literal_column, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import TENANT, Statement, assign, insert_row, of_tenant, parameter
from adapters.postgres.tables import submission_files, submissions
from lms_app.ports.assignments import SubmissionRepository
from lms_app.ports.repositories import Taken
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
_added = (
    insert_row(submissions)
    .on_conflict_do_nothing(
        index_elements=[submissions.c.tenant_id, submissions.c.assignment_id, submissions.c.user_id]
    )
    .returning(submissions.c.id)
    .cte("added")
)
_added_files = (
    insert(submission_files)
    .from_select(
        ["tenant_id", "submission_id", "file_id", "position"],
        select(TENANT, _added.c.id, _placed.c.file_id, _placed.c.place.cast(Integer)).select_from(_added, _placed),
    )
    .cte("added_files")
)
_ADD = Statement(select(_added.c.id).add_cte(_added_files))

_file_ids = (
    select(func.array_agg(aggregate_order_by(submission_files.c.file_id, submission_files.c.position)))
    .where(of_tenant(submission_files), submission_files.c.submission_id == submissions.c.id)
    .scalar_subquery()
)
_read = select(submissions, func.coalesce(_file_ids, literal_column("'{}'::uuid[]")).label("file_ids"))
_GET = Statement(_read.where(of_tenant(submissions), submissions.c.id == _ID))
_of_person = (
    of_tenant(submissions),
    submissions.c.assignment_id == parameter("assignment_id", Uuid),
    submissions.c.user_id == parameter("user_id", Uuid),
)
_OF_PERSON = Statement(_read.where(*_of_person))
# Never one statement with the lock: while that waits, the files would stay those of its beginning.
_LOCK = Statement(
    select(submissions.c.id).where(of_tenant(submissions), submissions.c.id == _ID).with_for_update(key_share=True)
)
_LOCK_OF_PERSON = Statement(select(submissions.c.id).where(*_of_person).with_for_update(key_share=True))

_saved = (
    update(submissions)
    .where(of_tenant(submissions), submissions.c.id == _ID)
    .values(assign(submissions, *_CHANGES))
    .returning(submissions.c.id)
    .cte("saved")
)
_dropped = (
    delete(submission_files)
    .where(
        of_tenant(submission_files), submission_files.c.submission_id == _ID, submission_files.c.file_id != all_(_FILES)
    )
    .cte("dropped")
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


def submission_from_row(row: Row) -> Submission:
    """A submission from its row with the ids of its files."""
    return Submission(
        id=row["id"],
        tenant_id=row["tenant_id"],
        assignment_id=row["assignment_id"],
        user_id=row["user_id"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        status=SubmissionStatus(row["status"]),
        text=row["text"],
        file_ids=tuple(row["file_ids"]),
        submitted_at=row["submitted_at"],
        is_late=row["is_late"],
        score=row["score"],
        feedback=row["feedback"],
        graded_by=row["graded_by"],
        graded_at=row["graded_at"],
    )


class PostgresSubmissionRepository(SubmissionRepository):
    """What people of one school handed in."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add(self, submission: Submission) -> None:
        self._sql.check_school(submission.tenant_id)
        added = await self._sql.row(
            _ADD,
            id=submission.id,
            assignment_id=submission.assignment_id,
            user_id=submission.user_id,
            created_at=submission.created_at,
            **_changes(submission),
        )
        if added is None:
            raise Taken("submission")

    async def get(self, submission_id: UUID, *, for_update: bool = False) -> Submission | None:
        if for_update and await self._sql.row(_LOCK, id=submission_id) is None:
            return None
        row = await self._sql.row(_GET, id=submission_id)
        return submission_from_row(row) if row is not None else None

    async def of_person(self, assignment_id: UUID, user_id: UUID, *, for_update: bool = False) -> Submission | None:
        if for_update and await self._sql.row(_LOCK_OF_PERSON, assignment_id=assignment_id, user_id=user_id) is None:
            return None
        row = await self._sql.row(_OF_PERSON, assignment_id=assignment_id, user_id=user_id)
        return submission_from_row(row) if row is not None else None

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
