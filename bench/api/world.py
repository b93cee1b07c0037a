"""The seeded database, and who in it asks."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import asyncpg
import msgspec

from adapters.argon2.password_hasher import Argon2PasswordHasher
from adapters.embedded_postgres.server import EmbeddedDsns, EmbeddedPostgres
from adapters.postgres.migrate import migrate

PASSWORD = "measure-twice-cut-once"  # noqa: S105  # of people who live as long as this measurement
SUBDOMAIN, EMAIL = "school-1", "teacher-1@school.test"
_SEED = Path(__file__).with_name("seed.sql")


class World(msgspec.Struct, frozen=True):
    """Where the data lie, and what is asked for."""

    app_dsn: str
    system_dsn: str
    owner_dsn: str
    data_dir: str
    tenant_id: UUID
    user_id: UUID
    course_id: UUID


@contextmanager
def seeded_world() -> Iterator[World]:
    """A database server of our own, filled; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lms-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # where root runs this, the server's account must be able to walk here
        postgres = EmbeddedPostgres(folder / "data", system_dir=folder / "system")
        dsns = postgres.start()
        try:
            yield asyncio.run(_seed(dsns, folder / "data"))
        finally:
            postgres.stop()


async def _seed(dsns: EmbeddedDsns, data_dir: Path) -> World:
    await migrate(dsns.owner)
    hasher = Argon2PasswordHasher()
    password_hash = await hasher.hash(PASSWORD)
    hasher.close()
    connection = await asyncpg.connect(dsns.owner)
    try:
        await connection.execute(_SEED.read_text(encoding="utf-8").replace("PASSWORD_HASH", password_hash))
        await connection.execute("VACUUM ANALYZE")
        found = await connection.fetchrow(
            "SELECT u.tenant_id, u.id AS user_id, c.id AS course_id FROM tenants AS t"
            " JOIN users AS u ON u.tenant_id = t.id AND u.email = $2"
            " JOIN courses AS c ON c.tenant_id = t.id AND c.slug = 'part-1' WHERE t.subdomain = $1",
            SUBDOMAIN,
            EMAIL,
        )
        assert found is not None
    finally:
        await connection.close()
    return World(dsns.app, dsns.system, dsns.owner, os.fspath(data_dir), **found)
