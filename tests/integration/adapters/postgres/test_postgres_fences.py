"""The second fence: PostgreSQL itself keeps schools apart, whatever a statement forgot."""
# ruff: noqa: S608 -- the names in these statements are those of our own tables

import io
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy import ForeignKeyConstraint, Table

from adapters.embedded_postgres.server import EmbeddedDsns
from adapters.postgres.tables import metadata, tenants
from tests.integration.adapters.postgres.seeding import a_row_in_every_table, is_written
from tests.integration.conftest import Truncate

Connection = "asyncpg.Connection[asyncpg.Record]"

OF_THE_PLATFORM = {
    "alembic_version",
    "platform_audit_log",
    "platform_idempotency_keys",
    "platform_mail_deliveries",
    "platform_refresh_tokens",
    "platform_second_factors",
    "platform_sessions",
    "platform_sign_in_failures",
    "platform_users",
}
"""Tables without a school. lms_app may not even read them. A list of more than ten would be no exception any more."""

DEFINERS = {"resolve_domain": "lms_owner", "resolve_host": "lms_owner", "search_transcripts": "lms_search"}
"""Functions that run with the rights of their owners, who these are."""

ONLY_ADDED = {"audit_log": "lms_app", "platform_audit_log": "lms_system"}
"""Whoever writes here can neither change nor remove what was written."""

POLICY = "(({column} = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS \"nullif\")))"

TENANT_TABLES = sorted((table for table in metadata.tables.values() if "tenant_id" in table.c), key=lambda t: t.name)
REFUSED = (asyncpg.InsufficientPrivilegeError,)


def parents(table: Table) -> list[ForeignKeyConstraint]:
    return [key for key in table.constraints if isinstance(key, ForeignKeyConstraint)]


OF_SCHOOLS = [pytest.param(table, id=table.name) for table in TENANT_TABLES]
REFERRING = [
    pytest.param(table, id=table.name)
    for table in TENANT_TABLES
    if any(key.referred_table.name != "tenants" for key in parents(table))
]


