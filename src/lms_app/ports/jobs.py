"""Port: jobs waiting, running and done."""

from typing import Protocol
from uuid import UUID

from lms_domain.jobs.job import Job, JobKind


class JobRepository(Protocol):
    """The jobs of one school, for those who ask for them."""

    async def add(self, job: Job) -> None:
        """A new job; a worker hears of it after the commit."""
        ...

    async def get(self, job_id: UUID) -> Job | None:
        """One job."""
        ...

    async def unfinished_of(self, kind: JobKind) -> tuple[Job, ...]:
        """All of a kind that are QUEUED or RUNNING, the oldest first. Lock the school first: otherwise there may be
        more in a moment."""
        ...


class JobWorkRepository(Protocol):
    """The jobs of all schools, for operators and for those who do them. Leases go by the database's clock."""

    async def add(self, job: Job) -> None:
        """A new job; a worker hears of it after the commit."""
        ...

    async def get(self, job_id: UUID) -> Job | None:
        """One job."""
        ...

    async def unfinished(self, tenant_id: UUID, kind: JobKind, requested_by: UUID) -> Job | None:
        """The newest job of a kind that somebody asked for about a school and that is QUEUED or RUNNING."""
        ...

    async def lock(self, job_id: UUID) -> Job | None:
        """One job, locked until the transaction ends."""
        ...

    async def claim(self, *, lease_seconds: float) -> Job | None:
        """Take the longest waiting QUEUED job, or a RUNNING one whose lease ran out, by one UPDATE that also counts
        the attempt up; None when there is none. What another transaction has locked is left out (SKIP LOCKED)."""
        ...

    async def heartbeat(self, job_id: UUID, attempt: int, *, lease_seconds: float, progress: float) -> bool:
        """Renew the lease; False when this attempt no longer holds the job."""
        ...

    async def save(self, job: Job) -> None:
        """The job as it is now; its lease ends. Lock it first."""
        ...
