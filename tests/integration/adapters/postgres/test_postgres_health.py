"""What a database must be like before anything is served from it."""

import asyncpg
import pytest

from adapters.embedded_postgres.server import EmbeddedDsns
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.health import UnsafeDatabase, check, refuse_unsafe_roles
from adapters.postgres.pool import PostgresPool
from lms_domain.errors import Unavailable
from tests.integration.conftest import MIGRATED, PRISTINE, NewDatabase, Server


async def opened(app: str, system: str) -> PostgresDatabase:
    pools = (PostgresPool(dsn, application_name="lms.test", max_size=1, acquire_seconds=0.3) for dsn in (app, system))
    database = PostgresDatabase(*pools)
    await database.open()
    return database


async def refusal(app: str, system: str) -> str:
    """Why this database is refused; empty when it is not."""
    database = await opened(app, system)
    try:
        await refuse_unsafe_roles(database)
    except UnsafeDatabase as unsafe:
        return str(unsafe)
    finally:
        await database.close()
    return ""


async def test_as_it_should_be(dsns: EmbeddedDsns) -> None:
    assert await refusal(dsns.app, dsns.system) == ""


async def test_powerful_roles(dsns: EmbeddedDsns, postgres_server: Server) -> None:
    superuser = postgres_server.postgres.superuser_dsn
    assert "superuser" in await refusal(superuser, dsns.system)
    assert "BYPASSRLS" in await refusal(dsns.system, dsns.system)
    assert "BYPASSRLS" in await refusal(dsns.owner, dsns.system)
    assert "LMS_DATABASE_SYSTEM_URL" in await refusal(dsns.app, dsns.app)


async def test_before_migrating(new_database: NewDatabase) -> None:
    dsns = await new_database(PRISTINE)
    assert "lms migrate" in await refusal(dsns.app, dsns.system)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("ALTER TABLE users DISABLE ROW LEVEL SECURITY", "not in force on users"),
        ("ALTER TABLE courses NO FORCE ROW LEVEL SECURITY", "not in force on courses"),
        ("DROP POLICY tenant_isolation ON tenants", "not in force on tenants"),
        ("ALTER TABLE outbox RENAME TO inbox", "lms migrate"),
        ("GRANT lms_owner TO lms_app", "act as their owner"),
        ("GRANT lms_search TO lms_app", "may act as a role that has BYPASSRLS"),
        ("ALTER TABLE modules OWNER TO lms_app", "owns tables"),
    ],
)
async def test_damage_is_noticed(new_database: NewDatabase, postgres_server: Server, damage: str, words: str) -> None:
    dsns = await new_database(MIGRATED)
    name = dsns.owner.rpartition("@/")[2].partition("?")[0]
    superuser = await asyncpg.connect(postgres_server.postgres.superuser_dsn, database=name)
    await superuser.execute(damage)
    try:
        assert words in await refusal(dsns.app, dsns.system)
    finally:
        if damage.startswith("GRANT"):
            await superuser.execute("REVOKE lms_owner, lms_search FROM lms_app")
        if "OWNER TO" in damage:
            await superuser.execute("ALTER TABLE modules OWNER TO lms_owner")
        await superuser.close()


async def test_ready(dsns: EmbeddedDsns) -> None:
    database = await opened(dsns.app, dsns.system)
    await check(database)
    async with database.app.connection():
        with pytest.raises(Unavailable):
            await check(database)
    await check(database)
    await database.close()
    with pytest.raises(Unavailable):
        await check(database)
    await database.close()