class TestCatalog:
    """Read from the migrated database, so that a table added by hand is found too."""

    async def test_every_table_has_a_school_or_is_closed(self, owner_connection: Connection) -> None:
        assert len(OF_THE_PLATFORM) <= 10
        assert {name for name in metadata.tables if name.startswith("platform_")} == OF_THE_PLATFORM - {
            "alembic_version"
        }
        for row in await owner_connection.fetch(
            """
            SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS is_forced, a.attnotnull AS not_null,
              has_any_column_privilege('lms_app', c.oid, 'SELECT, INSERT, UPDATE') AS app_may
            FROM pg_class AS c LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
            """
        ):
            if row["name"] in OF_THE_PLATFORM:
                assert not row["app_may"], row
            else:
                assert row["is_forced"], row
                assert row["not_null"] or row["name"] == "tenants", row

    async def test_each_has_exactly_the_one_policy(self, owner_connection: Connection) -> None:
        rows = await owner_connection.fetch("SELECT * FROM pg_policies ORDER BY tablename")
        assert [row["tablename"] for row in rows] == sorted([*(table.name for table in TENANT_TABLES), "tenants"])
        for row in rows:
            policy = POLICY.format(column="id" if row["tablename"] == "tenants" else "tenant_id")
            assert (row["policyname"], row["permissive"], row["roles"], row["cmd"]) == (
                "tenant_isolation",
                "PERMISSIVE",
                ["lms_app"],
                "ALL",
            )
            assert f"({row['qual']})" == policy
            assert f"({row['with_check']})" == policy

    async def test_an_index_leads_by_the_school(self, owner_connection: Connection) -> None:
        led = await owner_connection.fetch(
            """
            SELECT DISTINCT i.indrelid::regclass::text AS name FROM pg_index AS i
            JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] AND a.attname = 'tenant_id'
            WHERE i.indpred IS NULL
            """
        )
        # The outbox is emptied in the order of its ids.
        assert {table.name for table in TENANT_TABLES} - {row["name"] for row in led} == {"outbox"}

    async def test_every_foreign_key_stays_in_the_school_and_has_an_index(self, owner_connection: Connection) -> None:
        rows = await owner_connection.fetch(
            """
            SELECT k.conrelid::regclass::text AS child, k.confrelid::regclass::text AS parent,
              ARRAY(SELECT attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u (num, place)
                JOIN pg_attribute ON attrelid = k.conrelid AND attnum = u.num ORDER BY place) AS columns,
              ARRAY(SELECT attname::text FROM unnest(k.confkey) WITH ORDINALITY AS u (num, place)
                JOIN pg_attribute ON attrelid = k.confrelid AND attnum = u.num ORDER BY place) AS targets,
              EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = k.conrelid AND i.indpred IS NULL
                AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey) AS has_index
            FROM pg_constraint AS k WHERE k.contype = 'f'
            """
        )
        names = {table.name for table in TENANT_TABLES}
        assert rows
        for row in rows:
            assert row["has_index"], row
            if row["child"] in names and row["parent"] in names:
                assert row["columns"][0] == row["targets"][0] == "tenant_id", row
            elif row["child"] in names:
                assert (row["parent"], row["columns"], row["targets"]) == ("tenants", ["tenant_id"], ["id"])
            else:
                assert row["parent"] not in names

    async def test_the_application_may_change_no_rule(self, owner_connection: Connection) -> None:
        role = await owner_connection.fetchrow(
            """
            SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication AS is_powerful,
              EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid) AS is_member,
              EXISTS (SELECT FROM pg_shdepend WHERE refobjid = r.oid AND deptype = 'o') AS is_owner,
              has_schema_privilege(oid, 'public', 'CREATE') OR has_database_privilege(oid, current_database(), 'CREATE')
                AS may_create
            FROM pg_roles AS r WHERE rolname = 'lms_app'
            """
        )
        assert role is not None
        assert dict(role) == {"is_powerful": False, "is_member": False, "is_owner": False, "may_create": False}
        assert not await owner_connection.fetch(
            """
            SELECT c.relname FROM pg_class AS c, unnest('{lms_app,lms_system}'::text[]) AS role
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
              AND has_table_privilege(role, c.oid, 'TRUNCATE, REFERENCES, TRIGGER, MAINTAIN')
            """
        )
        assert not await owner_connection.fetch(
            """
            SELECT a.attrelid::regclass FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
              AND (a.attname IN ('tenant_id', 'id') OR EXISTS (
                SELECT FROM pg_index AS i
                WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)
              ))
              AND has_column_privilege('lms_app', a.attrelid, a.attnum, 'UPDATE')
            """
        )

    @pytest.mark.parametrize(("table", "role"), ONLY_ADDED.items())
    async def test_the_trail_is_only_added_to(self, owner_connection: Connection, table: str, role: str) -> None:
        rows = await owner_connection.fetch(
            """
            SELECT DISTINCT privilege_type FROM information_schema.column_privileges
            WHERE table_name = $1 AND grantee = $2
            UNION SELECT privilege_type FROM information_schema.table_privileges WHERE table_name = $1 AND grantee = $2
            """,
            table,
            role,
        )
        assert {row["privilege_type"] for row in rows} == {"SELECT", "INSERT"}

    async def test_a_school_decides_what_is_its_own(self, owner_connection: Connection) -> None:
        """Nothing of what it pays for, and it cannot read what the operator noted."""
        rows = await owner_connection.fetch(
            """
            SELECT attname, has_column_privilege('lms_app', attrelid, attnum, 'SELECT') AS reads,
              has_column_privilege('lms_app', attrelid, attnum, 'UPDATE') AS changes
            FROM pg_attribute WHERE attrelid = 'tenants'::regclass AND attnum > 0 AND NOT attisdropped
            """
        )
        assert {row["attname"] for row in rows if not row["reads"]} == {"notes"}
        decided_elsewhere = {row["attname"] for row in rows if not row["changes"]}
        assert decided_elsewhere >= {"plan", "features", "is_converted", "is_suspended", "trial_ends_on", "subdomain"}
        assert {column.name for column in tenants.columns if column.name.startswith("limit_")} <= decided_elsewhere
        assert not decided_elsewhere & {"name", "time_zone", "locale", "logo_url", "quiz_policy"}

    async def test_whoever_searches_can_do_nothing_else(self, owner_connection: Connection) -> None:
        role = await owner_connection.fetchrow(
            """
            SELECT rolcanlogin OR rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication AS is_powerful,
              EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid) AS is_member,
              has_schema_privilege(oid, 'public', 'CREATE') AS may_create,
              ARRAY(SELECT member::regrole::text FROM pg_auth_members WHERE roleid = r.oid AND inherit_option) AS heirs,
              ARRAY(
                SELECT DISTINCT privilege_type FROM information_schema.role_column_grants WHERE grantee = r.rolname
              ) AS privileges,
              ARRAY(
                SELECT DISTINCT table_name FROM information_schema.role_table_grants WHERE grantee = r.rolname
              ) AS whole_tables
            FROM pg_roles AS r WHERE rolname = 'lms_search'
            """
        )
        assert role is not None
        assert dict(role) == {
            "is_powerful": False,
            "is_member": False,
            "may_create": False,
            "heirs": [],
            "privileges": ["SELECT"],
            "whole_tables": [],
        }

    async def test_nothing_else_runs_with_other_rights(self, owner_connection: Connection) -> None:
        definers = await owner_connection.fetch(
            """
            SELECT p.proname, p.proowner::regrole::text AS owner, r.rolsuper, p.proconfig,
              has_function_privilege('public', p.oid, 'EXECUTE') AS is_public
            FROM pg_proc AS p JOIN pg_roles AS r ON r.oid = p.proowner
            WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace ORDER BY p.proname
            """
        )
        assert [dict(row) for row in definers] == [
            {
                "proname": name,
                "owner": owner,
                "rolsuper": False,
                "proconfig": ["search_path=pg_catalog, pg_temp"],
                "is_public": False,
            }
            for name, owner in DEFINERS.items()
        ]
        assert not await owner_connection.fetch(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm', 'f')"
        )


