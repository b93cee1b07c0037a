"""What every HostDirectory and SessionDirectory does. A subclass gives the fixtures; every question is new, so that a
directory's short memory does not show."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from adapters.memory.clock import MemoryClock
from lms_app.ports.host_directory import HostDirectory, HostedSchool
from lms_app.ports.session_directory import LiveSession, SessionDirectory
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.schools.custom_domain import DomainStatus
from lms_domain.schools.host import CustomDomain, PlatformHost, SchoolSubdomain
from lms_domain.schools.tenant import TenantStatus
from tests.contracts.samples import (
    NOW,
    SYSTEM,
    a_domain,
    a_second_factor,
    a_session,
    a_tenant,
    an_impersonation,
    an_operator,
    new_school,
    new_user,
)


class HostDirectoryContract:
    """Fixtures: ``uow``, ``hosts``, and ``clock``, which ``hosts`` goes by and which shows the samples' NOW."""

    @pytest.mark.parametrize(
        ("changes", "status"),
        [
            ({}, TenantStatus.TRIAL),
            ({"trial_ends_on": date(2026, 11, 22)}, TenantStatus.TRIAL),
            ({"trial_ends_on": date(2026, 11, 21)}, TenantStatus.EXPIRED),
            ({"trial_ends_on": date(2026, 11, 21), "is_converted": True}, TenantStatus.ACTIVE),
            ({"is_converted": True, "is_suspended": True}, TenantStatus.SUSPENDED),
        ],
    )
    async def test_a_school_and_its_status(
        self, uow: UnitOfWork, hosts: HostDirectory, changes: dict[str, object], status: TenantStatus
    ) -> None:
        tenant = a_tenant(**changes)
        async with uow.begin(SYSTEM) as system:
            await system.tenants.add(tenant)
            await system.commit()
        found = await hosts.school(SchoolSubdomain(tenant.subdomain))
        assert found == HostedSchool(tenant_id=tenant.id, status=status)

    async def test_a_trial_ends_at_midnight_of_the_school(
        self, uow: UnitOfWork, hosts: HostDirectory, clock: MemoryClock
    ) -> None:
        tenant = a_tenant(time_zone="Asia/Kolkata", trial_ends_on=date(2026, 11, 22))
        async with uow.begin(SYSTEM) as system:
            await system.tenants.add(tenant)
            await system.commit()
        midnight = NOW.replace(hour=18, minute=30, second=0, microsecond=0)
        for now, status in (
            (midnight - timedelta(microseconds=1), TenantStatus.TRIAL),
            (midnight, TenantStatus.EXPIRED),
        ):
            clock.set(now)
            found = await hosts.school(SchoolSubdomain(tenant.subdomain))
            assert found is not None
            assert found.status is status

    async def test_no_school_lives_elsewhere(self, hosts: HostDirectory) -> None:
        for site in (PlatformHost(), SchoolSubdomain("nobody-lives-here"), CustomDomain("school.example")):
            assert await hosts.school(site) is None

    async def test_what_is_forgotten_is_asked_anew(self, uow: UnitOfWork, hosts: HostDirectory) -> None:
        tenant = a_tenant()
        site = SchoolSubdomain(tenant.subdomain)
        async with uow.begin(SYSTEM) as system:
            await system.tenants.add(tenant)
            await system.commit()
        assert await hosts.school(site) is not None
        async with uow.begin(SYSTEM) as system:
            await system.tenants.save(tenant.suspended())
            await system.commit()
        hosts.forget(site)
        assert await hosts.school(site) == HostedSchool(tenant_id=tenant.id, status=TenantStatus.SUSPENDED)


class OwnDomainContract:
    """For directories that know schools' own host names. Fixtures: ``uow`` and ``hosts``."""

    async def test_a_name_is_a_schools_once_it_is_proven(self, uow: UnitOfWork, hosts: HostDirectory) -> None:
        scope, other = await new_school(uow), await new_school(uow)
        proven = a_domain(scope, status=DomainStatus.VERIFIED, verified_at=NOW)
        claimed = [a_domain(other, hostname=proven.hostname), a_domain(scope)]
        for domain in (claimed[0], proven, claimed[1]):
            async with uow.begin(TenantScope(domain.tenant_id)) as tx:
                await tx.domains.add(domain)
                await tx.commit()
        found = await hosts.school(CustomDomain(proven.hostname))
        assert found == HostedSchool(tenant_id=scope.tenant_id, status=TenantStatus.TRIAL)
        assert await hosts.school(CustomDomain(claimed[1].hostname)) is None

    async def test_a_school_without_the_feature_has_no_names(self, uow: UnitOfWork, hosts: HostDirectory) -> None:
        tenant = a_tenant()
        domain = a_domain(TenantScope(tenant.id), status=DomainStatus.VERIFIED, verified_at=NOW)
        async with uow.begin(SYSTEM) as system:
            await system.tenants.add(tenant.with_features(frozenset()))
            await system.commit()
        async with uow.begin(TenantScope(tenant.id)) as tx:
            await tx.domains.add(domain)
            await tx.commit()
        site = CustomDomain(domain.hostname)
        for features, is_served in ((frozenset(), False), (tenant.features, True), (frozenset(), False)):
            async with uow.begin(SYSTEM) as system:
                await system.tenants.save(tenant.with_features(features))
                await system.commit()
            hosts.forget(site)
            assert (await hosts.school(site) is not None) == is_served


