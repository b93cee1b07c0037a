"""The database of this process: the embedded server, or the one that the settings name."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from adapters.embedded_postgres.errors import EmbeddedPostgresError
from adapters.embedded_postgres.server import EmbeddedPostgres
from entrypoints.settings import DatabaseUrls, Settings
from lms_app.ports.logger import Logger

_RETRY_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class RunningDatabase:
    """A database that can be connected to. ``settings`` has its DSNs."""

    settings: Settings
    embedded: EmbeddedPostgres | None

    async def keep_alive(self, log: Logger, *, stop: asyncio.Event) -> None:
        """Start the embedded server again whenever it ends by itself, until ``stop`` is set. Addresses stay."""
        if self.embedded is None or self.embedded.attached:
            return
        stopping = asyncio.create_task(stop.wait())
        while not stop.is_set():
            ended = asyncio.create_task(self.embedded.ended())
            await asyncio.wait({ended, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if stop.is_set():
                ended.cancel()
                return
            log.warning("the database ended and is started again", last_words=self.embedded.last_words())
            try:
                await asyncio.to_thread(self.embedded.start)
            except EmbeddedPostgresError as error:
                log.warning("the database does not start", error=str(error))
                await asyncio.sleep(_RETRY_SECONDS)


@contextmanager
def running_database(settings: Settings) -> Iterator[RunningDatabase]:
    """The database, while the context lasts.

    The first process starts the embedded server and ends it; others attach to it and leave it alone.

    Raises:
        EmbeddedPostgresError: it cannot be started; the text has the remedy.
    """
    if settings.database is not None:
        yield RunningDatabase(settings, None)
        return
    postgres = EmbeddedPostgres(settings.data_dir)
    dsns = postgres.start()
    try:
        urls = DatabaseUrls(app=dsns.app, system=dsns.system, owner=dsns.owner, direct=dsns.system)
        yield RunningDatabase(replace(settings, database=urls), postgres)
    finally:
        postgres.stop()
