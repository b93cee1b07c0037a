"""Whether a database is up to date, answered without loading alembic, which takes a second of every start."""

import re
from pathlib import Path

import asyncpg

_VERSIONS = Path(__file__).with_name("migrations") / "versions"
_REVISION = re.compile(r'^revision(?:: str)? = "([^"]+)"$', re.MULTILINE)


def newest_revision() -> str:
    """The id of the last migration: files are numbered in their order."""
    newest = max(_VERSIONS.glob("[0-9]*.py"))
    found = _REVISION.search(newest.read_text(encoding="utf-8"))
    if found is None:
        raise RuntimeError(f"{newest} names no revision")
    return found[1]


async def is_up_to_date(owner_dsn: str) -> bool:
    """Whether nothing is to be migrated.

    Raises:
        asyncpg.PostgresError, OSError: the server cannot be reached or refused us.
    """
    connection = await asyncpg.connect(owner_dsn, timeout=10)
    try:
        if await connection.fetchval("SELECT to_regclass('public.alembic_version')") is None:
            return False
        return bool(await connection.fetchval("SELECT version_num FROM alembic_version") == newest_revision())
    finally:
        await connection.close()
