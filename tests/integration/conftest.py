"""A real PostgreSQL for integration tests: one server per test process, with clones of a migrated database."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import asyncpg
import pytest

from adapters.embedded_postgres.server import EmbeddedDsns, EmbeddedPostgres
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.migrate import migrate
from adapters.postgres.pool import PostgresPool
from adapters.postgres.sealing import SecretSeal
from adapters.postgres.tables import metadata
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from scripts.integration_tests import LONG
from scripts.steps import ROOT

NewDatabase = Callable[[str], Awaitable[EmbeddedDsns]]
Truncate = Callable[[], Awaitable[None]]

PRISTINE = "lms_pristine"
"""Template: roles and schema, but no tables."""

MIGRATED = "lms"
"""Template: all tables, empty."""

SEAL = SecretSeal({"test": bytes(32)}, "test")

_MEMORY_BYTES = 2 * 1024**3


@dataclass(frozen=True)
class Server:
    """A running server."""

    postgres: EmbeddedPostgres
    dsns: EmbeddedDsns

    def database(self, name: str) -> EmbeddedDsns:
        """How to connect to the database ``name``."""
        return EmbeddedDsns(
            app=self.dsns.app.replace("@/lms?", f"@/{name}?"),
            system=self.dsns.system.replace("@/lms?", f"@/{name}?"),
            owner=self.dsns.owner.replace("@/lms?", f"@/{name}?"),
        )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files begin first: in their order those that are named, then the other ones with whole installations."""

    def rank(item: pytest.Item) -> int:
        path = item.path.relative_to(ROOT).as_posix()
        named = (number for number, start in enumerate(LONG) if path.startswith(start))
        return next(named, len(LONG))

    items.sort(key=rank)


@contextmanager
def server_folder() -> Iterator[Path]:
    """A folder that every account can walk to; in memory where there is room, since each test waits for the disk."""
    memory = Path("/dev/shm")  # noqa: S108 -- mkdtemp makes a new folder of our own in it
    in_memory = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _MEMORY_BYTES
    folder = Path(tempfile.mkdtemp(prefix="lms-test-", dir=memory if in_memory else "/tmp"))  # noqa: S108 -- the same
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A server of this test process alone, so that tests may do to it what they like."""
    with server_folder() as folder:
        postgres = EmbeddedPostgres(folder / "data", system_dir=folder / "system")
        dsns = postgres.start()
        yield Server(postgres, dsns)
        postgres.stop()


@pytest.fixture(scope="session")
async def new_database(postgres_server: Server) -> AsyncIterator[NewDatabase]:
    """``await new_database(MIGRATED)``: a clone of a template."""
    numbers = count(1)
    superuser = await asyncpg.connect(postgres_server.postgres.superuser_dsn)
    await superuser.execute(f"CREATE DATABASE {PRISTINE} TEMPLATE {MIGRATED} OWNER lms_owner")
    await migrate(postgres_server.dsns.owner)

    async def clone(template: str) -> EmbeddedDsns:
        name = f"lms_test_{next(numbers)}"
        await superuser.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER lms_owner")
        # Nothing here must survive a power cut.
        await superuser.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
        return postgres_server.database(name)

    yield clone
    await superuser.close()


@pytest.fixture(scope="session")
async def dsns(new_database: NewDatabase) -> EmbeddedDsns:
    """The database that most tests share."""
    return await new_database(MIGRATED)


@pytest.fixture(scope="session")
async def app_pool(dsns: EmbeddedDsns) -> AsyncIterator[PostgresPool]:
    """Connections as lms_app."""
    pool = PostgresPool(dsns.app, application_name="lms.test")
    await pool.open()
    yield pool
    await pool.close()


@pytest.fixture(scope="session")
async def system_pool(dsns: EmbeddedDsns) -> AsyncIterator[PostgresPool]:
    """Connections as lms_system."""
    pool = PostgresPool(dsns.system, application_name="lms.test")
    await pool.open()
    yield pool
    await pool.close()


@pytest.fixture(scope="session")
async def owner_connection(dsns: EmbeddedDsns) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """A connection as lms_owner, which no fence stops: to look behind them."""
    connection = await asyncpg.connect(dsns.owner, server_settings={"lock_timeout": "5s"})
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
def truncate(owner_connection: "asyncpg.Connection[asyncpg.Record]") -> Truncate:
    """Empty the tables that have rows."""
    which = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})"  # noqa: S608 -- names of our own tables
        for name in metadata.tables
    )

    async def empty() -> None:
        written = [row[0] for row in await owner_connection.fetch(which)]
        if written:
            await owner_connection.execute(f"TRUNCATE {', '.join(written)} CASCADE")

    return empty


@pytest.fixture
async def database(
    app_pool: PostgresPool, system_pool: PostgresPool, truncate: Truncate
) -> AsyncIterator[PostgresDatabase]:
    """An empty database, emptied again after the test."""
    yield PostgresDatabase(app_pool, system_pool)
    await truncate()


@pytest.fixture
def uow(database: PostgresDatabase) -> PostgresUnitOfWork:
    """Transactions in an empty database."""
    return PostgresUnitOfWork(database, SEAL)
