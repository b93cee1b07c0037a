"""Work that comes round again."""

import asyncio

import pytest

from entrypoints.worker.recurring import Recurring


class Work:
    """Counts, and works until it is told to stop."""

    def __init__(self) -> None:
        self.begun = 0
        self.ended = 0
        self.done = asyncio.Event()

    async def __call__(self) -> None:
        self.begun += 1
        try:
            await self.done.wait()
        finally:
            self.ended += 1


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_it_begins_at_once_and_never_twice_at_a_time() -> None:
    work = Work()
    async with Recurring(work, 0.0) as recurring:
        for _ in range(3):
            recurring.start_if_due()
            await settle()
        assert work.begun == 1
        work.done.set()
        await settle()
        recurring.start_if_due()
        await settle()
        assert (work.begun, work.ended) == (2, 2)


async def test_it_waits_for_its_time() -> None:
    work = Work()
    work.done.set()
    async with Recurring(work, 3600.0) as recurring:
        for _ in range(3):
            recurring.start_if_due()
            await settle()
    assert work.begun == 1


async def test_it_ends_with_its_owner() -> None:
    work = Work()
    async with Recurring(work, 0.0) as recurring:
        recurring.start_if_due()
        await settle()
    assert (work.begun, work.ended) == (1, 1)


async def test_what_breaks_is_told_at_the_next_time() -> None:
    async def broken() -> None:
        raise ZeroDivisionError

    async with Recurring(broken, 3600.0) as recurring:
        recurring.start_if_due()
        await settle()
        with pytest.raises(ZeroDivisionError):
            recurring.start_if_due()
