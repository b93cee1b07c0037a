"""Migrations make the tables that the code describes, from nothing and back."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection as SyncConnection
from sqlalchemy import NullPool
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.embedded_postgres.server import EmbeddedDsns
from adapters.postgres import migrations
from adapters.postgres.migrate import MigrationRefused, migrate
from adapters.postgres.tables import metadata
from tests.integration.conftest import MIGRATED, PRISTINE, NewDatabase, Server

OBJECTS = """
SELECT 'constraint' AS kind, conrelid::regclass::text || '.' || conname AS name, pg_get_constraintdef(oid) AS text
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
UNION ALL
SELECT 'index', indexrelid::regclass::text, pg_get_indexdef(indexrelid)
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = 'public'::regnamespace
UNION ALL
SELECT 'column', a.attrelid::regclass::text || '.' || attname,
  format('%s %s %s %s', format_type(atttypid, atttypmod), attnotnull, attidentity, pg_get_expr(adbin, adrelid))
FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
"""
RULES = """
SELECT 'policy' AS kind, tablename || '.' || policyname AS name, format('%s %s %s', roles, qual, with_check) AS text
FROM pg_policies
UNION ALL
SELECT 'table', relname, format('%s %s %s', relrowsecurity, relforcerowsecurity,
  ARRAY(SELECT each::text FROM unnest(relacl) AS each ORDER BY 1))
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
UNION ALL
SELECT 'column', attrelid::regclass::text || '.' || attname,
  ARRAY(SELECT each::text FROM unnest(attacl) AS each ORDER BY 1)::text
FROM pg_attribute WHERE attacl <> '{}' AND attrelid::regclass::text NOT LIKE 'pg_%'
UNION ALL
SELECT 'function', proname, format('%s %s %s %s', proowner::regrole, proconfig, proacl, prosrc)
FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""
NO_VERSION = "alembic_version"
REVISIONS = sorted(path.name[:4] for path in (Path(migrations.__file__).parent / "versions").glob("[0-9]*.py"))
"""In their order: files are numbered."""

KILLED = """
import asyncio, sys
from adapters.postgres.migrate import migrate
asyncio.run(migrate(sys.argv[1], lock_seconds=60))
"""


async def read(dsn: str, query: str) -> set[tuple[str, str, str]]:
    """What the catalog says, without alembic's own table."""
    connection = await asyncpg.connect(dsn)
    try:
        return {tuple(row) for row in await connection.fetch(query) if not row["name"].startswith(NO_VERSION)}
    finally:
        await connection.close()


async def state(dsns: EmbeddedDsns) -> tuple[set[tuple[str, str, str]], set[tuple[str, str, str]]]:
    """Everything that migrations make."""
    return await read(dsns.owner, OBJECTS), await read(dsns.owner, RULES)


async def test_each_step_up_down_and_up(new_database: NewDatabase) -> None:
    dsns = await new_database(PRISTINE)
    before, earlier = await state(dsns), "base"
    for revision in REVISIONS:
        await migrate(dsns.owner, revision)
        after = await state(dsns)
        await migrate(dsns.owner, earlier)
        for found, wanted in zip(await state(dsns), before, strict=True):
            assert found ^ wanted == set(), revision
        await migrate(dsns.owner, revision)
        assert await state(dsns) == after, revision
        before, earlier = after, revision
    assert len(before[0]) > 500
    await migrate(dsns.owner, "base")
    assert await read(dsns.owner, OBJECTS) == set()


async def test_migrating_again_changes_nothing(new_database: NewDatabase) -> None:
    dsns = await new_database(MIGRATED)
    before = await read(dsns.owner, RULES)
    await migrate(dsns.owner)
    assert await read(dsns.owner, RULES) == before


@asynccontextmanager
async def table_in_use(dsn: str, table: str) -> AsyncIterator[None]:
    """Somebody reads from it in a transaction that does not end, so that nobody can change it."""
    connection = await asyncpg.connect(dsn)
    try:
        async with connection.transaction():
            await connection.execute(f"LOCK TABLE {table} IN ACCESS SHARE MODE")
            yield
    finally:
        await connection.close()


