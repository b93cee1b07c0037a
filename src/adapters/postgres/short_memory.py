"""Remembering answers for some seconds."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class ShortMemory(Generic[K, V]):
    """Answers by key, none older than ``seconds``, counted from when it was asked for.

    Whoever asks while an answer is on its way waits for that one: when a memory ends on a busy site, one question goes
    to the database, not hundreds. Errors are not remembered.
    """

    def __init__(self, *, seconds: float, max_entries: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        """When there are ``max_entries``, the one that was asked for first is dropped."""
        self._seconds = seconds
        self._max_entries = max_entries
        self._monotonic = monotonic
        self._answers: dict[K, tuple[float, V]] = {}
        self._asking: dict[K, asyncio.Task[V]] = {}

    async def get(self, key: K, ask: Callable[[], Awaitable[V]]) -> V:
        """The answer for ``key``, from ``ask`` when none is remembered. Raises what ``ask`` raises."""
        now = self._monotonic()
        known = self._answers.get(key)
        if known is not None and now < known[0]:
            return known[1]
        task = self._asking.get(key)
        if task is None:
            task = self._asking[key] = asyncio.create_task(self._ask(key, ask, until=now + self._seconds))
            task.add_done_callback(_look_at)
        return await asyncio.shield(task)

    def forget(self, key: K) -> None:
        """Ask anew next time; an answer that is on its way was asked for too early and is not kept."""
        self._answers.pop(key, None)
        self._asking.pop(key, None)

    def forget_where(self, is_concerned: Callable[[V], bool]) -> None:
        """The same for all answers that are concerned; of those on their way nobody knows yet, so none is kept."""
        self._asking.clear()
        for key in [key for key, (_, answer) in self._answers.items() if is_concerned(answer)]:
            del self._answers[key]

    async def _ask(self, key: K, ask: Callable[[], Awaitable[V]], *, until: float) -> V:
        task = asyncio.current_task()
        try:
            answer = await ask()
            if self._asking.get(key) is task:
                self._answers.pop(key, None)
                while len(self._answers) >= self._max_entries:
                    del self._answers[next(iter(self._answers))]
                self._answers[key] = (until, answer)
            return answer
        finally:
            if self._asking.get(key) is task:
                del self._asking[key]


def _look_at(task: "asyncio.Task[V]") -> None:
    """Everybody who waited may be gone: then an error is nobody's, and no reason for noise."""
    if not task.cancelled():
        task.exception()
