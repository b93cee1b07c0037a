"""The memory unit of work and its repositories under their contracts."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from uuid import uuid4

import pytest

from adapters.memory import tables
from adapters.memory.clock import MemoryClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from lms_domain.errors import Unavailable
from tests.contracts.parents import ParentContract
from tests.contracts.repositories.accounts import AccountRepositoryContract
from tests.contracts.repositories.courses import CourseRepositoryContract
from tests.contracts.repositories.idempotency import IdempotencyRepositoryContract
from tests.contracts.repositories.jobs import JobRepositoryContract
from tests.contracts.repositories.outbox import OutboxRepositoryContract
from tests.contracts.repositories.schools import SchoolRepositoryContract
from tests.contracts.repositories.video import LetPass, VideoRepositoryContract
from tests.contracts.samples import SYSTEM, a_course, a_tenant, new_course, new_school
from tests.contracts.unit_of_work import UnitOfWorkContract


@pytest.fixture
def clock() -> MemoryClock:
    return MemoryClock()


@pytest.fixture
def uow(clock: MemoryClock) -> MemoryUnitOfWork:
    return MemoryUnitOfWork(MemoryDatabase(), clock)


class TestMemoryUnitOfWork(UnitOfWorkContract):
    pass


class TestMemoryParents(ParentContract):
    pass


class TestMemorySchoolRepositories(SchoolRepositoryContract):
    pass


class TestMemoryAccountRepositories(AccountRepositoryContract):
    pass


class TestMemoryCourseRepositories(CourseRepositoryContract):
    pass


class TestMemoryOutbox(OutboxRepositoryContract):
    pass


class TestMemoryVideoRepositories(VideoRepositoryContract):
    @pytest.fixture
    def let_pass(self, clock: MemoryClock) -> LetPass:
        def advance(seconds: float) -> Awaitable[None]:
            clock.advance(timedelta(seconds=seconds))
            return asyncio.sleep(0)

        return advance


class TestMemoryIdempotency(IdempotencyRepositoryContract):
    pass


class TestMemoryJobs(JobRepositoryContract):
    @pytest.fixture
    def let_pass(self, clock: MemoryClock) -> LetPass:
        def advance(seconds: float) -> Awaitable[None]:
            clock.advance(timedelta(seconds=seconds))
            return asyncio.sleep(0)

        return advance


async def test_nothing_more_is_done_after_the_commit(uow: MemoryUnitOfWork) -> None:
    tenant = a_tenant()
    async with uow.begin(SYSTEM) as system:
        await system.tenants.add(tenant)
        await system.commit()
        with pytest.raises(RuntimeError, match="over"):
            await system.tenants.get(tenant.id)
        with pytest.raises(RuntimeError, match="over"):
            await system.commit()
    with pytest.raises(RuntimeError, match="over"):
        await system.tenants.get(tenant.id)


async def test_two_that_wait_for_each_other_do_not_wait_for_ever(
    uow: MemoryUnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "LOCK_SECONDS", 0.05)
    scope = await new_school(uow)
    one, two = (await new_course(uow, scope))[0], (await new_course(uow, scope))[0]
    async with uow.begin(scope) as first, uow.begin(scope) as second:
        await first.courses.get(one.id, for_update=True)
        await second.courses.get(two.id, for_update=True)
        with pytest.raises(Unavailable):
            await first.courses.get(two.id, for_update=True)
        assert await second.courses.get(two.id) == two


async def test_who_waited_sees_what_the_other_committed(uow: MemoryUnitOfWork) -> None:
    scope = await new_school(uow)
    course, _ = await new_course(uow, scope)
    seen: list[bool] = []

    async def read() -> None:
        async with uow.begin(scope) as tx:
            found = await tx.courses.get(course.id, for_update=True)
            assert found is not None
            seen.append(found.is_published)

    async with uow.begin(scope) as tx:
        locked = await tx.courses.get(course.id, for_update=True)
        assert locked is not None
        waiting = asyncio.create_task(read())
        await asyncio.sleep(0)
        await tx.courses.save(locked.publish(content_count=1, now=locked.updated_at))
        assert seen == []
        await tx.commit()
    await waiting
    assert seen == [True]


async def test_of_two_new_ones_with_the_same_title_one_waits(uow: MemoryUnitOfWork) -> None:
    scope = await new_school(uow)
    added: list[bool] = []

    async def add() -> None:
        async with uow.begin(scope) as tx:
            await tx.courses.add(a_course(scope, title="Same"))
            added.append(True)
            await asyncio.sleep(0.01)
            await tx.commit()

    results = await asyncio.gather(add(), add(), return_exceptions=True)
    assert len(added) == 1
    assert [type(result).__name__ for result in results if result is not None] == ["Taken"]


async def test_a_transaction_that_only_reads_needs_no_school(uow: MemoryUnitOfWork) -> None:
    async with uow.begin(SYSTEM) as system:
        assert await system.users_of(uuid4()).by_email("nobody@school.test") is None
