"""The database of this process: the embedded server, or the one that the settings name."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from adapters.embedded_postgres.server import EmbeddedPostgres
from entrypoints.settings import DatabaseUrls, Settings


@contextmanager
def running_database(settings: Settings) -> Iterator[Settings]:
    """The settings with ``database`` filled in, while the context lasts.

    The first process starts the embedded server and ends it; others attach to it and leave it alone.

    Raises:
        EmbeddedPostgresError: it cannot be started; the text has the remedy.
    """
    if settings.database is not None:
        yield settings
        return
    postgres = EmbeddedPostgres(settings.data_dir)
    dsns = postgres.start()
    try:
        urls = DatabaseUrls(app=dsns.app, system=dsns.system, owner=dsns.owner, direct=dsns.system)
        yield replace(settings, database=urls)
    finally:
        postgres.stop()
