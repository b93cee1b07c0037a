"""What the database and its three roles are, exactly: the fences between schools stand on it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from adapters.embedded_postgres.psql import ROLES_SQL, run_psql
from adapters.embedded_postgres.server import EmbeddedDsns, EmbeddedPostgres
from tests.integration.adapters.embedded_postgres.servers import reachable_folder

ATTRIBUTES = ("rolcanlogin", "rolsuper", "rolcreatedb", "rolcreaterole", "rolreplication", "rolbypassrls")


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedPostgres]:
    """One server for all tests of this module: nothing they do lasts."""
    with reachable_folder() as folder:
        server = EmbeddedPostgres(folder / "data", system_dir=folder / "system")
        yield server
        server.stop()


@pytest.fixture
def dsns(server: EmbeddedPostgres) -> EmbeddedDsns:
    return server.start()


async def connect(dsn: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(dsn)
    yield connection
    await connection.close()


@pytest.fixture
async def app(dsns: EmbeddedDsns) -> AsyncIterator[asyncpg.Connection]:
    async for connection in connect(dsns.app):
        yield connection


@pytest.fixture
async def system(dsns: EmbeddedDsns) -> AsyncIterator[asyncpg.Connection]:
    async for connection in connect(dsns.system):
        yield connection


@pytest.fixture
async def owner(dsns: EmbeddedDsns) -> AsyncIterator[asyncpg.Connection]:
    async for connection in connect(dsns.owner):
        yield connection


@pytest.fixture
async def superuser(server: EmbeddedPostgres, dsns: EmbeddedDsns) -> AsyncIterator[asyncpg.Connection]:
    async for connection in connect(server.superuser_dsn):
        yield connection


async def test_roles_have_exactly_these_attributes(superuser: asyncpg.Connection) -> None:
    rows = await superuser.fetch("SELECT * FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY rolname")
    assert {row["rolname"]: [name for name in ATTRIBUTES if row[name]] for row in rows} == {
        "lms_app": ["rolcanlogin"],
        "lms_owner": ["rolcanlogin", "rolbypassrls"],
        "lms_search": ["rolbypassrls"],
        "lms_system": ["rolcanlogin", "rolbypassrls"],
        "postgres": list(ATTRIBUTES),
    }
    assert {row["rolname"]: row["rolconfig"] for row in rows} == {
        "lms_app": [
            "statement_timeout=5s",
            "idle_in_transaction_session_timeout=10s",
            "lock_timeout=2s",
            "row_security=on",
            "jit=off",
        ],
        "lms_owner": ["jit=off"],
        "lms_search": None,
        "lms_system": ["statement_timeout=30s", "jit=off"],
        "postgres": None,
    }
    memberships = await superuser.fetch(
        "SELECT roleid::regrole::text AS role, member::regrole::text, admin_option, inherit_option, set_option "
        "FROM pg_auth_members WHERE member::regrole::text LIKE 'lms_%'"
    )
    assert [tuple(row) for row in memberships] == [("lms_search", "lms_owner", False, False, True)]
    verifiers = await superuser.fetch("SELECT rolpassword FROM pg_authid WHERE rolname LIKE 'lms_%' AND rolcanlogin")
    assert all(row["rolpassword"].startswith("SCRAM-SHA-256$") for row in verifiers)


async def test_database_and_schema_belong_to_the_owner(owner: asyncpg.Connection) -> None:
    assert await owner.fetchval("SELECT datdba::regrole::text FROM pg_database WHERE datname = 'lms'") == "lms_owner"
    assert (
        await owner.fetchval("SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname='public'") == "lms_owner"
    )
    rights = await owner.fetch(
        """
        SELECT role, has_database_privilege(role, 'lms', 'CONNECT') AS may_connect,
               has_database_privilege(role, 'lms', 'CREATE, TEMPORARY') AS may_make,
               has_schema_privilege(role, 'public', 'USAGE') AS may_use_schema,
               has_schema_privilege(role, 'public', 'CREATE') AS may_create
        FROM unnest(ARRAY['public', 'lms_app', 'lms_system', 'lms_search', 'lms_owner']) AS role
        """
    )
    assert [tuple(row) for row in rights] == [
        ("public", False, False, False, False),
        ("lms_app", True, False, True, False),
        ("lms_system", True, False, True, False),
        ("lms_search", False, False, True, False),
        ("lms_owner", True, True, True, True),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine ()",
        "CREATE TEMPORARY TABLE mine ()",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE DATABASE mine",
        "CREATE ROLE mine",
        "CREATE EXTENSION vector",
        "SET ROLE lms_owner",
        "SET SESSION AUTHORIZATION postgres",
        "ALTER ROLE lms_app BYPASSRLS",
        "ALTER DATABASE lms SET jit = on",
        "SELECT pg_read_file('PG_VERSION')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT rolpassword FROM pg_authid",
    ],
)
@pytest.mark.parametrize("role", ["app", "system"])
async def test_the_program_s_roles_make_nothing_and_become_nobody(
    role: str, statement: str, app: asyncpg.Connection, system: asyncpg.Connection
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await {"app": app, "system": system}[role].execute(statement)


async def test_the_program_s_roles_stay_in_their_database(dsns: EmbeddedDsns) -> None:
    for other in ("postgres", "template1"):
        with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
            await asyncpg.connect(dsns.app, database=other)


async def test_a_wrong_password_or_a_borrowed_name_does_not_let_anybody_in(dsns: EmbeddedDsns) -> None:
    for user, password in (("lms_app", "wrong"), ("lms_system", dsns.app.partition("@")[0].rpartition(":")[2])):
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(dsns.app, user=user, password=password)


async def test_row_level_security_binds_the_app_and_not_the_others(
    app: asyncpg.Connection, system: asyncpg.Connection, owner: asyncpg.Connection
) -> None:
    await owner.execute(
        """
        CREATE TABLE fenced AS SELECT 1 AS n;
        GRANT SELECT ON fenced TO lms_app, lms_system;
        ALTER TABLE fenced ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        """
    )
    try:
        counted = [await one.fetchval("SELECT count(*) FROM fenced") for one in (app, system, owner)]
    finally:
        await owner.execute("DROP TABLE fenced")
    assert counted == [0, 1, 1]


async def test_settings_that_data_and_speed_depend_on(app: asyncpg.Connection, superuser: asyncpg.Connection) -> None:
    wanted = {
        "server_encoding": "UTF8",
        "data_checksums": "on",
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "TimeZone": "UTC",
        "listen_addresses": "",
        "jit": "off",
    }
    assert {name: await app.fetchval(f"SHOW {name}") for name in wanted} == wanted
    assert (await superuser.fetchval("SHOW server_version")).startswith("18.")
    assert await app.fetchval("SELECT lower('ÅRSMØTE Ÿ') || upper('straße')") == "årsmøte ÿSTRAßE"


async def test_an_operator_can_run_the_roles_without_passwords_and_they_stay(
    server: EmbeddedPostgres, dsns: EmbeddedDsns
) -> None:
    socket_folder = Path(server.superuser_dsn.partition("?host=")[2])
    psql = server.programs / "psql"
    run_psql(psql, socket_folder, f"--file={ROLES_SQL}", user="postgres", database="postgres")
    for dsn in (dsns.app, dsns.system, dsns.owner):
        await (await asyncpg.connect(dsn)).close()


async def test_running_the_roles_again_repairs_them(
    server: EmbeddedPostgres, dsns: EmbeddedDsns, superuser: asyncpg.Connection
) -> None:
    await superuser.execute("ALTER ROLE lms_app BYPASSRLS; ALTER ROLE lms_app SET statement_timeout = 0")
    server.stop()
    assert server.start() == dsns
    connection = await asyncpg.connect(dsns.app)
    row = await connection.fetchrow(
        "SELECT rolbypassrls, current_setting('statement_timeout') FROM pg_roles WHERE rolname = current_user"
    )
    await connection.close()
    superuser.terminate()
    assert row is not None
    assert tuple(row) == (False, "5s")
