"""Show a job to whoever asked for it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

import msgspec

from lms_app.actor import Actor
from lms_app.ports.clock import Clock
from lms_app.ports.storage import ObjectNotFound, ObjectStorage, OpenObject
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope, TenantScope
from lms_domain.accounts.roles import Permission, may
from lms_domain.errors import NotFound
from lms_domain.jobs.job import Job, JobKind, JobResult, JobStatus

_PERMISSIONS = {JobKind.SCHOOL_EXPORT: Permission.RUN_PLATFORM, JobKind.REPORT: Permission.MANAGE_SCHOOL}
"""What whoever asked must still be allowed when they look."""


class JobView(msgspec.Struct, frozen=True, kw_only=True):
    """A job. ``progress`` is 0 to 1; ``result_url`` is there once it SUCCEEDED, for a week."""

    id: UUID
    kind: JobKind
    status: JobStatus
    progress: float
    result_url: str | None
    error: str | None
    created_at: datetime
    finished_at: datetime | None


def view_of_job(job: Job, now: datetime) -> JobView:
    """A job as its owner sees it."""
    return JobView(
        id=job.id,
        kind=job.kind,
        status=job.status,
        progress=job.progress,
        result_url=f"/api/jobs/{job.id}/result/" if job.result_is_kept(now) else None,
        error=job.error or None,
        created_at=job.created_at,
        finished_at=job.finished_at,
    )


class ShowJob:
    """How far a job is. Only the person who asked for it sees it, while their role lets them ask; for everybody
    else there is no such job."""

    def __init__(self, uow: UnitOfWork, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    async def __call__(self, actor: Actor, job_id: UUID) -> JobView:
        """Raises NotFound."""
        return view_of_job(await _own_job(self._uow, actor, job_id), self._clock.now())


class OpenJobResult:
    """Fetch what a job made, as a file. Only the person who asked for it can, while their role lets them ask, and for a
    week."""

    def __init__(self, uow: UnitOfWork, storage: ObjectStorage, clock: Clock) -> None:
        self._uow = uow
        self._storage = storage
        self._clock = clock

    async def find(self, actor: Actor, job_id: UUID) -> JobResult:
        """What there is to fetch.

        Raises:
            NotFound: no such job, or nothing (any more) to fetch.
        """
        job = await _own_job(self._uow, actor, job_id)
        if job.result is None or not job.result_is_kept(self._clock.now()):
            raise NotFound("There is nothing to fetch here (any more).")
        return job.result

    @asynccontextmanager
    async def read(self, result: JobResult) -> AsyncIterator[OpenObject]:
        """The file.

        Raises:
            NotFound: it was collected.
            StorageUnavailable: see there.
        """
        try:
            async with self._storage.open(result.key) as opened:
                yield opened
        except ObjectNotFound:
            raise NotFound("There is nothing to fetch here (any more).") from None


async def _own_job(uow: UnitOfWork, actor: Actor, job_id: UUID) -> Job:
    if actor.tenant_id is None:
        async with uow.begin(SystemScope("an operator looks at a job")) as system:
            job = await system.jobs.get(job_id)
    else:
        async with uow.begin(TenantScope(actor.tenant_id)) as tx:
            job = await tx.jobs.get(job_id)
    if job is None or job.requested_by != actor.user_id or not may(actor.role, _PERMISSIONS[job.kind]):
        raise NotFound("There is no such job.")
    return job
