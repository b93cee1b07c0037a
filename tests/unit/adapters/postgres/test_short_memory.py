"""Answers are remembered for some seconds, and no longer."""

import asyncio

import pytest

from adapters.postgres.short_memory import ShortMemory


class Source:
    """Counts how often it is asked; answers when let."""

    def __init__(self) -> None:
        self.now = 0.0
        self.asked = 0
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.error: Exception | None = None

    async def ask(self) -> int:
        self.asked += 1
        number = self.asked
        await self.may_answer.wait()
        if self.error is not None:
            raise self.error
        return number

    def memory(self, max_entries: int = 10) -> ShortMemory[str, int]:
        return ShortMemory(seconds=5.0, max_entries=max_entries, monotonic=lambda: self.now)


@pytest.fixture
def source() -> Source:
    return Source()


async def test_an_answer_is_remembered_until_its_seconds_are_over(source: Source) -> None:
    memory = source.memory()
    assert await memory.get("a", source.ask) == 1
    source.now = 4.999
    assert await memory.get("a", source.ask) == 1
    source.now = 5.0
    assert await memory.get("a", source.ask) == 2


async def test_age_counts_from_the_question(source: Source) -> None:
    """What was true when it was asked may be old when the answer comes."""
    memory = source.memory()
    source.may_answer.clear()
    waiting = asyncio.create_task(memory.get("a", source.ask))
    await asyncio.sleep(0)
    source.now = 4.0
    source.may_answer.set()
    assert await waiting == 1
    source.now = 5.0
    assert await memory.get("a", source.ask) == 2


async def test_many_at_once_ask_once(source: Source) -> None:
    memory = source.memory()
    source.may_answer.clear()
    waiting = [asyncio.create_task(memory.get("a", source.ask)) for _ in range(100)]
    await asyncio.sleep(0)
    source.may_answer.set()
    assert await asyncio.gather(*waiting) == [1] * 100


async def test_who_gives_up_waiting_takes_nothing_from_the_others(source: Source) -> None:
    memory = source.memory()
    source.may_answer.clear()
    first, second = (asyncio.create_task(memory.get("a", source.ask)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    source.may_answer.set()
    assert await second == 1
    assert first.cancelled()
    assert await memory.get("a", source.ask) == 1


async def test_errors_are_not_remembered(source: Source) -> None:
    memory = source.memory()
    source.error = LookupError("away")
    waiting = [asyncio.create_task(memory.get("a", source.ask)) for _ in range(3)]
    for task in waiting:
        with pytest.raises(LookupError):
            await task
    source.error = None
    assert await memory.get("a", source.ask) == 2


async def test_what_was_forgotten_meanwhile_is_not_kept(source: Source) -> None:
    memory = source.memory()
    source.may_answer.clear()
    old = asyncio.create_task(memory.get("a", source.ask))
    await asyncio.sleep(0)
    memory.forget("a")
    new = asyncio.create_task(memory.get("a", source.ask))
    await asyncio.sleep(0)
    source.may_answer.set()
    assert await old == 1
    assert await new == 2
    assert await memory.get("a", source.ask) == 2
    memory.forget("a")
    memory.forget("unknown")
    assert await memory.get("a", source.ask) == 3


async def test_what_is_concerned_is_asked_anew_and_so_is_what_is_on_its_way(source: Source) -> None:
    memory = source.memory()
    assert [await memory.get(key, source.ask) for key in ("a", "b")] == [1, 2]
    source.may_answer.clear()
    late = asyncio.create_task(memory.get("c", source.ask))
    await asyncio.sleep(0)
    memory.forget_where(lambda answer: answer == 2)
    source.may_answer.set()
    assert await late == 3
    assert [await memory.get(key, source.ask) for key in ("a", "b", "c")] == [1, 4, 5]


async def test_there_is_room_for_so_many(source: Source) -> None:
    memory = source.memory(max_entries=2)
    assert [await memory.get(key, source.ask) for key in ("a", "b", "c")] == [1, 2, 3]
    assert await memory.get("c", source.ask) == 3
    assert await memory.get("b", source.ask) == 2
    assert await memory.get("a", source.ask) == 4
