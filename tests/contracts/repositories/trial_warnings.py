"""What every record of trial warnings promises. A subclass provides the fixture ``uow``."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from lms_app.ports.unit_of_work import SystemTransaction, UnitOfWork
from lms_domain.errors import NotFound
from tests.contracts.samples import NOW, SYSTEM, a_tenant, new_school

LAST_DAY = date(2031, 5, 20)
"""A day that no other test's schools have."""


class TrialWarningRepositoryContract:
    """Schools whose trial ends, and what they were told."""

    async def test_schools_on_trial_with_their_last_day_in_between(self, uow: UnitOfWork) -> None:
        first, last = await ending(uow, LAST_DAY), await ending(uow, LAST_DAY + timedelta(days=7))
        others = [
            await ending(uow, LAST_DAY - timedelta(days=1)),
            await ending(uow, LAST_DAY + timedelta(days=8)),
            await ending(uow, LAST_DAY, is_converted=True),
            await ending(uow, LAST_DAY, is_suspended=True),
        ]
        async with uow.begin(SYSTEM) as system:
            assert await found(system) >= {first, last}
            assert not await found(system) & set(others)

    async def test_of_two_runs_at_once_each_school_is_in_one(self, uow: UnitOfWork) -> None:
        school = await ending(uow, LAST_DAY)
        async with uow.begin(SYSTEM) as one, uow.begin(SYSTEM) as two:
            assert school in await found(one)
            assert school not in await found(two)

    async def test_a_warning_is_recorded_once_for_each_end(self, uow: UnitOfWork) -> None:
        school, other = await ending(uow, LAST_DAY), await ending(uow, LAST_DAY)
        async with uow.begin(SYSTEM) as system:
            await system.trial_warnings.record(school, LAST_DAY, (), now=NOW)
            await system.trial_warnings.record(school, LAST_DAY, (7, 3), now=NOW)
            await system.trial_warnings.record(school, LAST_DAY, (3, 1), now=NOW + timedelta(days=1))
            await system.commit()
        async with uow.begin(SYSTEM) as system:
            assert await system.trial_warnings.recorded(school, LAST_DAY) == {7, 3, 1}
            assert await system.trial_warnings.recorded(school, LAST_DAY + timedelta(days=14)) == frozenset()
            assert await system.trial_warnings.recorded(other, LAST_DAY) == frozenset()
            with pytest.raises(NotFound):
                await system.trial_warnings.record(a_tenant().id, LAST_DAY, (7,), now=NOW)


async def ending(uow: UnitOfWork, last_day: date, **changes: object) -> UUID:
    """A school whose trial ends then."""
    return (await new_school(uow, trial_ends_on=last_day, **changes)).tenant_id


async def found(system: SystemTransaction) -> set[UUID]:
    """The schools that this transaction has to warn."""
    last = LAST_DAY + timedelta(days=7)
    return {tenant.id for tenant in await system.trial_warnings.ending_between(LAST_DAY, last)}
