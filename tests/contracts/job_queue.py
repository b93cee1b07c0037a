"""What every JobQueue does."""

from uuid import UUID

import pytest

from lms_app.ports.job_queue import JobQueue, QueueUnavailable, StepDoorbell
from lms_domain.video.steps import QueueName

TENANT = UUID("01900000-0000-7000-8000-000000000001")


def doorbell(queue: QueueName, number: int) -> StepDoorbell:
    """One that differs by its number."""
    return StepDoorbell(queue=queue, tenant_id=TENANT, step_id=UUID(int=number))


class JobQueueContract:
    """Runs over every adapter. A subclass gives the fixtures and ``heard``."""

    @pytest.fixture
    async def queue(self) -> JobQueue:
        """A queue that works, with nothing in it."""
        raise NotImplementedError

    async def heard(self, queue: JobQueue, name: QueueName, count: int) -> list[StepDoorbell]:
        """The first ``count`` doorbells that a worker of that queue hears, in any order."""
        raise NotImplementedError

    async def test_every_queue_hears_its_own(self, queue: JobQueue) -> None:
        sent = {name: [doorbell(name, number) for number in range(3)] for name in QueueName}
        for doorbells in sent.values():
            for one in doorbells:
                await queue.ring(one)
        for name, doorbells in sent.items():
            assert set(await self.heard(queue, name, 3)) == set(doorbells)

    async def test_ringing_twice_is_harmless(self, queue: JobQueue) -> None:
        one = doorbell(QueueName.MEDIA, 1)
        await queue.ring(one)
        await queue.ring(one)
        assert set(await self.heard(queue, QueueName.MEDIA, 1)) == {one}

    async def test_a_working_queue_passes_the_check(self, queue: JobQueue) -> None:
        await queue.check()


class BrokenJobQueueContract:
    """Over a queue whose broker does not answer. A subclass gives the fixture."""

    @pytest.fixture
    async def broken(self) -> JobQueue:
        """A queue out of order."""
        raise NotImplementedError

    async def test_a_broken_queue_says_so(self, broken: JobQueue) -> None:
        with pytest.raises(QueueUnavailable):
            await broken.ring(doorbell(QueueName.DEFAULT, 1))
        with pytest.raises(QueueUnavailable):
            await broken.check()