async def test_a_table_in_use_is_not_waited_for_long(new_database: NewDatabase) -> None:
    """Whoever waits for it blocks everybody who comes later."""
    dsns = await new_database(PRISTINE)
    await migrate(dsns.owner, "0001")
    before = await state(dsns)
    async with table_in_use(dsns.owner, "courses"):
        with pytest.raises(DBAPIError, match="lock timeout"):
            await migrate(dsns.owner, lock_seconds=0.2)
        assert await state(dsns) == before
    await migrate(dsns.owner)
    assert await read(dsns.owner, RULES) != before[1]


async def test_killed_in_the_middle_it_is_done_again(new_database: NewDatabase) -> None:
    dsns, whole = await new_database(PRISTINE), await new_database(MIGRATED)
    await migrate(dsns.owner, "0001")
    before = await state(dsns)
    watcher = await asyncpg.connect(dsns.owner)
    waiting = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND application_name = 'lms.migrate' AND wait_event_type = 'Lock'"
    )
    async with table_in_use(dsns.owner, "users"):
        # Tables are made before this one is changed.
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, dsns.owner)
        async with asyncio.timeout(30):
            while not await watcher.fetchval(waiting):
                await asyncio.sleep(0.02)
        process.kill()
        await process.wait()
    await watcher.close()
    assert await state(dsns) == before
    await migrate(dsns.owner)
    assert await state(dsns) == await state(whole)


async def test_two_at_once(new_database: NewDatabase) -> None:
    dsns = await new_database(PRISTINE)
    await asyncio.gather(*(migrate(dsns.owner) for _ in range(3)))
    assert await read(dsns.owner, OBJECTS)


async def test_the_tables_are_those_of_the_code(new_database: NewDatabase) -> None:
    """By alembic, and more strictly by PostgreSQL's own words: alembic compares neither checks nor predicates."""
    migrated, described = await new_database(MIGRATED), await new_database(PRISTINE)

    async def run(dsns: EmbeddedDsns, work: object) -> object:
        async def connect(*_: object, **__: object) -> object:
            return await asyncpg.connect(dsns.owner)

        engine = create_async_engine("postgresql+asyncpg://", async_creator=connect, poolclass=NullPool)
        async with engine.begin() as connection:
            return await connection.run_sync(work)

    def compare(connection: SyncConnection) -> object:
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)

    assert await run(migrated, compare) == []
    await run(described, metadata.create_all)
    assert await read(migrated.owner, OBJECTS) == await read(described.owner, OBJECTS)


async def test_only_the_owner_migrates(new_database: NewDatabase) -> None:
    dsns = await new_database(PRISTINE)
    for dsn in (dsns.app, dsns.system):
        with pytest.raises(MigrationRefused, match="LMS_DATABASE_OWNER_URL"):
            await migrate(dsn)


@pytest.mark.parametrize(
    ("damage", "repair", "words"),
    [
        ("ALTER ROLE lms_app RENAME TO gone", "ALTER ROLE gone RENAME TO lms_app", "no role lms_app"),
        ("ALTER ROLE lms_owner NOBYPASSRLS", "ALTER ROLE lms_owner BYPASSRLS", "BYPASSRLS"),
    ],
)
async def test_a_server_that_is_not_set_up_is_refused_with_the_way_out(
    new_database: NewDatabase, postgres_server: Server, damage: str, repair: str, words: str
) -> None:
    dsns = await new_database(PRISTINE)
    superuser = await asyncpg.connect(postgres_server.postgres.superuser_dsn)
    await superuser.execute(damage)
    try:
        with pytest.raises(MigrationRefused, match=words) as refused:
            await migrate(dsns.owner)
        assert "roles.sql" in str(refused.value)
    finally:
        await superuser.execute(repair)
        await superuser.close()
    assert await read(dsns.owner, OBJECTS) == set()
