"""Hearing at once that somebody was told something, or may no longer listen: one LISTEN for a whole process."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from uuid import UUID

import asyncpg

from adapters.postgres.notices import CHANNEL
from adapters.postgres.sessions import ENDED_CHANNEL
from lms_app.ports.logger import Logger
from lms_app.ports.notice_feed import NoticeFeed

_RECONNECT_SECONDS = 2.0


class PostgresNoticeFeed(NoticeFeed):
    """LISTEN on a connection of its own (no pooler between), given on to whoever has open pages here. While it is
    away nobody hears anything; when it is back everybody looks."""

    def __init__(self, dsn: str, log: Logger) -> None:
        self._dsn = dsn
        self._log = log
        self._listeners: Mapping[str, _Listeners] = {CHANNEL: _Listeners(), ENDED_CHANNEL: _Listeners()}

    def ears(self, tenant_id: UUID, user_id: UUID) -> AbstractContextManager[asyncio.Event]:
        """See the port."""
        return self._listeners[CHANNEL].place(f"{tenant_id} {user_id}")

    def endings(self, tenant_id: UUID, user_id: UUID) -> AbstractContextManager[asyncio.Event]:
        """See the port."""
        return self._listeners[ENDED_CHANNEL].place(f"{tenant_id} {user_id}", str(tenant_id))

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
                    for channel in self._listeners:
                        await connection.add_listener(channel, self._heard)
                    for listeners in self._listeners.values():
                        listeners.ring_all()
                    await lost.wait()
                finally:
                    await connection.close(timeout=2)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                self._log.warning("not listening", channels=sorted(self._listeners), error=repr(error))
            await asyncio.sleep(_RECONNECT_SECONDS)

    def _heard(self, _connection: object, _pid: int, channel: str, payload: object) -> None:
        self._listeners[channel].ring(str(payload))


class _Listeners:
    """Who listens to one channel, by the payloads that are meant for them."""

    def __init__(self) -> None:
        self._events: dict[str, set[asyncio.Event]] = {}

    @contextmanager
    def place(self, *names: str) -> Iterator[asyncio.Event]:
        event = asyncio.Event()
        for name in names:
            self._events.setdefault(name, set()).add(event)
        try:
            yield event
        finally:
            for name in names:
                self._events[name].discard(event)
                if not self._events[name]:
                    del self._events[name]

    def ring(self, name: str) -> None:
        for event in self._events.get(name, ()):
            event.set()

    def ring_all(self) -> None:
        for name in self._events:
            self.ring(name)
