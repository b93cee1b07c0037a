"""What every keeper of jobs promises. A subclass gives ``uow``, and overrides ``let_pass`` when its clock is not the
real one."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.jobs.job import Job, JobKind, JobResult, JobStatus, new_job
from tests.contracts.samples import NOW, SYSTEM, new_school, next_id

LetPass = Callable[[float], Awaitable[None]]


def a_job(scope: TenantScope, *, age_seconds: float = 0) -> Job:
    """A job that waits, asked for so long ago."""
    return new_job(
        job_id=next_id(),
        tenant_id=scope.tenant_id,
        kind=JobKind.REPORT,
        requested_by=uuid4(),
        parameters={"report": "engagement", "format": "pdf"},
        # Older than whatever other tests left behind.
        now=NOW - timedelta(days=9000, seconds=age_seconds),
    )


async def queued(uow: UnitOfWork, scope: TenantScope, job: Job) -> Job:
    async with uow.begin(scope) as tx:
        await tx.jobs.add(job)
        await tx.commit()
    return job


async def claimed(uow: UnitOfWork, lease_seconds: float = 60) -> Job | None:
    async with uow.begin(SYSTEM) as system:
        job = await system.jobs.claim(lease_seconds=lease_seconds)
        await system.commit()
    return job


async def finish(uow: UnitOfWork, job_id: UUID) -> None:
    async with uow.begin(SYSTEM) as system:
        job = await system.jobs.lock(job_id)
        assert job is not None
        await system.jobs.save(job.failed("Enough.", now=NOW))
        await system.commit()


class JobRepositoryContract:
    """Jobs."""

    @pytest.fixture
    def let_pass(self) -> LetPass:
        return asyncio.sleep

    async def test_what_somebody_still_waits_for(self, uow: UnitOfWork) -> None:
        scope, other = await new_school(uow), await new_school(uow)
        job = await queued(uow, scope, a_job(scope))
        await queued(uow, other, replace(a_job(other), requested_by=job.requested_by))

        async def unfinished(tenant_id: UUID, kind: JobKind, requested_by: UUID) -> Job | None:
            async with uow.begin(SYSTEM) as system:
                return await system.jobs.unfinished(tenant_id, kind, requested_by)

        assert await unfinished(scope.tenant_id, job.kind, job.requested_by) == job
        assert await unfinished(scope.tenant_id, JobKind.SCHOOL_EXPORT, job.requested_by) is None
        assert await unfinished(scope.tenant_id, job.kind, uuid4()) is None
        await finish(uow, job.id)
        assert await unfinished(scope.tenant_id, job.kind, job.requested_by) is None

    async def test_what_a_school_still_waits_for(self, uow: UnitOfWork) -> None:
        scope, other = await new_school(uow), await new_school(uow)
        newer, older = await queued(uow, scope, a_job(scope)), await queued(uow, scope, a_job(scope, age_seconds=9))
        done = await queued(uow, scope, a_job(scope))
        await queued(uow, scope, replace(a_job(scope), kind=JobKind.SCHOOL_EXPORT))
        await queued(uow, other, a_job(other))
        await finish(uow, done.id)
        async with uow.begin(scope) as tx:
            assert await tx.jobs.unfinished_of(JobKind.REPORT) == (older, newer)

    async def test_a_job_comes_back_as_it_was_in_its_school_only(self, uow: UnitOfWork) -> None:
        scope, other = await new_school(uow), await new_school(uow)
        job = await queued(uow, scope, a_job(scope))
        async with uow.begin(scope) as tx:
            assert await tx.jobs.get(job.id) == job
            assert await tx.jobs.get(uuid4()) is None
        async with uow.begin(other) as tx:
            assert await tx.jobs.get(job.id) is None
        async with uow.begin(SYSTEM) as system:
            assert await system.jobs.get(job.id) == job
        with pytest.raises(ValueError, match="school"):
            await queued(uow, other, job)
        await finish(uow, job.id)

    async def test_the_longest_waiting_is_claimed_once(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        young, old = [await queued(uow, scope, a_job(scope, age_seconds=age)) for age in (1, 2)]
        first, second = await asyncio.gather(claimed(uow), claimed(uow))
        assert first is not None
        assert second is not None
        assert {first.id, second.id} == {old.id, young.id}
        assert (first.status, first.attempt, first.started_at is not None) == (JobStatus.RUNNING, 1, True)
        third = await claimed(uow)
        assert third is None or third.id not in {old.id, young.id}
        for job in (old, young):
            await finish(uow, job.id)

    async def test_the_oldest_goes_first(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        young, old = [await queued(uow, scope, a_job(scope, age_seconds=age)) for age in (3, 4)]
        first = await claimed(uow)
        assert first is not None
        assert first.id == old.id
        for job in (old, young):
            await finish(uow, job.id)

    async def test_a_lease_that_ran_out_is_taken_over_and_the_first_may_write_no_more(
        self, uow: UnitOfWork, let_pass: LetPass
    ) -> None:
        scope = await new_school(uow)
        job = await queued(uow, scope, a_job(scope))
        assert await claimed(uow, lease_seconds=0.05) is not None
        await let_pass(0.1)
        again = await claimed(uow)
        assert again is not None
        assert (again.id, again.attempt) == (job.id, 2)
        async with uow.begin(SYSTEM) as system:
            assert not await system.jobs.heartbeat(job.id, 1, lease_seconds=60, progress=0.5)
            assert await system.jobs.heartbeat(job.id, 2, lease_seconds=60, progress=0.25)
            await system.commit()
        async with uow.begin(scope) as tx:
            kept = await tx.jobs.get(job.id)
        assert kept is not None
        assert kept.progress == 0.25
        await finish(uow, job.id)

    async def test_a_heartbeat_keeps_others_away(self, uow: UnitOfWork, let_pass: LetPass) -> None:
        scope = await new_school(uow)
        job = await queued(uow, scope, a_job(scope))
        assert await claimed(uow, lease_seconds=0.2) is not None
        async with uow.begin(SYSTEM) as system:
            assert await system.jobs.heartbeat(job.id, 1, lease_seconds=60, progress=0)
            await system.commit()
        await let_pass(0.3)
        other = await claimed(uow)
        assert other is None or other.id != job.id
        await finish(uow, job.id)

    async def test_what_is_done_stays_done(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        job = await queued(uow, scope, a_job(scope))
        held = await claimed(uow)
        assert held is not None
        result = JobResult(key="tenant/x/exports/y.zip", file_name="y.zip", media_type="application/zip")
        done = held.succeeded(result, now=NOW)
        async with uow.begin(SYSTEM) as system:
            assert await system.jobs.lock(job.id) == replace(held)
            await system.jobs.save(done)
            await system.commit()
        async with uow.begin(scope) as tx:
            assert await tx.jobs.get(job.id) == done
        other = await claimed(uow)
        assert other is None or other.id != job.id
        async with uow.begin(SYSTEM) as system:
            assert not await system.jobs.heartbeat(job.id, 1, lease_seconds=60, progress=0.5)

    async def test_a_job_of_no_commit_never_was(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        job = a_job(scope)
        async with uow.begin(scope) as tx:
            await tx.jobs.add(job)
        async with uow.begin(scope) as tx:
            assert await tx.jobs.get(job.id) is None
