"""Work that takes longer than a request."""

from datetime import timedelta
from uuid import UUID

import msgspec
from sqlalchemy import Double, Integer, Interval, Text, Uuid, and_, func, literal_column, null, or_, select, update

from adapters.postgres.notifications import JOB_CHANNEL
from adapters.postgres.sql import Row, SystemSql, TenantSql
from adapters.postgres.statements import Statement, assign, fixed, insert_row, of_tenant, parameter, ring
from adapters.postgres.tables import jobs
from lms_app.ports.jobs import JobRepository, JobWorkRepository
from lms_domain.jobs.job import Job, JobKind, JobResult, JobStatus

_ID = parameter("id", Uuid)
_LEASE = func.now() + parameter("lease", Interval)
_CHANGES = ("status", "progress", "error", "result_key", "result_name", "result_type", "finished_at")

# Workers are woken when the transaction commits: one statement.
_added = insert_row(jobs).returning(jobs.c.id).cte("added")
_ADD = Statement(select(ring(JOB_CHANNEL)).add_cte(_added))
_OPEN = (fixed(JobStatus.QUEUED), fixed(JobStatus.RUNNING))
_one = select(jobs).where(jobs.c.id == _ID)
_GET_OF_SCHOOL = Statement(_one.where(of_tenant(jobs)))
_GET = Statement(_one)
_LOCK = Statement(_one.with_for_update(key_share=True))
_UNFINISHED = Statement(
    select(jobs)
    .where(
        of_tenant(jobs),
        jobs.c.kind == parameter("kind", Text),
        jobs.c.requested_by == parameter("requested_by", Uuid),
        jobs.c.status.in_(_OPEN),
    )
    .order_by(jobs.c.created_at.desc(), jobs.c.id.desc())
    .limit(literal_column("1"))
)
_UNFINISHED_OF = Statement(
    select(jobs)
    .where(of_tenant(jobs), jobs.c.kind == parameter("kind", Text), jobs.c.status.in_(_OPEN))
    .order_by(jobs.c.created_at, jobs.c.id)
)
_waiting = (
    select(jobs.c.id)
    .where(
        or_(
            jobs.c.status == fixed(JobStatus.QUEUED),
            and_(jobs.c.status == fixed(JobStatus.RUNNING), jobs.c.lease_until < func.now()),
        )
    )
    .order_by(jobs.c.created_at, jobs.c.id)
    .limit(literal_column("1"))
    .with_for_update(key_share=True, skip_locked=True)
    .cte("waiting")
)
_CLAIM = Statement(
    update(jobs)
    .where(jobs.c.id == _waiting.c.id)
    .values(
        status=fixed(JobStatus.RUNNING),
        attempt=jobs.c.attempt + literal_column("1", Integer),
        progress=literal_column("0", Double),
        lease_until=_LEASE,
        started_at=func.coalesce(jobs.c.started_at, func.now()),
    )
    .returning(jobs)
)
_HEARTBEAT = Statement(
    update(jobs)
    .where(
        jobs.c.id == _ID,
        jobs.c.status == fixed(JobStatus.RUNNING),
        jobs.c.attempt == parameter("attempt", Integer),
    )
    .values(lease_until=_LEASE, progress=parameter("progress", Double))
)
_SAVE = Statement(update(jobs).where(jobs.c.id == _ID).values(lease_until=null(), **assign(jobs, *_CHANGES)))


def job_from_row(row: Row) -> Job:
    """A job from its row."""
    key = row["result_key"]
    return Job(
        id=row["id"],
        tenant_id=row["tenant_id"],
        kind=JobKind(row["kind"]),
        requested_by=row["requested_by"],
        parameters=msgspec.json.decode(row["parameters"], type=dict[str, str]),
        status=JobStatus(row["status"]),
        attempt=row["attempt"],
        progress=row["progress"],
        error=row["error"],
        result=JobResult(key, row["result_name"], row["result_type"]) if key is not None else None,
        created_at=row["created_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
    )


def _changes(job: Job) -> dict[str, object]:
    return {
        "status": job.status.value,
        "progress": job.progress,
        "error": job.error,
        "result_key": job.result.key if job.result else None,
        "result_name": job.result.file_name if job.result else None,
        "result_type": job.result.media_type if job.result else None,
        "finished_at": job.finished_at,
    }


def _values(job: Job) -> dict[str, object]:
    return {
        "id": job.id,
        "kind": job.kind.value,
        "requested_by": job.requested_by,
        "parameters": msgspec.json.encode(dict(job.parameters)).decode(),
        "attempt": job.attempt,
        "lease_until": None,
        "created_at": job.created_at,
        "started_at": job.started_at,
        **_changes(job),
    }


class PostgresSchoolJobRepository(JobRepository):
    """The jobs of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add(self, job: Job) -> None:
        self._sql.check_school(job.tenant_id)
        await self._sql.rows(_ADD, **_values(job))

    async def get(self, job_id: UUID) -> Job | None:
        row = await self._sql.row(_GET_OF_SCHOOL, id=job_id)
        return job_from_row(row) if row is not None else None

    async def unfinished_of(self, kind: JobKind) -> tuple[Job, ...]:
        return tuple(job_from_row(row) for row in await self._sql.rows(_UNFINISHED_OF, kind=kind.value))


class PostgresJobRepository(JobWorkRepository):
    """The jobs of all schools; as the system role."""

    def __init__(self, sql: SystemSql) -> None:
        self._sql = sql

    async def add(self, job: Job) -> None:
        await self._sql.rows(_ADD, tenant_id=job.tenant_id, **_values(job))

    async def get(self, job_id: UUID) -> Job | None:
        row = await self._sql.row(_GET, id=job_id)
        return job_from_row(row) if row is not None else None

    async def unfinished(self, tenant_id: UUID, kind: JobKind, requested_by: UUID) -> Job | None:
        school = self._sql.of_school(tenant_id)
        row = await school.row(_UNFINISHED, kind=kind.value, requested_by=requested_by)
        return job_from_row(row) if row is not None else None

    async def lock(self, job_id: UUID) -> Job | None:
        row = await self._sql.row(_LOCK, id=job_id)
        return job_from_row(row) if row is not None else None

    async def claim(self, *, lease_seconds: float) -> Job | None:
        row = await self._sql.row(_CLAIM, lease=timedelta(seconds=lease_seconds))
        return job_from_row(row) if row is not None else None

    async def heartbeat(self, job_id: UUID, attempt: int, *, lease_seconds: float, progress: float) -> bool:
        lease = timedelta(seconds=lease_seconds)
        return await self._sql.run(_HEARTBEAT, id=job_id, attempt=attempt, lease=lease, progress=progress) > 0

    async def save(self, job: Job) -> None:
        await self._sql.run(_SAVE, id=job.id, **_changes(job))
