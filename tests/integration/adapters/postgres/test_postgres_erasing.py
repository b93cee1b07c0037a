"""A large school goes in parts, each of which takes no longer than a statement may."""

import pytest

from adapters.postgres import schools
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from tests.contracts.samples import SYSTEM, new_school
from tests.integration.adapters.postgres.seeding import many_teachers
from tests.integration.adapters.postgres.test_postgres_screens import Tap, tap
from tests.integration.conftest import SEAL

__all__ = ["tap"]

Owner = "asyncpg.Connection[asyncpg.Record]"
PEOPLE = 3000


async def test_a_table_is_emptied_in_parts_and_all_at_once(
    uow: PostgresUnitOfWork, owner_connection: Owner, tap: Tap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schools, "ROWS_AT_ONCE", 1000)
    gone, kept = await new_school(uow), await new_school(uow)
    for scope in (gone, kept):
        await many_teachers(owner_connection, scope, PEOPLE)

    async def left() -> list[int]:
        count = "SELECT count(*) FROM users WHERE tenant_id = $1"
        return [await owner_connection.fetchval(count, scope.tenant_id) for scope in (gone, kept)]

    async with PostgresUnitOfWork(tap.database, SEAL).begin(SYSTEM) as system:
        tap.statements.clear()
        await system.tenants.erase(gone.tenant_id)
        # Three full parts, and one that finds nothing more but what the school uses.
        assert sum("DELETE FROM users " in statement for statement in tap.statements) == 4
        assert await left() == [PEOPLE, PEOPLE]
        await system.commit()
    assert await left() == [0, PEOPLE]
    async with uow.begin(SYSTEM) as system:
        assert await system.tenants.get(gone.tenant_id) is None
