"""Do the job that waits longest."""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Protocol
from uuid import UUID

from lms_app.ports.clock import Clock
from lms_app.ports.jobs import JobWorkRepository
from lms_app.ports.logger import Logger
from lms_app.ports.storage import StorageUnavailable
from lms_app.ports.storage_garbage import Garbage
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope
from lms_domain.errors import LmsError, Unavailable
from lms_domain.jobs.job import KEEP_RESULT, MAX_ATTEMPTS, Job, JobKind, JobResult

LEASE_SECONDS = 60.0
HEARTBEAT_SECONDS = 15.0
RECORD_AGAIN_SECONDS = (0.02, 2.0)
"""How long is waited, at first and at most, before a result that the database did not take is offered again."""

_WORK = SystemScope("a job is done")

Report = Callable[[float], None]
"""Tells how far a job is, 0 to 1."""


class JobHandler(Protocol):
    """Does one kind of job. It may be cancelled, and may run again after a crash: what it stores it stores under a key
    of that attempt."""

    async def __call__(self, job: Job, report: Report, /) -> JobResult:
        """Raises:
        LmsError: it cannot be done, for a reason that the person who asked should read.
        Unavailable, StorageUnavailable: it may be tried again.
        """
        ...


JobHandlers = Mapping[JobKind, JobHandler]


class RunJob:
    """Take up the job that waits longest, of any school, do it under a lease and record the result.

    A worker that dies loses its lease, and another begins anew; after three attempts the job fails with a reason, also
    when no worker lived to say so. The result can be fetched for a week, then it is collected.
    """

    def __init__(self, uow: UnitOfWork, handlers: JobHandlers, clock: Clock, log: Logger) -> None:
        self._uow = uow
        self._handlers = handlers
        self._clock = clock
        self._log = log

    async def __call__(self) -> int:
        """How many jobs were taken up: 0 or 1.

        Raises:
            Unavailable: the database does not answer; the lease runs out by itself.
        """
        job = await self._claim()
        if job is None:
            return 0
        facts = {"tenant_id": job.tenant_id, "job_id": job.id, "kind": job.kind.value, "attempt": job.attempt}
        with self._log.within(lambda: facts):
            if job.attempt > MAX_ATTEMPTS:
                await self._record(job, None)
            else:
                await self._work(job)
        return 1

    async def _work(self, job: Job) -> None:
        progress = 0.0

        def report(fraction: float) -> None:
            nonlocal progress
            progress = max(progress, min(1.0, fraction))

        work = asyncio.create_task(self._attempt(job, report))
        keeper = asyncio.create_task(self._keep_lease(job.id, job.attempt, lambda: progress))
        try:
            await asyncio.wait({work, keeper}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                await self._record_while_held(job, work.result(), keeper)
            else:
                self._log.warning("lease of a job lost")
        except asyncio.CancelledError:
            work.cancel()
            await asyncio.shield(self._give_back(job))
            raise
        finally:
            for task in (work, keeper):
                task.cancel()
            await asyncio.wait({work, keeper})

    async def _claim(self) -> Job | None:
        async with self._uow.begin(_WORK) as system:
            job = await system.jobs.claim(lease_seconds=LEASE_SECONDS)
            await system.commit()
        return job

    async def _attempt(self, job: Job, report: Report) -> JobResult | str | None:
        """The result, or why there is none; None: worth another try."""
        try:
            return await self._handlers[job.kind](job, report)
        except (Unavailable, StorageUnavailable) as error:
            self._log.warning("job interrupted", error=str(error))
            return None
        except LmsError as error:
            return error.detail
        except Exception:  # noqa: BLE001 -- whatever broke must end as a reason on the job, not as silence
            self._log.exception("job broke")
            return None

    async def _keep_lease(self, job_id: UUID, attempt: int, progress: Callable[[], float]) -> None:
        """Return when the lease is lost."""
        failures = 0.0
        while failures < LEASE_SECONDS:
            await asyncio.sleep(HEARTBEAT_SECONDS if not failures else 2.0)
            try:
                async with self._uow.begin(_WORK) as system:
                    is_ours = await system.jobs.heartbeat(
                        job_id, attempt, lease_seconds=LEASE_SECONDS, progress=progress()
                    )
                    await system.commit()
            except Unavailable:
                # The database may come back before the lease ends.
                failures += HEARTBEAT_SECONDS
                continue
            failures = 0.0
            if not is_ours:
                return

    async def _give_back(self, job: Job) -> None:
        with suppress(Unavailable):  # the lease runs out by itself
            await self._record(job, None)

    async def _record_while_held(self, job: Job, outcome: JobResult | str | None, keeper: "asyncio.Task[None]") -> None:
        """A database that is away for a moment costs no result. Raises Unavailable when it is so for a whole lease."""
        pause, longest = RECORD_AGAIN_SECONDS
        give_up = time.monotonic() + LEASE_SECONDS
        while True:
            try:
                return await self._record(job, outcome)
            except Unavailable as error:
                if keeper.done() or time.monotonic() >= give_up:
                    raise
                self._log.warning("result of a job not recorded yet", error=error.detail)
            await asyncio.wait({keeper}, timeout=pause)
            pause = min(2 * pause, longest)

    async def _record(self, job: Job, outcome: JobResult | str | None) -> None:
        now = self._clock.now()
        async with self._uow.begin(_WORK) as system:
            kept = await self._held(system.jobs, job)
            if kept is None:
                return
            ended = self._ended(kept, outcome, now)
            if ended.result is not None:
                await system.garbage.add((Garbage(kept.tenant_id, ended.result.key, now + KEEP_RESULT),))
            await system.jobs.save(ended)
            await system.commit()
        self._log.info("job", status=ended.status.value)

    @staticmethod
    def _ended(job: Job, outcome: JobResult | str | None, now: datetime) -> Job:
        if isinstance(outcome, JobResult):
            return job.succeeded(outcome, now=now)
        if outcome is None and job.may_try_again:
            return job.again()
        return job.failed(outcome or "Something went wrong on our side. Please ask for it again later.", now=now)

    @staticmethod
    async def _held(jobs: JobWorkRepository, job: Job) -> Job | None:
        """The job, when this attempt still holds it."""
        kept = await jobs.lock(job.id)
        return kept if kept is not None and kept.attempt == job.attempt and not kept.is_over else None
