"""Hearing at once that something waits: in the outbox, to be mailed, or to be worked on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from lms_app.ports.logger import Logger

CHANNEL = "outbox"
MAIL_CHANNEL = "mail"
JOB_CHANNEL = "jobs"
_RECONNECT_SECONDS = 2.0


class OutboxBell:
    """LISTEN on a connection of its own (no pooler between). While it is away, waiting merely times out."""

    channel = CHANNEL

    def __init__(self, dsn: str, log: Logger) -> None:
        self._dsn = dsn
        self._log = log
        self._rung = asyncio.Event()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Listen while the context lasts; connects again by itself."""
        task = asyncio.create_task(self._listen())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})

    async def wait(self, timeout_seconds: float) -> None:
        """Return when something was announced since the last call, or after ``timeout_seconds``."""
        try:
            await asyncio.wait_for(self._rung.wait(), timeout_seconds)
        except TimeoutError:
            return
        finally:
            self._rung.clear()

    async def _listen(self) -> None:
        while True:
            try:
                connection = await asyncpg.connect(self._dsn, timeout=5)
                try:
                    lost = asyncio.Event()
                    connection.add_termination_listener(lambda *_, lost=lost: lost.set())
                    await connection.add_listener(self.channel, lambda *_: self._rung.set())
                    await lost.wait()
                finally:
                    await connection.close(timeout=2)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                self._log.warning("not listening", channel=self.channel, error=repr(error))
            await asyncio.sleep(_RECONNECT_SECONDS)


class MailBell(OutboxBell):
    """Rings when mail is queued."""

    channel = MAIL_CHANNEL


class JobBell(OutboxBell):
    """Rings when a job is queued."""

    channel = JOB_CHANNEL
