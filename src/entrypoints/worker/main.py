"""A worker process: relays the outbox, sweeps, and runs steps."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from uuid import UUID

from dishka import AsyncContainer

from adapters.postgres.leader import LeaderLock
from adapters.postgres.notifications import OutboxBell
from adapters.taskiq.step_task import StepRunner, register_step_task
from adapters.taskiq.worker import listen
from entrypoints.settings import Settings
from entrypoints.wiring.queue import Brokers
from lms_app.ports.job_queue import QueueUnavailable
from lms_app.ports.logger import Logger
from lms_app.ports.transcriber import Transcriber, TranscriberError
from lms_app.video.relay_outbox import RelayOutbox
from lms_app.video.ring_due_steps import RingDueSteps
from lms_app.video.run_step import RunStep
from lms_domain.errors import Unavailable
from lms_domain.video.steps import QueueName

CONCURRENCY: Mapping[QueueName, int] = {QueueName.DEFAULT: 4, QueueName.MEDIA: 1, QueueName.SPEECH: 1}
"""Steps of a queue at once in one process: a small machine is never pushed out of memory."""

_POLL_SECONDS = 2.0
"""The net under LISTEN."""


async def run_worker(container: AsyncContainer, queues: Collection[QueueName], *, stop: asyncio.Event) -> None:
    """Run steps of ``queues`` until ``stop`` is set. What still runs then goes back to the queue at once."""
    log = await container.get(Logger)
    if QueueName.SPEECH in queues:
        await _check_model(await container.get(Transcriber), log)
    run_step = await container.get(RunStep)

    async def run(tenant_id: UUID, step_id: UUID) -> object:
        return await run_step(tenant_id, step_id)

    runner = StepRunner(run, CONCURRENCY)
    brokers = {queue: broker for queue, broker in (await container.get(Brokers)).items() if queue in queues}
    for queue, broker in brokers.items():
        register_step_task(broker, queue, runner)
    listener = asyncio.create_task(listen(brokers, CONCURRENCY, stop, log))
    log.info("worker ready", queues=sorted(queue.value for queue in queues))
    try:
        await stop.wait()
    finally:
        stop.set()
        await runner.close()
        await asyncio.wait({listener}, timeout=3)


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
    """Ring for due steps until ``stop`` is set, as the only one on the whole installation."""
    log = await container.get(Logger)
    ring_due_steps = await container.get(RingDueSteps)
    seconds = (await container.get(Settings)).sweep_seconds
    async with (await container.get(LeaderLock)).candidacy() as leader:
        while not stop.is_set():
            if await leader.is_leader():
                await _try(ring_due_steps, log)
            await _either(stop, asyncio.sleep(seconds))


async def _try(work: Callable[[], Awaitable[int]], log: Logger) -> int:
    try:
        return await work()
    except (Unavailable, QueueUnavailable) as error:
        log.warning("the queue waits", error=str(error))
        return 0


async def _either(stop: asyncio.Event, other: Awaitable[object]) -> None:
    tasks = {asyncio.ensure_future(stop.wait()), asyncio.ensure_future(other)}
    _, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    if pending:
        await asyncio.wait(pending)


async def _check_model(transcriber: Transcriber, log: Logger) -> None:
    """A missing model is said at start; the step will say it again to those who wait for captions."""
    try:
        await transcriber.check()
    except TranscriberError as error:
        log.warning("no captions", code=error.code, detail=error.detail)
