"""Doing jobs, and showing them to those who asked."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.memory.jobs import MemoryJobRepository
from lms_app.actor import Actor
from lms_app.jobs.run_job import JobHandler, Report, RunJob
from lms_app.jobs.show_job import OpenJobResult, ShowJob
from lms_app.ports.storage import StorageUnavailable
from lms_app.scope import SystemScope, TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.errors import Conflict, NotFound, Unavailable
from lms_domain.jobs.job import MAX_ATTEMPTS, Job, JobKind, JobResult, JobStatus, new_job
from tests.unit.lms_app.video.pipeline import Silence
from tests.unit.lms_app.world import World

KEY = "tenant/x/exports/report.csv"


async def one_chunk() -> AsyncIterator[bytes]:
    yield b"name;done\n"


class Writes(JobHandler):
    """Stores a small file; before that it does what ``trouble`` says, once for each entry."""

    def __init__(self, world: World, *trouble: Exception) -> None:
        self._world = world
        self._trouble = list(trouble)

    async def __call__(self, job: Job, report: Report, /) -> JobResult:
        if self._trouble:
            raise self._trouble.pop(0)
        report(0.5)
        await self._world.storage.put_stream(KEY, one_chunk(), max_bytes=100)
        return JobResult(KEY, f"{job.parameters['report']}.csv", "text/csv")


async def asked(world: World) -> tuple[Actor, Job]:
    """A job that an administrator asked for."""
    school = await world.new_school()
    admin = await world.new_admin(school)
    job = new_job(
        job_id=world.ids.new(),
        tenant_id=school.id,
        kind=JobKind.REPORT,
        requested_by=admin.user_id,
        parameters={"report": "engagement"},
        now=world.clock.now(),
    )
    async with world.uow.begin(TenantScope(school.id)) as tx:
        await tx.jobs.add(job)
        await tx.commit()
    return admin, job


def runner(world: World, handler: JobHandler) -> RunJob:
    return RunJob(world.uow, {JobKind.REPORT: handler}, world.clock, Silence())


async def kept(world: World, job: Job) -> Job:
    async with world.uow.begin(TenantScope(job.tenant_id)) as tx:
        found = await tx.jobs.get(job.id)
    assert found is not None
    return found


async def test_a_job_is_done_once_and_its_result_fetched_for_a_week(world: World) -> None:
    admin, job = await asked(world)
    run = runner(world, Writes(world))
    assert [await run(), await run()] == [1, 0]
    view = await ShowJob(world.uow, world.clock)(admin, job.id)
    assert (view.status, view.progress, view.result_url) == (JobStatus.SUCCEEDED, 1.0, f"/api/jobs/{job.id}/result/")
    results = OpenJobResult(world.uow, world.storage, world.clock)
    found = await results.find(admin, job.id)
    assert found.file_name == "engagement.csv"
    async with results.read(found) as opened:
        assert b"".join([chunk async for chunk in opened.chunks]) == b"name;done\n"
    world.pass_time(days=7)
    with pytest.raises(NotFound):
        await results.find(admin, job.id)
    garbage = [each.garbage for each in world.database.garbage.rows()]
    assert [(each.prefix, each.collect_after) for each in garbage] == [(KEY, world.clock.now())]


async def test_nobody_else_sees_it(world: World) -> None:
    admin, job = await asked(world)
    other = await world.new_admin(await world.new_school("blue"))
    operator = replace(other, tenant_id=None)
    for somebody in (other, operator, replace(admin, user_id=world.ids.new())):
        with pytest.raises(NotFound):
            await ShowJob(world.uow, world.clock)(somebody, job.id)


async def test_who_is_no_administrator_any_more_fetches_no_report(world: World) -> None:
    admin, job = await asked(world)
    await runner(world, Writes(world))()
    demoted = replace(admin, role=Role.TEACHER)
    with pytest.raises(NotFound):
        await ShowJob(world.uow, world.clock)(demoted, job.id)
    with pytest.raises(NotFound):
        await OpenJobResult(world.uow, world.storage, world.clock).find(demoted, job.id)


async def test_trouble_that_passes_is_tried_again_and_then_given_up(world: World) -> None:
    _, job = await asked(world)
    run = runner(world, Writes(world, StorageUnavailable("down"), RuntimeError("a bug")))
    assert [await run() for _ in range(3)] == [1, 1, 1]
    assert ((await kept(world, job)).status, (await kept(world, job)).attempt) == (JobStatus.SUCCEEDED, 3)
    broken = await asked_again(world, job)
    run = runner(world, Writes(world, *(RuntimeError("a bug") for _ in range(9))))
    assert [await run() for _ in range(4)] == [1] * MAX_ATTEMPTS + [0]
    ended = await kept(world, broken)
    assert ended.status is JobStatus.FAILED
    assert "later" in ended.error


async def asked_again(world: World, job: Job) -> Job:
    again = replace(job, id=world.ids.new())
    async with world.uow.begin(TenantScope(job.tenant_id)) as tx:
        await tx.jobs.add(again)
        await tx.commit()
    return again


async def test_what_cannot_be_done_says_why_at_once(world: World) -> None:
    _, job = await asked(world)
    run = runner(world, Writes(world, Conflict("This course has no people.", code="conflict")))
    assert [await run(), await run()] == [1, 0]
    assert (await kept(world, job)).error == "This course has no people."


async def test_a_worker_that_is_stopped_gives_the_job_back(world: World) -> None:
    _, job = await asked(world)

    class Waits(JobHandler):
        async def __call__(self, job: Job, report: Report, /) -> JobResult:
            await asyncio.Event().wait()
            raise AssertionError(job, report)

    task = asyncio.create_task(runner(world, Waits())())
    while (await kept(world, job)).status is JobStatus.QUEUED:
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await kept(world, job)).status is JobStatus.QUEUED


async def test_a_worker_that_vanished_and_comes_back_changes_nothing(world: World) -> None:
    _, job = await asked(world)

    class Sleeps(Writes):
        async def __call__(self, job: Job, report: Report, /) -> JobResult:
            world.clock.advance(timedelta(seconds=61))
            assert await runner(world, Writes(world))() == 1
            return JobResult("tenant/x/exports/late.csv", "late.csv", "text/csv")

    assert await runner(world, Sleeps(world))() == 1
    ended = await kept(world, job)
    assert ended.result is not None
    assert (ended.result.key, ended.attempt) == (KEY, 2)


async def test_a_database_away_for_a_moment_costs_no_result(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _, job = await asked(world)
    failures = [Unavailable("The database does not answer."), Unavailable("The database does not answer.")]
    save = MemoryJobRepository.save

    async def fails_first(self: MemoryJobRepository, job: Job) -> None:
        if failures:
            raise failures.pop()
        await save(self, job)

    monkeypatch.setattr(MemoryJobRepository, "save", fails_first)
    assert await runner(world, Writes(world))() == 1
    ended = await kept(world, job)
    assert (ended.status, ended.attempt, failures) == (JobStatus.SUCCEEDED, 1, [])


async def test_a_job_that_no_worker_survives_is_given_up(world: World) -> None:
    _, job = await asked(world)
    for _ in range(MAX_ATTEMPTS):
        async with world.uow.begin(SystemScope("a worker that vanishes")) as system:
            assert await system.jobs.claim(lease_seconds=60) is not None
            await system.commit()
        world.clock.advance(timedelta(seconds=61))
    assert await runner(world, Writes(world))() == 1
    ended = await kept(world, job)
    assert (ended.status, bool(ended.error)) == (JobStatus.FAILED, True)
    assert await runner(world, Writes(world))() == 0
