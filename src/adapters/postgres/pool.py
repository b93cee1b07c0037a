"""Connections of one role, and transactions on them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Self

import asyncpg

from adapters.postgres.errors import FAILURES, reraise
from adapters.postgres.sql import Connection
from lms_domain.errors import Unavailable

_ROLLBACK_SECONDS = 2.0
_CLOSE_SECONDS = 3.0


class Transaction:
    """A transaction within its context. It ends with ``commit``, or with the context: then nothing happened.

    A class where a generator would do, since every request goes through it: docs/adr/0012-read-path.md.
    """

    connection: Connection

    def __init__(self, pool: "PostgresPool", opening: str) -> None:
        self._pool = pool
        self._opening = opening
        self._is_open = True

    async def __aenter__(self) -> Self:
        """Connect, and begin in one round trip, whatever the opening sets."""
        self.connection = await self._pool._acquire()
        try:
            await self._begin()
        except BaseException:
            await self._pool._give_up(self.connection)
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Roll back what was not committed, and give the connection back."""
        if error is not None:
            await self._pool._give_up(self.connection)
            return
        if self._is_open:
            try:
                await self._pool._roll_back(self.connection)
            except BaseException:
                await self._pool._give_up(self.connection)
                raise
        await self._pool._release(self.connection)

    async def _begin(self) -> None:
        try:
            await self.connection.execute(self._opening)
        except FAILURES as error:
            reraise(error)

    async def commit(self) -> None:
        """Raises Unavailable: then nobody can know whether it happened."""
        try:
            answer = await self.connection.execute("COMMIT")
        except FAILURES as error:
            reraise(error)
        self._is_open = False
        # PostgreSQL says ROLLBACK here, and no error, when a statement failed before and somebody went on regardless.
        if answer != "COMMIT":
            raise RuntimeError("a statement of this transaction failed, so nothing of it was kept")


class PostgresPool:
    """Up to ``max_size`` connections of one role.

    A connection goes back without a round trip: what a transaction sets ends with it, and nothing is ever set outside
    of one. One that is not idle then is closed instead.
    """

    def __init__(
        self,
        dsn: str,
        *,
        application_name: str,
        max_size: int = 10,
        acquire_seconds: float = 2.0,
        command_seconds: float = 15.0,
    ) -> None:
        """Nothing happens yet.

        Args:
            dsn: ``postgresql://`` address with the role's password.
            acquire_seconds: how long a caller waits for a free connection, connecting included.
            command_seconds: how long one statement may take; the roles' own limits are shorter.
        """
        self._dsn = dsn
        self._application_name = application_name
        self._max_size = max_size
        self._acquire_seconds = acquire_seconds
        self._command_seconds = command_seconds
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None
        self._ending: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Connect once.

        Raises:
            Unavailable: the server cannot be reached or refuses us; the cause says more.
        """
        try:
            self._pool = await asyncpg.create_pool(
                self._dsn,
                min_size=1,
                max_size=self._max_size,
                timeout=5.0,
                command_timeout=self._command_seconds,
                # The statements are few and never change: prepare each once per connection, whatever its length.
                statement_cache_size=500,
                max_cached_statement_lifetime=0,
                max_cacheable_statement_size=0,
                reset=_must_be_idle,
                server_settings={"application_name": self._application_name, "jit": "off", "timezone": "UTC"},
            )
        except (*FAILURES, ValueError) as error:
            raise Unavailable("The database does not answer, or does not let us in.") from error

    async def close(self) -> None:
        """Wait up to 3 seconds for transactions to end, then end them."""
        if self._pool is None:
            return
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._pool.close()
        except TimeoutError:
            self._pool.terminate()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection, for statements that need no transaction.

        Raises:
            Unavailable: none is free in time, or the server cannot be reached.
        """
        connection = await self._acquire()
        try:
            yield connection
        finally:
            await self._release(connection)

    def transaction(self, opening: str) -> Transaction:
        """A transaction that ``opening`` begins; ``ROLLBACK`` unless it is committed inside.

        Args:
            opening: SQL commands, the first of which is BEGIN. No values from outside belong in it.

        Raises:
            Unavailable: on entering: no connection is free in time, or the server cannot be reached.
        """
        return Transaction(self, opening)

    async def _acquire(self) -> Connection:
        if self._pool is None:
            raise Unavailable("The database is not open.")
        try:
            async with asyncio.timeout(self._acquire_seconds):
                return await self._pool.acquire()
        except (*FAILURES, ValueError) as error:
            raise Unavailable("The database does not answer just now. Please try again in a moment.") from error

    async def _give_up(self, connection: Connection) -> None:
        """Put a connection in order and take it back, after something went wrong."""
        # Perhaps cancelled, perhaps in the middle of a statement, perhaps to be cancelled again: a task of its own
        # does it, whatever happens to us.
        task = asyncio.create_task(self._put_in_order(connection))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        await asyncio.shield(task)

    async def _put_in_order(self, connection: Connection) -> None:
        await self._roll_back(connection)
        await self._release(connection)

    async def _roll_back(self, connection: Connection) -> None:
        try:
            await connection.execute("ROLLBACK", timeout=_ROLLBACK_SECONDS)
        except FAILURES:
            with suppress(asyncpg.InterfaceError):  # gone already
                connection.terminate()

    async def _release(self, connection: Connection) -> None:
        # What fails here is the connection's own business: it is closed, and the next caller gets a new one.
        with suppress(*FAILURES, _NotIdle):
            if self._pool is not None:
                await self._pool.release(connection, timeout=_ROLLBACK_SECONDS)


class _NotIdle(Exception):
    """A connection came back in the middle of a transaction."""


async def _must_be_idle(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    if connection.is_in_transaction():
        raise _NotIdle