class SessionDirectoryContract:
    """Fixtures: ``uow``, ``sessions``, and ``clock``, which ``sessions`` goes by and which shows the samples' NOW."""

    async def test_a_live_session_says_who_it_is(self, uow: UnitOfWork, sessions: SessionDirectory) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope, role=Role.HOD, must_change_password=True)
        session = a_session(user.id)
        async with uow.begin(scope) as tx:
            await tx.sessions.add(session)
            await tx.commit()
        assert await sessions.live(tenant_id=scope.tenant_id, session_id=session.id) == LiveSession(
            session_id=session.id, user_id=user.id, role=Role.HOD, must_change_password=True, email=user.email
        )

    async def test_a_visits_session_names_the_operator(self, uow: UnitOfWork, sessions: SessionDirectory) -> None:
        scope, operator = await new_school(uow), an_operator()
        admin = await new_user(uow, scope, role=Role.SCHOOL_ADMIN)
        session = a_session(admin.id)
        visit = an_impersonation(admin, id=session.id, operator_id=operator.id)
        async with uow.begin(SYSTEM) as system:
            await system.operators.add(operator)
            await system.impersonations.add(visit)
            await system.commit()
        async with uow.begin(scope) as tx:
            await tx.sessions.add(session)
            await tx.commit()
        live = await sessions.live(tenant_id=scope.tenant_id, session_id=session.id)
        assert live is not None
        assert (live.user_id, live.impersonated_by) == (admin.id, operator.id)

    async def test_a_session_of_an_operator(self, uow: UnitOfWork, sessions: SessionDirectory) -> None:
        operator = an_operator()
        session = a_session(operator.id)
        async with uow.begin(SYSTEM) as system:
            await system.operators.add(operator)
            await system.operator_sessions.add(session)
            await system.commit()
        assert await sessions.live(tenant_id=None, session_id=session.id) == LiveSession(
            session_id=session.id,
            user_id=operator.id,
            role=Role.SUPER_ADMIN,
            must_change_password=False,
            email=operator.email,
        )

    @pytest.mark.parametrize("confirmed_at", [None, NOW])
    async def test_an_operators_second_factor_counts_once_it_is_confirmed(
        self, uow: UnitOfWork, sessions: SessionDirectory, confirmed_at: datetime | None
    ) -> None:
        operator = an_operator()
        session = a_session(operator.id)
        async with uow.begin(SYSTEM) as system:
            await system.operators.add(operator)
            await system.operator_sessions.add(session)
            await system.operator_second_factors.save(operator.id, a_second_factor(confirmed_at=confirmed_at))
            await system.commit()
        live = await sessions.live(tenant_id=None, session_id=session.id)
        assert live is not None
        assert live.has_second_factor == (confirmed_at is not None)

    async def test_a_session_holds_in_its_own_school_only(self, uow: UnitOfWork, sessions: SessionDirectory) -> None:
        scope, other = await new_school(uow), await new_school(uow)
        session = a_session((await new_user(uow, scope)).id)
        async with uow.begin(scope) as tx:
            await tx.sessions.add(session)
            await tx.commit()
        assert await sessions.live(tenant_id=other.tenant_id, session_id=session.id) is None
        assert await sessions.live(tenant_id=None, session_id=session.id) is None
        assert await sessions.live(tenant_id=scope.tenant_id, session_id=session.id) is not None
        assert await sessions.live(tenant_id=other.tenant_id, session_id=session.id) is None

    async def test_what_is_over_is_none(self, uow: UnitOfWork, sessions: SessionDirectory, clock: MemoryClock) -> None:
        scope = await new_school(uow)
        inactive = await new_user(uow, scope, is_active=False)
        user = await new_user(uow, scope)
        of_inactive, revoked, running_out = a_session(inactive.id), a_session(user.id), a_session(user.id)
        async with uow.begin(scope) as tx:
            for session in (of_inactive, revoked, running_out):
                await tx.sessions.add(session)
            await tx.sessions.revoke(revoked.id, now=NOW)
            await tx.commit()
        clock.set(running_out.expires_at)
        for session_id in (of_inactive.id, revoked.id, running_out.id, uuid4()):
            assert await sessions.live(tenant_id=scope.tenant_id, session_id=session_id) is None

    async def test_what_is_forgotten_is_asked_anew(self, uow: UnitOfWork, sessions: SessionDirectory) -> None:
        scope = await new_school(uow)
        session = a_session((await new_user(uow, scope)).id)
        async with uow.begin(scope) as tx:
            await tx.sessions.add(session)
            await tx.commit()
        assert await sessions.live(tenant_id=scope.tenant_id, session_id=session.id) is not None
        async with uow.begin(scope) as tx:
            await tx.sessions.revoke(session.id, now=NOW)
            await tx.commit()
        sessions.forget(session.id)
        assert await sessions.live(tenant_id=scope.tenant_id, session_id=session.id) is None

    async def test_all_sessions_of_a_person_are_forgotten(self, uow: UnitOfWork, sessions: SessionDirectory) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope)
        many = [a_session(user.id) for _ in range(3)]
        async with uow.begin(scope) as tx:
            for session in many:
                await tx.sessions.add(session)
            await tx.commit()
        for session in many:
            assert await sessions.live(tenant_id=scope.tenant_id, session_id=session.id) is not None
        assert await sessions.live(tenant_id=scope.tenant_id, session_id=uuid4()) is None
        async with uow.begin(scope) as tx:
            await tx.sessions.end_with_commit(user.id, now=NOW)
            await tx.commit()
        sessions.forget_person(user.id)
        for session in many:
            assert await sessions.live(tenant_id=scope.tenant_id, session_id=session.id) is None
