"""What every list of storage garbage promises. A subclass provides the fixture ``uow``."""

from datetime import timedelta

import pytest

from lms_app.ports.storage_garbage import Garbage, GarbageToCollect
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from tests.contracts.samples import NOW, SYSTEM, new_school

SECOND = timedelta(seconds=1)


class StorageGarbageContract:
    """What lies in storage and is no longer wanted."""

    async def test_what_is_due_the_longest_due_first_until_it_is_collected(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        younger, oldest, later = (garbage(scope, n) for n in (-1, -2, 1))
        await add(uow, scope, younger, oldest, later)
        async with uow.begin(SYSTEM) as system:
            due = [each for each in await system.garbage.due(10_000, now=NOW) if is_of(scope, each)]
            assert [each.garbage for each in due] == [oldest, younger]
            assert len(await system.garbage.due(1, now=NOW)) == 1
            await system.garbage.collected(frozenset({due[0].id}))
            await system.garbage.collected(frozenset())
            await system.commit()
        async with uow.begin(scope) as tx:
            assert [each.garbage for each in await tx.garbage.due(10, now=NOW + SECOND)] == [younger, later]

    async def test_what_another_has_taken_is_left_out(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        await add(uow, scope, *(garbage(scope, -n) for n in range(6)))
        async with uow.begin(scope) as one, uow.begin(SYSTEM) as two:
            first = {each.id for each in await one.garbage.due(4, now=NOW)}
            second = {each.id for each in await two.garbage.due(10_000, now=NOW) if is_of(scope, each)}
            assert (len(first), len(second)) == (4, 2)
            assert not first & second

    async def test_what_was_not_committed_is_no_garbage(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        async with uow.begin(scope) as tx:
            await tx.garbage.add((garbage(scope, -1),))
            await tx.garbage.add(())
        async with uow.begin(scope) as tx:
            assert await tx.garbage.due(10, now=NOW) == ()

    async def test_it_outlives_its_school(self, uow: UnitOfWork) -> None:
        """The files of a school are collected after it is gone."""
        scope = await new_school(uow)
        left = garbage(scope, -1)
        await add(uow, scope, left)
        async with uow.begin(SYSTEM) as system:
            await system.tenants.erase(scope.tenant_id)
            await system.garbage.add((after := garbage(scope, 0),))
            await system.commit()
        async with uow.begin(SYSTEM) as system:
            found = [each.garbage for each in await system.garbage.due(10_000, now=NOW) if is_of(scope, each)]
        assert found == [left, after]

    async def test_another_schools_garbage_is_out_of_reach(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        await add(uow, theirs, garbage(theirs, -1))
        async with uow.begin(theirs) as tx:
            (kept,) = await tx.garbage.due(10, now=NOW)
        async with uow.begin(ours) as tx:
            assert await tx.garbage.due(10, now=NOW) == ()
            await tx.garbage.collected(frozenset({kept.id}))
            with pytest.raises(ValueError, match="school"):
                await tx.garbage.add((garbage(theirs, -1),))
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.garbage.due(10, now=NOW) == (kept,)


def garbage(scope: TenantScope, seconds: int) -> Garbage:
    """A folder that may go so many seconds after ``NOW``."""
    return Garbage(scope.tenant_id, f"tenant/{scope.tenant_id}/videos/{seconds}/", NOW + seconds * SECOND)


def is_of(scope: TenantScope, found: GarbageToCollect) -> bool:
    """Whether it is that school's."""
    return found.garbage.tenant_id == scope.tenant_id


async def add(uow: UnitOfWork, scope: TenantScope, *unwanted: Garbage) -> None:
    """Remember and commit."""
    async with uow.begin(scope) as tx:
        await tx.garbage.add(unwanted)
        await tx.commit()
