"""Migrations make the tables that the code describes, from nothing and back."""

import asyncio

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection as SyncConnection
from sqlalchemy import NullPool
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.embedded_postgres.server import EmbeddedDsns
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
SELECT 'table', relname, format('%s %s %s', relrowsecurity, relforcerowsecurity, relacl) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
UNION ALL
SELECT 'column', attrelid::regclass::text || '.' || attname, attacl::text FROM pg_attribute WHERE attacl IS NOT NULL
  AND attrelid::regclass::text NOT LIKE 'pg_%'
UNION ALL
SELECT 'function', proname, format('%s %s', proacl, prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""
NO_VERSION = "alembic_version"


async def read(dsn: str, query: str) -> set[tuple[str, str, str]]:
    """What the catalog says, without alembic's own table."""
    connection = await asyncpg.connect(dsn)
    try:
        return {tuple(row) for row in await connection.fetch(query) if not row["name"].startswith(NO_VERSION)}
    finally:
        await connection.close()


async def test_up_down_up(new_database: NewDatabase) -> None:
    dsns = await new_database(PRISTINE)
    before = await read(dsns.owner, OBJECTS), await read(dsns.owner, RULES)
    await migrate(dsns.owner)
    first = await read(dsns.owner, OBJECTS), await read(dsns.owner, RULES)
    await migrate(dsns.owner, "base")
    assert (await read(dsns.owner, OBJECTS), await read(dsns.owner, RULES)) == before
    await migrate(dsns.owner)
    assert (await read(dsns.owner, OBJECTS), await read(dsns.owner, RULES)) == first
    assert len(first[0]) > 200


async def test_migrating_again_changes_nothing(new_database: NewDatabase) -> None:
    dsns = await new_database(MIGRATED)
    before = await read(dsns.owner, RULES)
    await migrate(dsns.owner)
    assert await read(dsns.owner, RULES) == before


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
