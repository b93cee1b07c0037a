"""The one task that travels through the queues, and how many of it run at once."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from uuid import UUID

from taskiq import AsyncBroker

from lms_domain.video.steps import QueueName

TASK_NAME = "video.run_step"
"""Part of the wire format: messages of an older release carry it."""

RunStep = Callable[[UUID, UUID], Awaitable[object]]
"""Called with (tenant id, step id)."""


class StepRunner:
    """Runs steps, at most so many of a queue at once.

    The place is taken before the step is claimed: a step that waits for a place is still QUEUED, and any other worker
    may have it. taskiq's in-process broker has no such limit of its own.
    """

    def __init__(self, run: RunStep, concurrency: Mapping[QueueName, int]) -> None:
        self._run = run
        self._places = {queue: asyncio.Semaphore(count) for queue, count in concurrency.items()}
        self._known: set[UUID] = set()
        self._tasks: set[asyncio.Task[object]] = set()
        self._is_closing = False

    async def __call__(self, queue: QueueName, tenant_id: UUID, step_id: UUID) -> None:
        """Run the step, unless this process has it in hand or waiting already: the sweeper rings again and again."""
        if step_id in self._known or self._is_closing:
            return
        self._known.add(step_id)
        try:
            async with self._places[queue]:
                await self._run_one(tenant_id, step_id)
        finally:
            self._known.discard(step_id)

    async def _run_one(self, tenant_id: UUID, step_id: UUID) -> None:
        if self._is_closing:
            return
        task = asyncio.ensure_future(self._run(tenant_id, step_id))
        self._tasks.add(task)
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.wait({task})
            raise
        finally:
            self._tasks.discard(task)
        with suppress(asyncio.CancelledError):  # cancelled by close(): the step went back to the queue
            task.result()

    async def close(self) -> None:
        """Stop what runs, in good order, and start nothing more."""
        self._is_closing = True
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)


def register_step_task(broker: AsyncBroker, queue: QueueName, runner: StepRunner) -> None:
    """Let ``broker`` run steps of ``queue``."""

    async def run_step(tenant_id: UUID, step_id: UUID) -> None:
        await runner(queue, tenant_id, step_id)

    broker.register_task(run_step, task_name=TASK_NAME)
