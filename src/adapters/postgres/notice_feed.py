"""Hearing at once that somebody was told something: one LISTEN for a whole process."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from uuid import UUID

import asyncpg

from adapters.postgres.notices import CHANNEL
from lms_app.ports.logger import Logger
from lms_app.ports.notice_feed import NoticeFeed

_RECONNECT_SECONDS = 2.0


class PostgresNoticeFeed(NoticeFeed):
    """LISTEN on a connection of its own (no pooler between), given on to whoever has open pages here. While it is
    away nobody hears anything; when it is back everybody looks."""

    def __init__(self, dsn: str, log: Logger) -> None:
        self._dsn = dsn
        self._log = log
        self._ears: dict[str, set[asyncio.Event]] = {}

    @contextmanager
    def ears(self, tenant_id: UUID, user_id: UUID) -> Iterator[asyncio.Event]:
        """See the port."""
        name, event = f"{tenant_id} {user_id}", asyncio.Event()
        self._ears.setdefault(name, set()).add(event)
        try:
            yield event
        finally:
            self._ears[name].discard(event)
            if not self._ears[name]:
                del self._ears[name]

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Listen while the context lasts; connects again by itself."""
        task = asyncio.create_task(self._listen())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})

    async def _listen(self) -> None:
        while True:
            try:
                connection = await asyncpg.connect(self._dsn, timeout=5)
                try:
                    lost = asyncio.Event()
                    connection.add_termination_listener(lambda *_, lost=lost: lost.set())
                    await connection.add_listener(CHANNEL, self._heard)
                    self._ring_all()
                    await lost.wait()
                finally:
                    await connection.close(timeout=2)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                self._log.warning("not listening", channel=CHANNEL, error=repr(error))
            await asyncio.sleep(_RECONNECT_SECONDS)

    def _heard(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        for event in self._ears.get(str(payload), ()):
            event.set()

    def _ring_all(self) -> None:
        for events in self._ears.values():
            for event in events:
                event.set()
