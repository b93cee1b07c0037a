"""What everybody promises who forgets what is kept for a while only. A subclass provides the fixture ``uow``."""

from datetime import datetime, timedelta

from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from tests.contracts.samples import NOW, SYSTEM, new_school, new_user

DAY_AGO = NOW - timedelta(days=1)
OLD = DAY_AGO - timedelta(seconds=1)


class UpkeepRepositoryContract:
    """Answers and failures of all schools."""

    async def test_old_answers_of_all_schools_go_and_young_ones_stay(self, uow: UnitOfWork) -> None:
        await forget_all(uow)
        schools = [await new_school(uow) for _ in range(2)]
        for scope in schools:
            person = (await new_user(uow, scope)).id
            async with uow.begin(scope) as tx:
                for key, began in (("old", OLD), ("older", OLD - timedelta(days=5)), ("young", DAY_AGO)):
                    await tx.idempotency.begin(person, key, b"1" * 32, now=began, abandoned_before=began)
                await tx.commit()
        assert [await forget_keys(uow, DAY_AGO, limit=3) for _ in range(3)] == [3, 1, 0]
        assert await forget_keys(uow, NOW, limit=100) == 2

    async def test_old_failures_of_all_schools_go_and_young_ones_stay(self, uow: UnitOfWork) -> None:
        await forget_all(uow)
        schools = [await new_school(uow) for _ in range(2)]
        for scope in schools:
            async with uow.begin(scope) as tx:
                for key, at in (("old", OLD), ("young", DAY_AGO)):
                    await tx.sign_in_failures.count_up(key, now=at)
                await tx.commit()
        assert [await forget_failures(uow, DAY_AGO, limit=1) for _ in range(3)] == [1, 1, 0]
        for scope in schools:
            assert [await is_counted(uow, scope, key) for key in ("old", "young")] == [False, True]


async def forget_all(uow: UnitOfWork) -> None:
    """What other tests left behind."""
    await forget_keys(uow, NOW + timedelta(days=9999), limit=100_000)
    await forget_failures(uow, NOW + timedelta(days=9999), limit=100_000)


async def forget_keys(uow: UnitOfWork, before: datetime, *, limit: int) -> int:
    async with uow.begin(SYSTEM) as system:
        removed = await system.upkeep.forget_idempotency_keys(before, limit)
        await system.commit()
    return removed


async def forget_failures(uow: UnitOfWork, before: datetime, *, limit: int) -> int:
    async with uow.begin(SYSTEM) as system:
        removed = await system.upkeep.forget_sign_in_failures(before, limit)
        await system.commit()
    return removed


async def is_counted(uow: UnitOfWork, scope: TenantScope, key: str) -> bool:
    async with uow.begin(scope) as tx:
        return await tx.sign_in_failures.get(key) is not None
