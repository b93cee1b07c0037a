"""The small memory adapters under their contracts."""

from datetime import timedelta

import pytest

from adapters.memory.clock import MORNING, MemoryClock
from adapters.memory.ids import SequentialIds
from adapters.memory.job_queue import MemoryJobQueue
from adapters.memory.password_hasher import MemoryPasswordHasher
from lms_app.ports.job_queue import JobQueue, StepDoorbell
from lms_domain.video.steps import QueueName
from tests.contracts.clock import ClockContract
from tests.contracts.ids import IdsContract
from tests.contracts.job_queue import BrokenJobQueueContract, JobQueueContract
from tests.contracts.password_hasher import PasswordHasherContract, SaturatedHasherContract


class TestMemoryClock(ClockContract):
    @pytest.fixture
    def clock(self) -> MemoryClock:
        return MemoryClock()

    def test_it_moves_only_when_told(self, clock: MemoryClock) -> None:
        assert clock.now() == MORNING
        assert clock.advance(timedelta(hours=1)) == clock.now() == MORNING + timedelta(hours=1)


class TestSequentialIds(IdsContract):
    @pytest.fixture
    def ids(self) -> SequentialIds:
        return SequentialIds()

    def test_they_are_the_same_at_every_run_and_apart_by_series(self, ids: SequentialIds) -> None:
        assert ids.new() == SequentialIds().new() != SequentialIds(series=1).new()


class TestMemoryPasswordHasher(PasswordHasherContract):
    @pytest.fixture
    def hasher(self) -> MemoryPasswordHasher:
        return MemoryPasswordHasher()

    @pytest.fixture
    def stronger(self) -> MemoryPasswordHasher:
        return MemoryPasswordHasher(strength=2)


class TestSaturatedMemoryPasswordHasher(SaturatedHasherContract):
    @pytest.fixture
    def saturated(self) -> MemoryPasswordHasher:
        hasher = MemoryPasswordHasher()
        hasher.is_saturated = True
        return hasher


class TestMemoryJobQueue(JobQueueContract):
    @pytest.fixture
    async def queue(self) -> MemoryJobQueue:
        return MemoryJobQueue()

    async def heard(self, queue: JobQueue, name: QueueName, count: int) -> list[StepDoorbell]:
        assert isinstance(queue, MemoryJobQueue)
        return [one for one in queue.rung if one.queue is name][:count]


class TestBrokenMemoryJobQueue(BrokenJobQueueContract):
    @pytest.fixture
    async def broken(self) -> MemoryJobQueue:
        queue = MemoryJobQueue()
        queue.is_down = True
        return queue
