"""What every repository of operators' visits promises. A subclass provides the fixture ``uow``."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.impersonation import Impersonation
from lms_domain.errors import InvalidInput, NotFound
from tests.contracts.samples import NOW, SYSTEM, an_impersonation, fingerprint, new_school, new_user


class ImpersonationRepositoryContract:
    """Visits, begun by the platform and entered at the school."""

    async def test_a_visit_begun_by_the_platform_is_seen_at_the_school(self, uow: UnitOfWork) -> None:
        scope, visit = await with_visit(uow)
        async with uow.begin(scope) as tx:
            assert await tx.impersonations.get(visit.id) == visit
            assert await tx.impersonations.get(visit.id, for_update=True) == visit
            assert await tx.impersonations.lock_by_code(visit.code_fingerprint) == visit
            assert await tx.impersonations.lock_by_code(fingerprint()) is None
            assert await tx.impersonations.get(uuid4()) is None
        async with uow.begin(SYSTEM) as system:
            assert await system.impersonations.get(visit.id) == visit
            with pytest.raises(Taken) as taken:
                await system.impersonations.add(replace(visit, id=uuid4()))
            assert taken.value.what == "other"

    async def test_only_its_times_change(self, uow: UnitOfWork) -> None:
        scope, visit = await with_visit(uow)
        ended = visit.enter(NOW).end(NOW + timedelta(minutes=1))
        async with uow.begin(scope) as tx:
            other = replace(ended, reason="Because.", operator_id=uuid4(), code_fingerprint=fingerprint())
            await tx.impersonations.save(other)
            await tx.commit()
        async with uow.begin(SYSTEM) as system:
            assert await system.impersonations.get(visit.id, for_update=True) == ended

    async def test_of_many_that_show_one_code_one_enters(self, uow: UnitOfWork) -> None:
        scope, visit = await with_visit(uow)

        async def enter() -> bool:
            async with uow.begin(scope) as tx:
                found = await tx.impersonations.lock_by_code(visit.code_fingerprint)
                assert found is not None
                try:
                    await tx.impersonations.save(found.enter(NOW))
                except InvalidInput:
                    return False
                await tx.commit()
            return True

        assert sum(await asyncio.gather(*(enter() for _ in range(10)))) == 1

    async def test_the_visits_that_an_operator_is_on(self, uow: UnitOfWork) -> None:
        scope, waiting = await with_visit(uow)
        operator, now = waiting.operator_id, NOW + timedelta(minutes=5)
        live, over, ended, another = [an_impersonation(await new_user(uow, scope)).enter(NOW) for _ in range(4)]
        over = replace(over, ends_at=now)
        ended = ended.end(NOW + timedelta(minutes=4))
        mine = [replace(visit, operator_id=operator) for visit in (live, over, ended)]
        async with uow.begin(SYSTEM) as system:
            for visit in (*mine, another):
                await system.impersonations.add(visit)
            assert await system.impersonations.live_of_operator(operator, now=now) == (mine[0],)
            assert await system.impersonations.live_of_operator(uuid4(), now=now) == ()

    async def test_another_schools_visits_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours = await new_school(uow)
        theirs, visit = await with_visit(uow)
        ours_too = an_impersonation(await new_user(uow, ours))
        async with uow.begin(ours) as tx:
            assert await tx.impersonations.get(visit.id) is None
            assert await tx.impersonations.get(visit.id, for_update=True) is None
            assert await tx.impersonations.lock_by_code(visit.code_fingerprint) is None
            await tx.impersonations.save(visit.enter(NOW))
            assert await tx.impersonations.live_of_operator(visit.operator_id, now=NOW) == ()
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.impersonations.get(visit.id) == visit
        for stranger in (replace(ours_too, user_id=visit.user_id), replace(ours_too, user_id=uuid4())):
            with pytest.raises(NotFound):
                async with uow.begin(SYSTEM) as system:
                    await system.impersonations.add(stranger)


async def with_visit(uow: UnitOfWork) -> tuple[TenantScope, Impersonation]:
    """A school with a visit that can be entered."""
    scope = await new_school(uow)
    visit = an_impersonation(await new_user(uow, scope))
    async with uow.begin(SYSTEM) as system:
        await system.impersonations.add(visit)
        await system.commit()
    return scope, visit
