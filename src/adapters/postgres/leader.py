"""Being the only one of its kind on the whole installation."""

import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg


class LeaderLock:
    """A session advisory lock: held by one process, free at once when that process or its connection dies."""

    def __init__(self, dsn: str, name: str) -> None:
        self._dsn = dsn
        self._name = name
        self._connection: asyncpg.Connection | None = None
        self._is_held = False

    @asynccontextmanager
    async def candidacy(self) -> AsyncIterator["LeaderLock"]:
        """Run for leader while the context lasts."""
        try:
            yield self
        finally:
            self._drop()

    async def is_leader(self) -> bool:
        """Whether this process leads now; asks the database every time, since a connection may have died."""
        try:
            if self._connection is None:
                self._is_held = False
                # Who leads can be seen in pg_stat_activity.
                name = f"{self._name} {socket.gethostname()}:{os.getpid()}"
                self._connection = await asyncpg.connect(
                    self._dsn, timeout=5, command_timeout=5, server_settings={"application_name": name[:63]}
                )
            if self._is_held:
                await self._connection.execute("SELECT 1")
            else:
                taken = await self._connection.fetchval("SELECT pg_try_advisory_lock(hashtext($1))", self._name)
                self._is_held = bool(taken)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            self._drop()
        return self._is_held

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        self._is_held = False
        if connection is not None:
            connection.terminate()
