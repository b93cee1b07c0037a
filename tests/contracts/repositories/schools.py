"""What every repository of schools, and of what they use, promises. A subclass provides the fixture ``uow``."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from lms_app.ports.job_queue import StepDoorbell
from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Role
from lms_domain.schools.tenant import PLAN_LIMITS, Plan
from lms_domain.video.steps import QueueName
from tests.contracts.samples import (
    SYSTEM,
    a_course,
    a_session,
    a_tenant,
    a_transcript,
    new_course,
    new_school,
    new_user,
    new_video,
)


class SchoolRepositoryContract:
    """Schools, and what they use."""

    async def test_a_school_comes_back_as_it_was(self, uow: UnitOfWork) -> None:
        tenant = a_tenant(is_converted=True, is_suspended=True)
        async with uow.begin(SYSTEM) as system:
            await system.tenants.add(tenant)
            await system.commit()
        async with uow.begin(SYSTEM) as system:
            assert await system.tenants.get(tenant.id) == tenant
            assert await system.tenants.by_subdomain(tenant.subdomain) == tenant
            assert await system.tenants.get(uuid4()) is None
            assert await system.tenants.by_subdomain("nobody") is None

    async def test_a_subdomain_is_given_once(self, uow: UnitOfWork) -> None:
        first, second = a_tenant(), a_tenant()
        async with uow.begin(SYSTEM) as system:
            await system.tenants.add(first)
            with pytest.raises(Taken) as taken:
                await system.tenants.add(replace(second, subdomain=first.subdomain))
            assert taken.value.what == "subdomain"
            await system.tenants.add(second)
            await system.commit()

    async def test_of_many_that_ask_for_a_subdomain_at_once_one_gets_it(self, uow: UnitOfWork) -> None:
        subdomain = a_tenant().subdomain
        results = await asyncio.gather(
            *(new_school(uow, subdomain=subdomain) for _ in range(5)), return_exceptions=True
        )
        assert sum(isinstance(result, Taken) for result in results) == 4

    async def test_erasing_removes_everything_of_one_school(self, uow: UnitOfWork) -> None:
        gone, kept = await new_school(uow), await new_school(uow)
        for scope in (gone, kept):
            user = await new_user(uow, scope)
            asset = await new_video(uow, scope)
            await new_course(uow, scope, title="Assigned", teachers=[user.id])
            async with uow.begin(scope) as tx:
                await tx.sessions.add(a_session(user.id))
                await tx.videos.put_transcript(a_transcript(asset))
                await tx.outbox.add((StepDoorbell(QueueName.MEDIA, scope.tenant_id, uuid4()),))
                await tx.commit()
        async with uow.begin(SYSTEM) as system:
            await system.tenants.erase(gone.tenant_id)
            await system.tenants.erase(uuid4())
            await system.commit()
        async with uow.begin(SYSTEM) as system:
            assert await system.tenants.get(gone.tenant_id) is None
            assert await system.tenants.get(kept.tenant_id) is not None
            assert {ref.tenant_id for ref in await system.pipeline.due(10_000)} & {gone.tenant_id} == set()
            waiting = {message.doorbell.tenant_id for message in await system.outbox.take(10_000)}
            assert kept.tenant_id in waiting
            assert gone.tenant_id not in waiting
        async with uow.begin(kept) as tx:
            assert await tx.usage.teacher_count() == 1

    async def test_usage(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow, plan=Plan.PRO, limits=PLAN_LIMITS[Plan.PRO])
        async with uow.begin(scope) as tx:
            assert await tx.usage.limits() == (PLAN_LIMITS[Plan.PRO], 0)
            await tx.usage.add_stored_bytes(3_000_000_000)
            assert await tx.usage.lock_limits() == (PLAN_LIMITS[Plan.PRO], 3_000_000_000)
            await tx.usage.add_stored_bytes(-1)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.usage.limits() == (PLAN_LIMITS[Plan.PRO], 2_999_999_999)

    async def test_only_active_learners_count(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        await new_user(uow, scope, role=Role.SCHOOL_ADMIN)
        await new_user(uow, scope, is_active=False)
        for role in (Role.TEACHER, Role.HOD, Role.IB_COORDINATOR):
            await new_user(uow, scope, role=role)
        await new_course(uow, scope)
        async with uow.begin(scope) as tx:
            assert await tx.usage.teacher_count() == 3
            assert (await tx.courses.census()).number == 1

    async def test_a_limit_holds_when_many_ask_at_once(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        added = 0

        async def add_one() -> None:
            nonlocal added
            async with uow.begin(scope) as tx:
                await tx.usage.lock_limits()
                if (await tx.courses.census()).number < 3:
                    await tx.courses.add(a_course(scope))
                    await tx.commit()
                    added += 1

        await asyncio.gather(*(add_one() for _ in range(8)))
        assert added == 3
        async with uow.begin(scope) as tx:
            assert (await tx.courses.census()).number == 3

    @pytest.mark.parametrize(
        ("now", "today"),
        [
            (datetime(2026, 11, 22, 18, 29, 59, tzinfo=UTC), date(2026, 11, 22)),
            (datetime(2026, 11, 22, 18, 30, tzinfo=UTC), date(2026, 11, 23)),
        ],
    )
    async def test_today_is_the_schools(self, uow: UnitOfWork, now: datetime, today: date) -> None:
        scope = await new_school(uow, time_zone="Asia/Kolkata")
        async with uow.begin(scope) as tx:
            assert await tx.usage.today(now) == today
