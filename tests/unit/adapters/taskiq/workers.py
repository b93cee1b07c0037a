"""Workers on every queue, for tests of both kinds of brokers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from taskiq import AsyncBroker

from adapters.taskiq.job_queue import TaskiqJobQueue
from adapters.taskiq.step_task import StepRunner, register_step_task
from adapters.taskiq.worker import listen
from lms_app.ports.job_queue import JobQueue, StepDoorbell
from lms_app.ports.logger import Logger
from lms_domain.video.steps import QueueName
from tests.contracts.job_queue import JobQueueContract

ONE_EACH = dict.fromkeys(QueueName, 1)


class Silence(Logger):
    """Says nothing."""


class Heard:
    """What workers were told, in order."""

    def __init__(self) -> None:
        self.doorbells: list[StepDoorbell] = []

    @property
    def steps(self) -> list[tuple[UUID, UUID]]:
        """The same as (tenant id, step id)."""
        return [(one.tenant_id, one.step_id) for one in self.doorbells]

    def worker_of(self, queue: QueueName) -> StepRunner:
        """Runs steps by remembering them."""

        async def run(tenant_id: UUID, step_id: UUID) -> None:
            self.doorbells.append(StepDoorbell(queue, tenant_id, step_id))

        return StepRunner(run, ONE_EACH)

    async def until(self, condition: Callable[[], bool], seconds: float = 10.0) -> None:
        """Wait for it, and fail when it does not come."""
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.005)


@asynccontextmanager
async def working(brokers: Mapping[QueueName, AsyncBroker], heard: Heard) -> AsyncIterator[TaskiqJobQueue]:
    """A worker on every queue, and a way to ring it."""
    runners = {queue: heard.worker_of(queue) for queue in brokers}
    for queue, broker in brokers.items():
        register_step_task(broker, queue, runners[queue])
    stop = asyncio.Event()
    listener = asyncio.create_task(listen(brokers, ONE_EACH, stop, Silence()))
    try:
        await asyncio.sleep(0)
        yield TaskiqJobQueue(brokers)
    finally:
        stop.set()
        for runner in runners.values():
            await runner.close()
        await asyncio.wait_for(listener, 10)
        for broker in brokers.values():
            await broker.shutdown()


class TaskiqJobQueueContract(JobQueueContract):
    """The contract with workers that listen. A subclass gives ``brokers``."""

    @pytest.fixture
    def brokers(self) -> Mapping[QueueName, AsyncBroker]:
        """One for each queue."""
        raise NotImplementedError

    @pytest.fixture
    async def queue(self, brokers: Mapping[QueueName, AsyncBroker]) -> AsyncIterator[JobQueue]:
        self.told = Heard()
        async with working(brokers, self.told) as queue:
            yield queue

    async def heard(self, queue: JobQueue, name: QueueName, count: int) -> list[StepDoorbell]:
        def found() -> list[StepDoorbell]:
            return [one for one in self.told.doorbells if one.queue is name]

        await self.told.until(lambda: len(found()) >= count)
        return found()[:count]
