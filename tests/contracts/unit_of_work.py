"""What every unit of work promises. A subclass provides the fixture ``uow``."""

import asyncio

import pytest

from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from tests.contracts.samples import (
    NOW,
    SYSTEM,
    a_course,
    a_one_time_token,
    a_tenant,
    a_user,
    new_course,
    new_school,
    new_user,
)


class UnitOfWorkContract:
    """Nothing happens without commit; schools are worlds of their own."""

    async def test_what_is_committed_is_there(self, uow: UnitOfWork) -> None:
        tenant = a_tenant()
        async with uow.begin(SYSTEM) as system:
            await system.tenants.add(tenant)
            await system.commit()
        async with uow.begin(SYSTEM) as system:
            assert await system.tenants.get(tenant.id) == tenant

    async def test_a_transaction_sees_what_it_did_itself(self, uow: UnitOfWork) -> None:
        tenant = a_tenant()
        async with uow.begin(SYSTEM) as system:
            await system.tenants.add(tenant)
            assert await system.tenants.get(tenant.id) == tenant

    async def test_without_commit_nothing_happened(self, uow: UnitOfWork) -> None:
        tenant = a_tenant()
        async with uow.begin(SYSTEM) as system:
            await system.tenants.add(tenant)
        async with uow.begin(SYSTEM) as system:
            assert await system.tenants.get(tenant.id) is None

    async def test_an_error_undoes_everything(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user, course = a_user(scope), a_course(scope)

        async def add_and_fail() -> None:
            async with uow.begin(scope) as tx:
                await tx.users.add(user)
                await tx.courses.add(course)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await add_and_fail()
        async with uow.begin(scope) as tx:
            assert await tx.users.get(user.id) is None
            assert await tx.courses.get(course.id) is None

    async def test_cancellation_undoes_everything(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = a_user(scope)
        added = asyncio.Event()

        async def add() -> None:
            async with uow.begin(scope) as tx:
                await tx.users.add(user)
                added.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(add())
        await added.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with uow.begin(scope) as tx:
            assert await tx.users.get(user.id) is None

    async def test_a_uniqueness_that_was_refused_leaves_the_transaction_usable(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        first, second = a_user(scope), a_user(scope)
        async with uow.begin(scope) as tx:
            await tx.users.add(first)
            with pytest.raises(Taken):
                await tx.users.add(a_user(scope, email=first.email))
            await tx.users.add(second)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.users.get(first.id) == first
            assert await tx.users.get(second.id) == second

    async def test_what_a_caller_does_to_an_object_later_is_not_stored(self, uow: UnitOfWork) -> None:
        """Objects that come out are copies, not the stored ones."""
        scope = await new_school(uow)
        user = await new_user(uow, scope)
        async with uow.begin(scope) as tx:
            await tx.users.set_password(user.id, "$argon2id$two", must_change=False)
        async with uow.begin(scope) as tx:
            found = await tx.users.get(user.id)
        assert found == user

    async def test_another_school_cannot_be_seen(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        user = await new_user(uow, theirs)
        course, module = await new_course(uow, theirs)
        async with uow.begin(ours) as tx:
            assert await tx.users.get(user.id) is None
            assert await tx.users.by_email(user.email_folded) is None
            assert await tx.users.existing(frozenset({user.id})) == frozenset()
            assert await tx.courses.get(course.id) is None
            assert await tx.courses.get(course.id, for_update=True) is None
            assert await tx.courses.get_module(course.id, module.id) is None
            assert await tx.courses.module_count(course.id) == 0
            assert (await tx.courses.census()).number == 0
            assert await tx.usage.teacher_count() == 0

    async def test_another_school_cannot_be_changed(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        user = await new_user(uow, theirs)
        async with uow.begin(ours) as tx:
            await tx.users.set_password(user.id, "$argon2id$stolen", must_change=False)
            await tx.sessions.revoke_all(user.id, now=NOW)
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.users.get(user.id) == user

    async def test_an_object_of_another_school_is_not_stored(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        async with uow.begin(ours) as tx:
            with pytest.raises(ValueError, match="school"):
                await tx.users.add(a_user(theirs))
            with pytest.raises(ValueError, match="school"):
                await tx.courses.add(a_course(theirs))

    async def test_two_schools_may_have_the_same_address_and_title(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        await new_user(uow, ours, email="same@person.test")
        await new_course(uow, ours, title="Same", slug="same")
        user = await new_user(uow, theirs, email="same@person.test")
        course, _ = await new_course(uow, theirs, title="Same", slug="same")
        async with uow.begin(theirs) as tx:
            assert await tx.users.by_email("same@person.test") == user
            assert await tx.courses.get(course.id) == course

    async def test_the_people_of_one_school_from_outside(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        user = a_user(ours)
        async with uow.begin(SYSTEM) as system:
            await system.users_of(ours.tenant_id).add(user)
            assert await system.users_of(theirs.tenant_id).get(user.id) is None
            with pytest.raises(ValueError, match="school"):
                await system.users_of(ours.tenant_id).add(a_user(theirs))
            await system.commit()
        async with uow.begin(ours) as tx:
            assert await tx.users.get(user.id) == user

    async def test_a_school_and_its_links_from_outside(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        user = await new_user(uow, ours)
        token = a_one_time_token(user.id)
        async with uow.begin(SYSTEM) as system:
            seen = await system.school_of(ours.tenant_id).get()
            assert seen is not None
            assert seen.id == ours.tenant_id
            await system.one_time_tokens_of(ours.tenant_id).add(token)
            stranger = system.one_time_tokens_of(theirs.tenant_id)
            assert await stranger.take(token.purpose, token.fingerprint, now=NOW) is None
            await system.commit()
        async with uow.begin(ours) as tx:
            assert await tx.one_time_tokens.take(token.purpose, token.fingerprint, now=NOW) is not None

    async def test_a_school_that_is_not_there_is_empty(self, uow: UnitOfWork) -> None:
        async with uow.begin(TenantScope(a_tenant().id)) as tx:
            assert (await tx.courses.census()).number == 0
            assert await tx.users.by_email("nobody@school.test") is None
