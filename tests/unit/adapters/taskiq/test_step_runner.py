"""How many steps run at once, and how they end."""

import asyncio
from uuid import UUID, uuid4

import pytest

from adapters.taskiq.step_task import StepRunner
from lms_domain.video.steps import QueueName

TENANT = uuid4()
ONE_EACH = dict.fromkeys(QueueName, 1)


class Work:
    """Steps that run until they are told to end."""

    def __init__(self) -> None:
        self.started: list[UUID] = []
        self.cancelled: list[UUID] = []
        self.gate = asyncio.Event()

    async def __call__(self, _tenant_id: UUID, step_id: UUID) -> None:
        self.started.append(step_id)
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled.append(step_id)
            raise


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_one_step_of_a_queue_at_a_time() -> None:
    work, first, second, other = Work(), uuid4(), uuid4(), uuid4()
    runner = StepRunner(work, ONE_EACH)
    calls = [
        asyncio.create_task(runner(QueueName.MEDIA, TENANT, first)),
        asyncio.create_task(runner(QueueName.MEDIA, TENANT, second)),
        asyncio.create_task(runner(QueueName.SPEECH, TENANT, other)),
    ]
    await settle()
    assert work.started == [first, other]
    work.gate.set()
    await asyncio.gather(*calls)
    assert work.started == [first, other, second]


async def test_ringing_again_starts_nothing_twice() -> None:
    work, step = Work(), uuid4()
    runner = StepRunner(work, ONE_EACH)
    running = asyncio.create_task(runner(QueueName.MEDIA, TENANT, step))
    await settle()
    for _ in range(5):
        await asyncio.wait_for(runner(QueueName.MEDIA, TENANT, step), 1)
    work.gate.set()
    await running
    assert work.started == [step]
    await runner(QueueName.MEDIA, TENANT, step)
    assert work.started == [step, step], "a later doorbell for the same step is heard"


async def test_closing_stops_what_runs_and_starts_nothing_more() -> None:
    work, running, waiting, late = Work(), uuid4(), uuid4(), uuid4()
    runner = StepRunner(work, ONE_EACH)
    calls = [asyncio.create_task(runner(QueueName.MEDIA, TENANT, step)) for step in (running, waiting)]
    await settle()
    await runner.close()
    await asyncio.gather(*calls)
    await runner(QueueName.MEDIA, TENANT, late)
    assert work.cancelled == [running]
    assert work.started == [running]


async def test_a_step_that_raises_frees_its_place() -> None:
    async def broken(_tenant_id: UUID, _step_id: UUID) -> None:
        raise ValueError("broken")

    runner = StepRunner(broken, ONE_EACH)
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            await asyncio.wait_for(runner(QueueName.MEDIA, TENANT, uuid4()), 1)
