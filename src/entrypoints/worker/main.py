"""A worker process: relays the outbox, sweeps, sends mail, and runs steps."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Protocol
from uuid import UUID

from dishka import AsyncContainer

from adapters.ffmpeg.hardening import hardening
from adapters.postgres.leader import LeaderLock
from adapters.postgres.notifications import OutboxBell
from adapters.taskiq.step_task import StepRunner, register_step_task
from adapters.taskiq.worker import listen
from entrypoints.hostile_files import refuse_unsafe_tools
from entrypoints.settings import Settings
from entrypoints.wiring.queue import Brokers
from entrypoints.worker.draining import do_jobs, send_mail
from entrypoints.worker.recurring import Recurring
from lms_app.courses.purge_courses import PurgeDeletedCourses
from lms_app.files.remove_unused_files import RemoveUnusedFiles
from lms_app.notices.morning_round import MorningRound
from lms_app.operations.tidy_up import TidyUp
from lms_app.ports.job_queue import QueueUnavailable
from lms_app.ports.logger import Logger
from lms_app.ports.storage import StorageUnavailable
from lms_app.ports.transcriber import Transcriber, TranscriberError
from lms_app.schools.prove_domains_again import ProveDomainsAgain
from lms_app.schools.warn_of_trial_ends import WarnOfTrialEnds
from lms_app.video.collect_garbage import CollectGarbage
from lms_app.video.relay_outbox import RelayOutbox
from lms_app.video.ring_due_steps import RingDueSteps
from lms_app.video.run_step import RunStep
from lms_domain.errors import LmsError
from lms_domain.video.steps import QueueName

CONCURRENCY: Mapping[QueueName, int] = {QueueName.DEFAULT: 4, QueueName.MEDIA: 1, QueueName.SPEECH: 1}
"""Steps of a queue at once in one process: a small machine is never pushed out of memory."""


class DailyWork(Protocol):
    """A use case that catches up with whatever became due since it was last called; a repeated call does no harm."""

    async def __call__(self) -> int:
        """How many things it did."""
        ...


_POLL_SECONDS = 2.0
"""The net under LISTEN."""

_DAY_SECONDS = 24 * 3600.0
_DAILY: tuple[type[DailyWork], ...] = (PurgeDeletedCourses, RemoveUnusedFiles, ProveDomainsAgain)
"""What the leader does when it begins to lead and every day from then on, one after the other."""
_HOUR_SECONDS = 3600.0
_HOURLY: tuple[type[DailyWork], ...] = (WarnOfTrialEnds, MorningRound, TidyUp)
"""The same for every hour: days begin at different times at different schools."""


async def run_worker(
    container: AsyncContainer, queues: Collection[QueueName], *, stop: asyncio.Event, with_sweeper: bool = False
) -> None:
    """Run steps of ``queues`` and relay the outbox until ``stop`` is set; what still runs then goes back to the queue.
    With the default queue come mail and jobs.

    Raises:
        StartRefused: hostile files would get through.
    """
    log = await container.get(Logger)
    if QueueName.MEDIA in queues:
        await _check_tools(log)
    if QueueName.SPEECH in queues:
        await _check_model(await container.get(Transcriber), log)
    run_step = await container.get(RunStep)

    async def run(tenant_id: UUID, step_id: UUID) -> object:
        return await run_step(tenant_id, step_id)

    runner = StepRunner(run, CONCURRENCY)
    brokers = {queue: broker for queue, broker in (await container.get(Brokers)).items() if queue in queues}
    for queue, broker in brokers.items():
        register_step_task(broker, queue, runner)
    log.info("worker ready", queues=sorted(queue.value for queue in queues))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(listen(brokers, CONCURRENCY, stop, log))
            # Not before the tasks are known: in this process a doorbell is the task itself.
            group.create_task(relay(container, stop=stop))
            if QueueName.DEFAULT in queues:
                group.create_task(send_mail(container, stop=stop))
                group.create_task(do_jobs(container, stop=stop))
            if with_sweeper:
                group.create_task(sweep(container, stop=stop))
            group.create_task(_close(runner, stop))
    finally:
        await runner.close()


async def _close(runner: StepRunner, stop: asyncio.Event) -> None:
    await stop.wait()
    await runner.close()


async def relay(container: AsyncContainer, *, stop: asyncio.Event) -> None:
    """Pass doorbells on until ``stop`` is set. Any number of processes may do so at once."""
    log = await container.get(Logger)
    relay_outbox = await container.get(RelayOutbox)
    bell = await container.get(OutboxBell)
    async with bell.listening():
        while not stop.is_set():
            if not await _try(relay_outbox, log):
                await _either(stop, bell.wait(_POLL_SECONDS))


async def sweep(container: AsyncContainer, *, stop: asyncio.Event) -> None:
    """Ring for due steps, and now and then collect files that nobody needs, until ``stop`` is set, as the only one on
    the whole installation."""
    log = await container.get(Logger)
    ring_due_steps = await container.get(RingDueSteps)
    collect_garbage = await container.get(CollectGarbage)
    daily = [await container.get(work) for work in _DAILY]
    hourly = [await container.get(work) for work in _HOURLY]
    settings = await container.get(Settings)

    async def collect() -> int:
        return (await collect_garbage()).holdings

    async def do_daily() -> int:
        return sum([await _try(work, log) for work in daily])

    async def do_hourly() -> int:
        return sum([await _try(work, log) for work in hourly])

    async with (
        (await container.get(LeaderLock)).candidacy() as leader,
        Recurring(lambda: _try(collect, log), settings.collect_every_seconds) as collection,
        Recurring(do_daily, _DAY_SECONDS) as daily_round,
        Recurring(do_hourly, _HOUR_SECONDS) as hourly_round,
    ):
        while not stop.is_set():
            if await leader.is_leader():
                await _try(ring_due_steps, log)
                collection.start_if_due()
                daily_round.start_if_due()
                hourly_round.start_if_due()
            await _either(stop, asyncio.sleep(settings.sweep_seconds))


async def _try(work: Callable[[], Awaitable[int]], log: Logger) -> int:
    try:
        return await work()
    except (LmsError, QueueUnavailable, StorageUnavailable) as error:
        log.warning("a part does not answer", error=str(error))
        return 0


async def _either(stop: asyncio.Event, other: Awaitable[object]) -> None:
    tasks = {asyncio.ensure_future(stop.wait()), asyncio.ensure_future(other)}
    _, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    if pending:
        await asyncio.wait(pending)


async def _check_tools(log: Logger) -> None:
    for missing in await asyncio.to_thread(hardening):
        log.warning("media tools are less fenced in than they could be", missing=missing)
    await refuse_unsafe_tools()


async def _check_model(transcriber: Transcriber, log: Logger) -> None:
    """A missing model is said at start; the step will say it again to those who wait for captions."""
    try:
        await transcriber.check()
    except TranscriberError as error:
        log.warning("no captions", code=error.code, detail=error.detail)
