"""Work that comes round again."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self


class Recurring:
    """Work done every so many seconds, beside what its owner does and never twice at once. It ends with the context.

    Args:
        seconds: from one beginning to the next.
    """

    def __init__(self, work: Callable[[], Awaitable[object]], seconds: float) -> None:
        self._work = work
        self._seconds = seconds
        self._due = time.monotonic()
        self._running: asyncio.Future[object] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait({self._running})

    def start_if_due(self) -> None:
        """Begin, unless it is not time yet or the last time has not ended. The first time is at once.

        Raises:
            Exception: what the last time ended with.
        """
        now = time.monotonic()
        if self._running is not None:
            if not self._running.done():
                return
            self._running.result()
        if now >= self._due:
            self._due = now + self._seconds
            self._running = asyncio.ensure_future(self._work())
