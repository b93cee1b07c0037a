"""What every repository of people promises beyond their accounts. A subclass provides the fixture ``uow``."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lms_app.ports.repositories import NOBODY, Taken
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.person import Profile
from lms_domain.accounts.preferences import NotificationPreferences
from lms_domain.accounts.roles import Role
from tests.contracts.samples import NOW, SYSTEM, a_session, a_tenant, a_user, fingerprint, new_school, new_user

HOUR = timedelta(hours=1)


class PeopleContract:
    """Changing people, and finding several."""

    async def test_saving_everything_about_a_person(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user, other = await new_user(uow, scope), await new_user(uow, scope)
        changed = replace(
            user,
            email="Ada@School.test",
            first_name="Ada",
            last_name="Lovelace",
            role=Role.SCHOOL_ADMIN,
            profile=Profile(),
            password_hash="$argon2id$two",
            must_change_password=False,
            is_active=False,
            email_verified=True,
            picture_key=None,
            preferences=NotificationPreferences(),
        )
        async with uow.begin(scope) as tx:
            assert await tx.users.lock(user.id) == user
            assert await tx.users.lock(uuid4()) is None
            await tx.users.save(changed)
            await tx.users.save(a_user(scope))
            await tx.commit()
        async with uow.begin(scope) as tx:
            with pytest.raises(Taken) as taken:  # noqa: PT012 -- either of the two may say so
                await tx.users.save(replace(other, email="ADA@school.test"))
                await tx.commit()
        assert taken.value.what == "email"
        async with uow.begin(scope) as tx:
            await tx.users.save(replace(changed, email="ada@school.test"))
            await tx.users.save(changed)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert set(await tx.users.get_many(frozenset({user.id, other.id, uuid4()}))) == {changed, other}
            assert await tx.users.get_many(frozenset()) == ()
            assert await tx.users.by_email("ada@school.test") == changed

    async def test_of_many_with_one_address_at_once_one_is_added(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        adding = (new_user(uow, scope, email="ada@school.test") for _ in range(5))
        results = await asyncio.gather(*adding, return_exceptions=True)
        assert sum(isinstance(result, Taken) for result in results) == 4

    async def test_those_with_a_role_the_longest_registered_first(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        newer = await new_user(uow, scope, role=Role.HOD, created_at=NOW + HOUR)
        older = await new_user(uow, scope, role=Role.HOD)
        await new_user(uow, scope, role=Role.HOD, is_active=False)
        await new_user(uow, scope)
        async with uow.begin(scope) as tx:
            assert await tx.users.with_role(Role.HOD) == (older, newer)
            assert await tx.users.with_role(Role.IB_COORDINATOR) == ()

    async def test_two_admins_cannot_remove_each_other(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        admins = [await new_user(uow, scope, role=Role.SCHOOL_ADMIN) for _ in range(2)]
        await new_user(uow, scope, role=Role.SCHOOL_ADMIN, is_active=False)
        learner = await new_user(uow, scope)
        await new_user(uow, scope, is_active=False)
        seen: list[frozenset[UUID]] = []

        async def remove(number: int) -> None:
            async with uow.begin(scope) as tx:
                person, staffing = await tx.users.lock_with_staffing(admins[number].id)
                active = staffing.admins
                assert person is not None
                assert person.is_active == (person.id in active)
                assert staffing.learners == 1
                seen.append(active)
                if active - {admins[number].id}:
                    await tx.users.save(replace(admins[number], is_active=False))
                    await tx.commit()

        await asyncio.gather(remove(0), remove(1))
        assert sorted(map(len, seen)) == [1, 2]
        async with uow.begin(scope) as tx:
            assert len((await tx.users.lock_with_staffing(uuid4()))[1].admins) == 1
            await tx.users.save(replace(learner, is_active=False))
            assert (await tx.users.lock_with_staffing(learner.id))[1].learners == 0

    async def test_another_schools_people_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        user = await new_user(uow, theirs, role=Role.SCHOOL_ADMIN)
        session = a_session(user.id)
        async with uow.begin(theirs) as tx:
            await tx.sessions.add(session)
            await tx.commit()
        async with uow.begin(ours) as tx:
            assert await tx.users.lock(user.id) is None
            assert await tx.users.get_many(frozenset({user.id})) == ()
            assert await tx.users.with_role(Role.SCHOOL_ADMIN) == ()
            assert await tx.users.lock_with_staffing(user.id) == (None, NOBODY)
            assert await tx.sessions.live(user.id, now=NOW) == ()
            with pytest.raises(ValueError, match="school"):
                await tx.users.save(user)
            await tx.users.save(replace(user, tenant_id=ours.tenant_id, first_name="Ours"))
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.users.get(user.id) == user

    async def test_sessions_that_hold_the_one_used_last_first(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user, other = await new_user(uow, scope), await new_user(uow, scope)
        used, fresh, revoked, over = (a_session(user.id, created_at=NOW + n * HOUR) for n in (0, 1, 2, 3))
        over = replace(over, expires_at=NOW + 4 * HOUR)
        async with uow.begin(scope) as tx:
            for session in (used, fresh, revoked, over, a_session(other.id)):
                await tx.sessions.add(session)
            await tx.sessions.revoke(revoked.id, now=NOW)
            successor = fingerprint()
            await tx.sessions.rotate(used.fingerprint, successor, now=NOW + HOUR)
            await tx.sessions.rotate(successor, fingerprint(), now=NOW + 2 * HOUR)
            live = await tx.sessions.live(user.id, now=NOW + 4 * HOUR)
            assert [(each.id, each.created_at, each.last_used_at, each.expires_at) for each in live] == [
                (used.id, NOW, NOW + 2 * HOUR, used.expires_at),
                (fresh.id, NOW + HOUR, NOW + HOUR, fresh.expires_at),
            ]
            assert await tx.sessions.live(uuid4(), now=NOW) == ()

    async def test_saving_a_school(self, uow: UnitOfWork) -> None:
        tenants = [a_tenant(), a_tenant()]
        changed = replace(
            a_tenant(features=frozenset(), notes="", is_converted=True, is_suspended=True, time_zone="UTC"),
            id=tenants[0].id,
        )
        async with uow.begin(SYSTEM) as system:
            for tenant in tenants:
                await system.tenants.add(tenant)
            assert await system.tenants.lock(tenants[0].id) == tenants[0]
            assert await system.tenants.lock(uuid4()) is None
            await system.tenants.save(changed)
            await system.tenants.save(a_tenant())
            with pytest.raises(Taken) as taken:
                await system.tenants.save(replace(tenants[1], subdomain=changed.subdomain))
            assert taken.value.what == "subdomain"
            await system.tenants.save(changed)
            await system.commit()
        async with uow.begin(SYSTEM) as system:
            assert await system.tenants.get(changed.id) == changed
            assert await system.tenants.by_subdomain(tenants[0].subdomain) is None
            assert await system.tenants.get(tenants[1].id) == tenants[1]
