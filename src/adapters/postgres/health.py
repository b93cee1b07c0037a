"""Whether the database answers, and whether it is set up so that schools are kept apart."""

import asyncio

from sqlalchemy import ARRAY, Text, bindparam, text

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.pool import PostgresPool
from adapters.postgres.sql import Sql
from adapters.postgres.statements import Statement
from adapters.postgres.tables import metadata
from lms_domain.errors import StartRefused, Unavailable

_CHECK_SECONDS = 2.0
_SELECT_1 = Statement(text("SELECT 1"))

_ROLE = Statement(
    text(
        """
        SELECT r.rolname, r.rolsuper, r.rolbypassrls,
          EXISTS (
            SELECT FROM pg_class AS c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
              AND pg_has_role(c.relowner, 'MEMBER')
          ) AS is_owner,
          EXISTS (
            SELECT FROM pg_roles AS other
            WHERE other.rolbypassrls AND other.oid <> r.oid AND pg_has_role(r.oid, other.oid, 'MEMBER')
          ) AS may_bypass
        FROM pg_roles AS r WHERE r.rolname = current_user
        """
    )
)
_UNFENCED = Statement(
    text(
        """
        SELECT wanted.name, c.oid IS NULL AS is_missing
        FROM unnest(:names) AS wanted (name)
        LEFT JOIN pg_class AS c ON c.oid = to_regclass('public.' || quote_ident(wanted.name))
        WHERE c.oid IS NULL OR NOT c.relrowsecurity OR NOT c.relforcerowsecurity
          OR NOT EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = c.oid)
        ORDER BY wanted.name
        """
    ).bindparams(bindparam("names", type_=ARRAY(Text)))
)
_FENCED = [name for name, table in metadata.tables.items() if name == "tenants" or "tenant_id" in table.c]


class UnsafeDatabase(StartRefused):
    """The database would not keep schools apart, or not let the platform work. The text says what to do."""


async def check(database: PostgresDatabase) -> None:
    """Raises Unavailable unless both roles get an answer within 2 seconds."""
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            for pool in (database.app, database.system):
                async with pool.connection() as connection:
                    await Sql(connection).row(_SELECT_1)
    except TimeoutError as error:
        raise Unavailable("The database does not answer.") from error


async def refuse_unsafe_roles(database: PostgresDatabase) -> None:
    """Make sure, at start, that row-level security binds the application and that every table has it.

    Raises:
        UnsafeDatabase: it does not; nothing may be served.
        Unavailable: nobody knows.
    """
    await _refuse_unsafe_app(database.app)
    async with database.system.connection() as connection:
        role = await Sql(connection).row(_ROLE)
    if role is not None and not role["rolsuper"] and not role["rolbypassrls"]:
        raise UnsafeDatabase(
            f"The role {role['rolname']} of LMS_DATABASE_SYSTEM_URL must have BYPASSRLS: without it the platform's "
            "own work would find no rows, in silence.",
            "Use lms_system as roles.sql makes it.",
        )


async def _refuse_unsafe_app(pool: PostgresPool) -> None:
    async with pool.connection() as connection:
        role = await Sql(connection).row(_ROLE)
        unfenced = await Sql(connection).rows(_UNFENCED, names=_FENCED)
    if role is None:
        raise UnsafeDatabase("The role of LMS_DATABASE_URL cannot be found in pg_roles.")
    name = role["rolname"]
    way_out = "Use lms_app as roles.sql makes it."
    if role["rolsuper"] or role["rolbypassrls"]:
        power = "is a superuser" if role["rolsuper"] else "has BYPASSRLS"
        raise UnsafeDatabase(
            f"The role {name} of LMS_DATABASE_URL {power}: row-level security would not bind it, and one forgotten "
            "condition would show every school's rows.",
            way_out,
        )
    if role["is_owner"]:
        raise UnsafeDatabase(
            f"The role {name} of LMS_DATABASE_URL owns tables, or may act as their owner, and could switch row-level "
            "security off.",
            way_out,
        )
    if role["may_bypass"]:
        raise UnsafeDatabase(
            f"The role {name} of LMS_DATABASE_URL may act as a role that has BYPASSRLS, and see every school's rows.",
            way_out,
        )
    missing = [row["name"] for row in unfenced if row["is_missing"]]
    if missing:
        raise UnsafeDatabase(f"The database has no table {missing[0]}.", "Run `lms migrate` first.")
    if unfenced:
        raise UnsafeDatabase(
            f"Row-level security is not in force on {', '.join(row['name'] for row in unfenced)}. Nothing is served "
            "like this.",
            "Restore the policies (a backup restored without them?) or run `lms migrate`.",
        )
