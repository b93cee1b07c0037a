"""Bring a database's schema to a revision."""

from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine

from lms_domain.errors import StartRefused

OWNER, APP, SYSTEM, SEARCH = "lms_owner", "lms_app", "lms_system", "lms_search"

_ROLES_MISSING = (
    "The database has no role {missing}. Roles and their passwords are made by an administrator of the server, not by "
    "a migration: run src/adapters/embedded_postgres/roles.sql with psql as a superuser, then migrate again."
)
_NOT_OWNER = (
    "Migrations run as lms_owner, which owns the tables and sees all rows; this connection is {user}. "
    "Give its address as LMS_DATABASE_OWNER_URL."
)
_BINDS_OWNER = (
    "The role lms_owner must have BYPASSRLS: without it a migration of data would see no rows and change none, in "
    "silence. Run src/adapters/embedded_postgres/roles.sql with psql as a superuser, then migrate again."
)


class MigrationRefused(StartRefused):
    """The server is not set up for Brain LMS. The text says what to do."""


async def migrate(owner_dsn: str, revision: str = "head", *, lock_seconds: float = 5.0) -> None:
    """Upgrade, or downgrade, to ``revision``. Several processes may call this at once: one does it, the others wait.

    Args:
        owner_dsn: ``postgresql://`` address of the role lms_owner, not through a pooler.
        revision: ``head``, ``base`` or the id of a revision.
        lock_seconds: how long to wait for a table that somebody uses.

    Raises:
        MigrationRefused: the roles are not there or cannot do what they must.
        asyncpg.PostgresError, OSError: the server cannot be reached or refused a statement; that revision was not
            begun.
    """

    async def connect(*_: object, **__: object) -> "asyncpg.Connection[asyncpg.Record]":
        return await asyncpg.connect(owner_dsn, timeout=10, server_settings={"application_name": "lms.migrate"})

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_migrate, revision, lock_seconds)
    finally:
        await engine.dispose()


def _migrate(connection: Connection, revision: str, lock_seconds: float) -> None:
    # No transaction may stay open: alembic would join it, and commit nothing.
    with connection.begin():
        _check_roles(connection)
        # Of the session, not of a transaction: it holds over all revisions and ends with the connection.
        connection.execute(text("SELECT pg_advisory_lock(hashtext('lms-alembic'))"))
        # Set after that wait: rather give up than queue behind a long query and block everything behind us.
        connection.execute(text(f"SET lock_timeout = '{round(lock_seconds * 1000)}ms'"))
        current = _current(connection)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    if _is_before(config, revision, current):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def _check_roles(connection: Connection) -> None:
    rows = connection.execute(
        text("SELECT rolname, rolbypassrls, rolname = current_user AS is_me FROM pg_roles WHERE rolname = ANY(:names)"),
        {"names": [OWNER, APP, SYSTEM, SEARCH]},
    ).all()
    missing = sorted({OWNER, APP, SYSTEM, SEARCH} - {row.rolname for row in rows})
    if missing:
        raise MigrationRefused(_ROLES_MISSING.format(missing=" and no role ".join(missing)))
    owner = next(row for row in rows if row.rolname == OWNER)
    if not owner.is_me:
        raise MigrationRefused(_NOT_OWNER.format(user=connection.execute(text("SELECT current_user")).scalar_one()))
    if not owner.rolbypassrls:
        raise MigrationRefused(_BINDS_OWNER)


def _current(connection: Connection) -> str | None:
    """The revision that the database is at."""
    if connection.execute(text("SELECT to_regclass('alembic_version')")).scalar_one() is None:
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).one_or_none()
    return str(row.version_num) if row is not None else None


def _is_before(config: Config, revision: str, current: str | None) -> bool:
    """Whether ``revision`` comes before ``current``."""
    if current is None or revision in {"head", current}:
        return False
    scripts = ScriptDirectory.from_config(config).iterate_revisions(current, "base")
    return revision == "base" or revision in {script.revision for script in scripts}