@dataclass(frozen=True)
class Schools:
    """Two schools with rows in every table."""

    ours: UUID
    theirs: UUID
    before: Mapping[str, str]
    """What the other school's rows looked like."""


@pytest.fixture(scope="module")
async def schools(owner_connection: Connection, truncate: Truncate) -> AsyncIterator[Schools]:
    """For all tests at once: none of them changes anything."""
    ours, theirs = [await a_row_in_every_table(owner_connection) for _ in range(2)]
    before = await rows_of(owner_connection, theirs)
    assert all(before.values()), "a table without rows proves nothing"
    yield Schools(ours, theirs, before)
    await truncate()


async def rows_of(owner: Connection, tenant_id: UUID) -> dict[str, str]:
    """Every row of a school, table by table."""
    return {
        table.name: await owner.fetchval(
            f"SELECT coalesce(string_agg(t::text, '|' ORDER BY t::text), '') FROM {table} AS t WHERE tenant_id = $1",
            tenant_id,
        )
        for table in TENANT_TABLES
    }


@pytest.fixture
async def app_connection(dsns: EmbeddedDsns) -> AsyncIterator[Connection]:
    """A connection as lms_app with no first fence: raw SQL."""
    connection = await asyncpg.connect(dsns.app)
    yield connection
    await connection.close()


