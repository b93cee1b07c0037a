"""Doorbells over a real Redis."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from uuid import uuid4

import pytest
from redis import Redis
from taskiq import AsyncBroker

from adapters.taskiq.brokers import redis_brokers
from adapters.taskiq.job_queue import TaskiqJobQueue
from lms_app.ports.job_queue import JobQueue, QueueUnavailable, StepDoorbell
from lms_domain.video.steps import QueueName
from tests.contracts.job_queue import BrokenJobQueueContract
from tests.integration.redis_server import RedisServer
from tests.unit.adapters.taskiq.workers import Heard, Silence, TaskiqJobQueueContract, working


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with RedisServer() as server:
        yield server


def doorbell(queue: QueueName = QueueName.DEFAULT) -> StepDoorbell:
    return StepDoorbell(queue=queue, tenant_id=uuid4(), step_id=uuid4())


class TestRedisJobQueue(TaskiqJobQueueContract):
    @pytest.fixture
    def brokers(self, redis: RedisServer) -> Mapping[QueueName, AsyncBroker]:
        return redis_brokers(redis.url, Silence())


class TestRedisJobQueueOutOfOrder(BrokenJobQueueContract):
    @pytest.fixture
    async def broken(self, redis: RedisServer) -> AsyncIterator[JobQueue]:
        brokers = redis_brokers(redis.url, Silence())
        redis.stop()
        yield TaskiqJobQueue(brokers)
        for broker in brokers.values():
            await broker.shutdown()


async def test_what_was_sent_before_the_first_worker_came_is_heard(redis: RedisServer) -> None:
    brokers = redis_brokers(redis.url, Silence())
    early = [doorbell() for _ in range(5)]
    for one in early:
        await TaskiqJobQueue(brokers).ring(one)
    for broker in brokers.values():
        await broker.shutdown()
    heard = Heard()
    async with working(redis_brokers(redis.url, Silence()), heard):
        await heard.until(lambda: len(heard.steps) == len(early))


async def test_two_workers_share_what_comes(redis: RedisServer) -> None:
    first, second = Heard(), Heard()
    async with (
        working(redis_brokers(redis.url, Silence()), first) as queue,
        working(redis_brokers(redis.url, Silence()), second),
    ):
        for _ in range(40):
            await queue.ring(doorbell())
        await first.until(lambda: len(first.steps) + len(second.steps) == 40)
        await asyncio.sleep(0.5)
    assert len(first.steps) + len(second.steps) == 40, "nothing is delivered twice"


async def test_a_redis_that_is_away_is_said_and_comes_back(redis: RedisServer) -> None:
    heard = Heard()
    async with working(redis_brokers(redis.url, Silence()), heard) as queue:
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
    async with working(redis_brokers(redis.url, Silence()), heard) as queue:
        await queue.ring(doorbell())
        await heard.until(lambda: len(heard.steps) == 1)
        redis.flush()
        async with asyncio.timeout(20):
            while len(heard.steps) < 2:
                await queue.ring(doorbell())
                await asyncio.sleep(0.3)


async def test_heard_doorbells_are_not_kept_pending(redis: RedisServer) -> None:
    heard = Heard()
    async with working(redis_brokers(redis.url, Silence()), heard) as queue:
        await queue.ring(doorbell())
        await heard.until(lambda: len(heard.steps) == 1)
        with Redis(port=redis.port) as client:
            pending = client.xpending("lms:default", "lms")
        assert pending["pending"] == 0
