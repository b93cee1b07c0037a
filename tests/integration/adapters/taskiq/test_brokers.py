"""Doorbells through both kinds of brokers: in this process, and over a real Redis."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import pytest
from redis import Redis

from adapters.taskiq.brokers import in_process_brokers, redis_brokers
from adapters.taskiq.job_queue import TaskiqJobQueue
from adapters.taskiq.step_task import StepRunner, register_step_task
from adapters.taskiq.worker import listen
from lms_app.ports.job_queue import QueueUnavailable, StepDoorbell
from lms_app.ports.logger import Logger
from lms_domain.video.steps import QueueName
from tests.integration.redis_server import RedisServer

ONE_EACH = dict.fromkeys(QueueName, 1)


class Silence(Logger):
    """Says nothing."""


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with RedisServer() as server:
        yield server


class Heard:
    """What workers were told, in order."""

    def __init__(self) -> None:
        self.steps: list[tuple[UUID, UUID]] = []

    async def __call__(self, tenant_id: UUID, step_id: UUID) -> None:
        self.steps.append((tenant_id, step_id))

    async def until(self, condition: Callable[[], bool], seconds: float = 10.0) -> None:
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.02)


@asynccontextmanager
async def working(url: str | None, heard: Heard) -> AsyncIterator[TaskiqJobQueue]:
    """A worker on every queue, and a way to ring it."""
    brokers = redis_brokers(url, Silence()) if url else in_process_brokers(Silence())
    runner = StepRunner(heard, ONE_EACH)
    for queue, broker in brokers.items():
        register_step_task(broker, queue, runner)
    stop = asyncio.Event()
    listener = asyncio.create_task(listen(brokers, ONE_EACH, stop, Silence()))
    try:
        await asyncio.sleep(0)
        yield TaskiqJobQueue(brokers)
    finally:
        stop.set()
        await runner.close()
        await asyncio.wait_for(listener, 10)
        for broker in brokers.values():
            await broker.shutdown()


def doorbell(queue: QueueName = QueueName.DEFAULT) -> StepDoorbell:
    return StepDoorbell(queue=queue, tenant_id=uuid4(), step_id=uuid4())


@pytest.mark.parametrize("kind", ["in process", "redis"])
async def test_every_queue_is_heard(kind: str, redis: RedisServer) -> None:
    heard = Heard()
    async with working(redis.url if kind == "redis" else None, heard) as queue:
        sent = [doorbell(name) for name in QueueName]
        for one in sent:
            await queue.ring(one)
        await heard.until(lambda: len(heard.steps) == len(sent))
        await queue.check()
    assert sorted(heard.steps) == sorted((one.tenant_id, one.step_id) for one in sent)


async def test_what_was_sent_before_the_first_worker_came_is_heard(redis: RedisServer) -> None:
    brokers = redis_brokers(redis.url, Silence())
    early = [doorbell() for _ in range(5)]
    for one in early:
        await TaskiqJobQueue(brokers).ring(one)
    for broker in brokers.values():
        await broker.shutdown()
    heard = Heard()
    async with working(redis.url, heard):
        await heard.until(lambda: len(heard.steps) == len(early))


async def test_two_workers_share_what_comes(redis: RedisServer) -> None:
    first, second = Heard(), Heard()
    async with working(redis.url, first) as queue, working(redis.url, second):
        for _ in range(40):
            await queue.ring(doorbell())
        await first.until(lambda: len(first.steps) + len(second.steps) == 40)
        await asyncio.sleep(0.5)
    assert len(first.steps) + len(second.steps) == 40, "nothing is delivered twice"


async def test_a_redis_that_is_away_is_said_and_comes_back(redis: RedisServer) -> None:
    heard = Heard()
    async with working(redis.url, heard) as queue:
        await queue.ring(doorbell())
        await heard.until(lambda: len(heard.steps) == 1)
        redis.stop()
        with pytest.raises(QueueUnavailable):
            await queue.ring(doorbell())
        with pytest.raises(QueueUnavailable):
            await queue.check()
        redis.start()

        async def rings() -> bool:
            try:
                await queue.ring(doorbell())
            except QueueUnavailable:
                return False
            return True

        async with asyncio.timeout(20):
            while len(heard.steps) < 2:
                await rings()
                await asyncio.sleep(0.3)


async def test_an_emptied_redis_goes_on_working(redis: RedisServer) -> None:
    heard = Heard()
    async with working(redis.url, heard) as queue:
        await queue.ring(doorbell())
        await heard.until(lambda: len(heard.steps) == 1)
        redis.flush()
        async with asyncio.timeout(20):
            while len(heard.steps) < 2:
                await queue.ring(doorbell())
                await asyncio.sleep(0.3)


async def test_heard_doorbells_are_not_kept_pending(redis: RedisServer) -> None:
    heard = Heard()
    async with working(redis.url, heard) as queue:
        await queue.ring(doorbell())
        await heard.until(lambda: len(heard.steps) == 1)
        with Redis(port=redis.port) as client:
            pending = client.xpending("lms:default", "lms")
        assert pending["pending"] == 0