@asynccontextmanager
async def inside(connection: Connection, tenant_id: UUID | str | None) -> AsyncIterator[None]:
    """A transaction for a school; rolled back."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        if tenant_id is not None:
            await connection.execute("SELECT set_config('app.tenant_id', $1, true)", str(tenant_id))
        yield
    finally:
        await transaction.rollback()


def updatable(table: Table) -> str:
    """Some column that is neither key nor school nor made by PostgreSQL."""
    keys = {column.name for column in table.primary_key} | {"tenant_id", "id"}
    found = [column.name for column in table.columns if column.name not in keys and is_written(column)]
    return quoted(next(iter(found), "tenant_id"))


def quoted(name: str) -> str:
    """One of our columns is called ``to``."""
    return f'"{name}"'


class TestBehaviour:
    """As our school, with raw SQL, against the rows of another: nothing is seen and nothing changes."""

    @pytest.mark.parametrize("table", OF_SCHOOLS)
    async def test_nothing_is_seen(self, app_connection: Connection, schools: Schools, table: Table) -> None:
        name = table.name
        async with inside(app_connection, schools.ours):
            assert await app_connection.fetchval(f"SELECT count(*) FROM {name}") > 0
            assert (
                await app_connection.fetchval(f"SELECT count(*) FROM {name} WHERE tenant_id <> $1", schools.ours) == 0
            )
            copied = io.BytesIO()
            await app_connection.copy_from_table(name, output=copied)
            assert str(schools.ours) in copied.getvalue().decode()
            assert str(schools.theirs) not in copied.getvalue().decode()
            with suppress(*REFUSED):
                assert not await app_connection.fetch(
                    f"SELECT * FROM {name} WHERE tenant_id = $1 FOR UPDATE", schools.theirs
                )

    @pytest.mark.parametrize("table", OF_SCHOOLS)
    @pytest.mark.parametrize("setting", [None, "", str(UUID(int=1))], ids=["unset", "empty", "unknown"])
    async def test_without_a_school_there_are_no_rows(
        self, app_connection: Connection, schools: Schools, table: Table, setting: str | None
    ) -> None:
        async with inside(app_connection, setting):
            assert await app_connection.fetchval(f"SELECT count(*) FROM {table.name}") == 0

    @pytest.mark.parametrize("table", OF_SCHOOLS)
    async def test_nothing_is_changed(
        self, app_connection: Connection, owner_connection: Connection, schools: Schools, table: Table
    ) -> None:
        name, column = table.name, updatable(table)
        for statement in (
            f"UPDATE {name} SET {column} = {column} WHERE tenant_id = $1",
            f"UPDATE {name} SET {column} = {column} WHERE tenant_id = $1 RETURNING *",
            f"DELETE FROM {name} WHERE tenant_id = $1",
            f"DELETE FROM {name} WHERE tenant_id = $1 RETURNING *",
        ):
            async with inside(app_connection, schools.ours):
                with suppress(*REFUSED):
                    assert await app_connection.execute(statement, schools.theirs) in {"UPDATE 0", "DELETE 0"}
        async with inside(app_connection, schools.ours):
            with pytest.raises(REFUSED):
                await app_connection.execute(f"UPDATE {name} SET tenant_id = $1", schools.theirs)
        async with inside(app_connection, schools.ours):
            with pytest.raises(REFUSED):
                await app_connection.execute(f"TRUNCATE {name} CASCADE")
        assert await rows_of(owner_connection, schools.theirs) == schools.before

    @pytest.mark.parametrize("table", OF_SCHOOLS)
    async def test_nothing_is_added(
        self, app_connection: Connection, owner_connection: Connection, schools: Schools, table: Table
    ) -> None:
        """Neither a copy of one of their rows nor a change of it by way of a conflict."""
        row = await owner_connection.fetchrow(f"SELECT * FROM {table.name} WHERE tenant_id = $1", schools.theirs)
        assert row is not None
        values = {key: value for key, value in row.items() if is_written(table.c[key])}
        names, marks = ", ".join(map(quoted, values)), ", ".join(f"${n}" for n in range(1, len(values) + 1))
        insert = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"
        for statement in (insert, f"{insert} RETURNING *", f"{insert} ON CONFLICT DO NOTHING"):
            async with inside(app_connection, schools.ours):
                with pytest.raises(REFUSED):
                    await app_connection.execute(statement, *values.values())
        if "id" in values:
            stolen = {**values, "tenant_id": schools.ours}
            column = updatable(table)
            upsert = f"{insert} ON CONFLICT (id) DO UPDATE SET {column} = excluded.{column}"
            async with inside(app_connection, schools.ours):
                with pytest.raises((*REFUSED, asyncpg.ForeignKeyViolationError)):
                    await app_connection.execute(upsert, *stolen.values())
        assert await rows_of(owner_connection, schools.theirs) == schools.before

    @pytest.mark.parametrize("table", REFERRING)
    async def test_no_row_points_into_another_school(
        self, app_connection: Connection, owner_connection: Connection, schools: Schools, table: Table
    ) -> None:
        """Foreign keys are checked behind row-level security: only composite ones stop this, even for the owner."""
        row = await owner_connection.fetchrow(f"SELECT * FROM {table.name} WHERE tenant_id = $1", schools.theirs)
        assert row is not None
        values = {
            **{key: value for key, value in row.items() if is_written(table.c[key])},
            "tenant_id": schools.ours,
            **({"id": uuid4()} if "id" in table.c else {}),
        }
        names, marks = ", ".join(map(quoted, values)), ", ".join(f"${n}" for n in range(1, len(values) + 1))
        insert = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"
        async with inside(owner_connection, schools.ours):
            with pytest.raises(asyncpg.ForeignKeyViolationError):
                await owner_connection.execute(insert, *values.values())
        async with inside(app_connection, schools.ours):
            with pytest.raises((asyncpg.ForeignKeyViolationError, *REFUSED)):
                await app_connection.execute(insert, *values.values())

    async def test_a_school_reads_its_own_facts_only(self, app_connection: Connection, schools: Schools) -> None:
        async with inside(app_connection, schools.ours):
            assert [row["id"] for row in await app_connection.fetch("SELECT id FROM tenants")] == [schools.ours]
        async with inside(app_connection, schools.ours):
            with pytest.raises(REFUSED):
                await app_connection.execute("UPDATE tenants SET is_converted = true")
        async with inside(app_connection, schools.ours):
            assert await app_connection.execute("UPDATE tenants SET locale = 'fr'") == "UPDATE 1"
        async with inside(app_connection, schools.ours):
            with pytest.raises(REFUSED):
                await app_connection.execute("SELECT * FROM platform_users")
        async with inside(app_connection, None):
            assert await app_connection.fetch("SELECT id FROM tenants") == []

    async def test_row_level_security_cannot_be_switched_off(
        self, app_connection: Connection, schools: Schools
    ) -> None:
        async with inside(app_connection, schools.ours):
            await app_connection.execute("SET LOCAL row_security = off")
            with pytest.raises(REFUSED):
                await app_connection.fetch("SELECT * FROM users")
