"""Work that takes longer than a request, in memory."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from adapters.memory.checks import check_school, require
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.clock import Clock
from lms_app.ports.jobs import JobRepository, JobWorkRepository
from lms_domain.jobs.job import Job, JobKind, JobStatus


class MemorySchoolJobRepository(JobRepository):
    """The jobs of one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._tenants = Rows(database.tenants, tx, tenant_id)
        self._jobs = Rows(database.jobs, tx, tenant_id)

    async def add(self, job: Job) -> None:
        check_school(job.tenant_id, self._tenant_id)
        require(self._tenants.get(self._tenant_id))
        self._jobs.put(job.id, (job, None))

    async def get(self, job_id: UUID) -> Job | None:
        row = self._jobs.get(job_id)
        return row[0] if row is not None else None

    async def unfinished_of(self, kind: JobKind) -> tuple[Job, ...]:
        found = [job for job, _ in self._jobs.values() if job.kind is kind and not job.is_over]
        return tuple(sorted(found, key=lambda job: (job.created_at, job.id)))


class MemoryJobRepository(JobWorkRepository):
    """The jobs of all schools. ``clock`` is the one by which leases end."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, clock: Clock) -> None:
        self._clock = clock
        self._tenants = Rows(database.tenants, tx, None)
        self._jobs = Rows(database.jobs, tx, None)

    async def add(self, job: Job) -> None:
        require(self._tenants.get(job.tenant_id))
        self._jobs.put(job.id, (job, None), tenant_id=job.tenant_id)

    async def get(self, job_id: UUID) -> Job | None:
        row = self._jobs.get(job_id)
        return row[0] if row is not None else None

    async def unfinished(self, tenant_id: UUID, kind: JobKind, requested_by: UUID) -> Job | None:
        wanted = (tenant_id, kind, requested_by)
        found = [job for job, _ in self._jobs.values() if (job.tenant_id, job.kind, job.requested_by) == wanted]
        open_ones = [job for job in found if not job.is_over]
        return max(open_ones, key=lambda job: (job.created_at, job.id), default=None)

    async def lock(self, job_id: UUID) -> Job | None:
        row = await self._jobs.lock(job_id)
        return row[0] if row is not None else None

    async def claim(self, *, lease_seconds: float) -> Job | None:
        now = self._clock.now()
        for job, lease_until in sorted(self._jobs.values(), key=lambda row: (row[0].created_at, row[0].id)):
            if _is_waiting(job, lease_until, now) and self._jobs.take(job.id) is not None:
                claimed = replace(
                    job,
                    status=JobStatus.RUNNING,
                    attempt=job.attempt + 1,
                    progress=0.0,
                    started_at=job.started_at or now,
                )
                self._put(claimed, now + timedelta(seconds=lease_seconds))
                return claimed
        return None

    async def heartbeat(self, job_id: UUID, attempt: int, *, lease_seconds: float, progress: float) -> bool:
        row = await self._jobs.lock(job_id)
        if row is None or (row[0].status, row[0].attempt) != (JobStatus.RUNNING, attempt):
            return False
        self._put(replace(row[0], progress=progress), self._clock.now() + timedelta(seconds=lease_seconds))
        return True

    async def save(self, job: Job) -> None:
        kept = await self.lock(job.id)
        if kept is not None:
            same = replace(
                job,
                tenant_id=kept.tenant_id,
                kind=kept.kind,
                requested_by=kept.requested_by,
                parameters=kept.parameters,
                attempt=kept.attempt,
                created_at=kept.created_at,
                started_at=kept.started_at,
            )
            self._put(same, None)

    def _put(self, job: Job, lease_until: datetime | None) -> None:
        self._jobs.put(job.id, (job, lease_until), tenant_id=job.tenant_id)


def _is_waiting(job: Job, lease_until: datetime | None, now: datetime) -> bool:
    if job.status is JobStatus.QUEUED:
        return True
    return job.status is JobStatus.RUNNING and lease_until is not None and lease_until < now
