"""Whether a database is up to date, answered without loading alembic, which takes a second of every start."""

import re
from functools import lru_cache
from pathlib import Path

import asyncpg

from lms_domain.errors import StartRefused, Unavailable

_VERSIONS = Path(__file__).with_name("migrations") / "versions"
_REVISION = re.compile(r'^revision(?:: str)? = "([^"]+)"$', re.MULTILINE)


def newest_revision() -> str:
    """The id of the last migration."""
    return _revisions()[-1]


@lru_cache(maxsize=1)
def _revisions() -> tuple[str, ...]:
    """The ids of all migrations; files are numbered in their order."""
    found: list[str] = []
    for file in sorted(_VERSIONS.glob("[0-9]*.py")):
        revision = _REVISION.search(file.read_text(encoding="utf-8"))
        if revision is None:
            raise RuntimeError(f"{file} names no revision")
        found.append(revision[1])
    return tuple(found)


class OutdatedDatabase(StartRefused):
    """The schema is older than this release."""


async def refuse_outdated(owner_dsn: str) -> None:
    """Make sure, at start, that every migration of this release has run.

    A database that is ahead of us is let through: releases migrate first and replace the processes one by one.

    Raises:
        OutdatedDatabase: it is behind, or empty.
        Unavailable: the server does not answer, or does not let the owner in.
    """
    try:
        current = await _current(owner_dsn)
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise Unavailable("The database of LMS_DATABASE_OWNER_URL does not answer, or does not let us in.") from error
    if current is None or current in _revisions()[:-1]:
        at = f"is at migration {current}" if current else "is empty"
        raise OutdatedDatabase(
            f"The database {at}, and this release needs {newest_revision()}.", "Run `lms migrate` first."
        )


async def is_up_to_date(owner_dsn: str) -> bool:
    """Whether nothing is to be migrated.

    Raises:
        asyncpg.PostgresError, OSError: the server cannot be reached or refused us.
    """
    return await _current(owner_dsn) == newest_revision()


async def _current(owner_dsn: str) -> str | None:
    connection = await asyncpg.connect(owner_dsn, timeout=10)
    try:
        if await connection.fetchval("SELECT to_regclass('public.alembic_version')") is None:
            return None
        current = await connection.fetchval("SELECT version_num FROM alembic_version")
        return str(current) if current is not None else None
    finally:
        await connection.close()
