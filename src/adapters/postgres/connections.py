"""Connections that stay open, and who gets the next one.

asyncpg's own pool makes a task, a time limit and a proxy for each transaction. This one has no task where a connection
is free, and hands one that comes back to whoever has waited longest: docs/adr/0012-read-path.md.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeAlias

import asyncpg

from adapters.postgres.errors import FAILURES

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

_IDLE_SECONDS = 300.0
"""A connection that nobody needed for so long is closed."""
_AGE_SECONDS = 1800.0
"""One so old is closed when it comes back: what a server keeps for it only grows."""
_LOOK_SECONDS = 60.0
_CLOSE_SECONDS = 2.0


class Lease:
    """A connection while somebody has it. ``raw`` is gone when the lease ends, so that whoever asks too late gets an
    AttributeError, and never the transaction of the next one."""

    __slots__ = ("raw",)

    def __init__(self, raw: Connection) -> None:
        self.raw = raw

    def end(self) -> Connection:
        """Nobody asks through this one any more."""
        raw = self.raw
        del self.raw
        return raw


class Connections:
    """Up to ``max_size`` of them. Everything here may raise what ``connect`` raises, and FAILURES."""

    def __init__(
        self,
        connect: Callable[[], Awaitable[Connection]],
        *,
        max_size: int,
        patience: float,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """``patience``: how many seconds somebody waits, connecting included."""
        self._connect = connect
        self._max_size = max_size
        self._patience = patience
        self._monotonic = monotonic
        self._places = 0
        """Taken by connections, and by those who connect."""
        self._opened: dict[Connection, float] = {}
        self._idle: list[tuple[float, Connection]] = []
        """Since when; the last one was needed last."""
        self._waiting: dict[asyncio.Future[Connection | None], None] = {}
        """In their order. Told None, one has a place, and connects for itself."""
        self._look: asyncio.TimerHandle | None = None
        self._closing: set[asyncio.Task[None]] = set()
        self._is_closed = False

    async def open_first(self) -> None:
        """One connection, however long that takes."""
        self._places += 1
        self._hand_on(await self._open(None))

    async def take(self) -> Connection:
        """A connection that is in no transaction.

        Raises:
            TimeoutError: none was free in time.
            asyncpg.InterfaceError: these are closed.
        """
        while self._idle:
            connection = self._idle.pop()[1]
            if not connection.is_closed():
                return connection
            self._forget(connection)
        if self._is_closed:
            raise _closed()
        give_up_at = asyncio.get_running_loop().time() + self._patience
        if self._places < self._max_size:
            self._places += 1
        elif (connection_or_place := await self._turn(give_up_at)) is not None:
            return connection_or_place
        return await self._open(give_up_at)

    def give_back(self, connection: Connection) -> None:
        """Somebody else may have it. One that is gone, in the middle of something or too old is replaced."""
        opened_at = self._opened.get(connection)
        if opened_at is None:
            return  # ended by ``close`` meanwhile
        if connection.is_closed():
            self._forget(connection)
        elif connection.is_in_transaction():
            connection.terminate()
            self._forget(connection)
        elif self._is_closed or self._monotonic() - opened_at > _AGE_SECONDS:
            self._close(connection)
        else:
            self._hand_on(connection)

    def close_idle(self) -> None:
        """Close those that nobody needed for long; they see to it themselves once in a minute."""
        now = self._monotonic()
        unneeded = [connection for since, connection in self._idle if now - since > _IDLE_SECONDS]
        del self._idle[: len(unneeded)]
        for connection in unneeded:
            self._close(connection)

    async def close(self) -> None:
        """Take no more wishes, and wait for all connections to come back. Cancelled, it ends them all the same."""
        self._is_closed = True
        if self._look is not None:
            self._look.cancel()
        for turn in self._waiting:
            if not turn.done():
                turn.set_exception(_closed())
        while self._idle:
            self._close(self._idle.pop()[1])
        try:
            while self._places or self._closing:
                await (asyncio.wait(self._closing) if self._closing else asyncio.sleep(0.01))
        finally:
            for connection in [*self._opened]:
                connection.terminate()
                self._forget(connection)

    async def _open(self, give_up_at: float | None) -> Connection:
        """A new connection for a place that is taken already."""
        try:
            async with asyncio.timeout_at(give_up_at):
                connection = await self._connect()
        except BaseException:
            self._hand_on(None)
            raise
        self._opened[connection] = self._monotonic()
        if self._is_closed:
            self._close(connection)
            raise _closed()
        return connection

    async def _turn(self, give_up_at: float) -> "Connection | None":
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[Connection | None] = loop.create_future()
        self._waiting[turn] = None
        timer = loop.call_at(give_up_at, _too_late, turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                # It came in the very moment in which we were told to stop.
                self._hand_on(turn.result())
            raise
        finally:
            timer.cancel()
            self._waiting.pop(turn, None)

    def _hand_on(self, connection: "Connection | None") -> None:
        """A connection, or a place for one, to whoever has waited longest."""
        while self._waiting:
            turn = next(iter(self._waiting))
            del self._waiting[turn]
            if not turn.done():
                turn.set_result(connection)
                return
        if connection is None:
            self._places -= 1
            return
        self._idle.append((self._monotonic(), connection))
        if self._look is None:
            self._look = asyncio.get_running_loop().call_later(_LOOK_SECONDS, self._look_again)

    def _look_again(self) -> None:
        self._look = None
        self.close_idle()
        if self._idle:
            self._look = asyncio.get_running_loop().call_later(_LOOK_SECONDS, self._look_again)

    def _close(self, connection: Connection) -> None:
        """In good order, which takes a moment: its place is free at once."""
        self._forget(connection)
        task = asyncio.create_task(_say_goodbye(connection))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    def _forget(self, connection: Connection) -> None:
        del self._opened[connection]
        self._hand_on(None)


def _too_late(turn: "asyncio.Future[Connection | None]") -> None:
    if not turn.done():
        turn.set_exception(TimeoutError())


async def _say_goodbye(connection: Connection) -> None:
    with suppress(*FAILURES):
        await connection.close(timeout=_CLOSE_SECONDS)


def _closed() -> asyncpg.InterfaceError:
    return asyncpg.InterfaceError("these connections are closed")
