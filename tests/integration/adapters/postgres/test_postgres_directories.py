"""Which school a host is, and whether a session holds: asked at every request, so remembered for five seconds."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.host_directory import PostgresHostDirectory
from adapters.postgres.session_directory import PostgresSessionDirectory
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.session_directory import LiveSession
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.schools.host import CustomDomain, PlatformHost, SchoolSubdomain
from lms_domain.schools.tenant import TenantStatus
from tests.contracts.samples import NOW, SYSTEM, a_session, an_operator, new_school, new_user

Connection = "asyncpg.Connection[asyncpg.Record]"


class SetClock(Clock):
    """Says what it was told."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def hosts(database: PostgresDatabase, clock: SetClock) -> PostgresHostDirectory:
    return PostgresHostDirectory(database, clock)


@pytest.fixture
def sessions(database: PostgresDatabase, clock: SetClock) -> PostgresSessionDirectory:
    return PostgresSessionDirectory(database, clock)


class TestHosts:
    async def test_a_school_by_its_subdomain(self, uow: PostgresUnitOfWork, hosts: PostgresHostDirectory) -> None:
        scope = await new_school(uow, subdomain="springfield")
        await new_school(uow)
        found = await hosts.school(SchoolSubdomain("springfield"))
        assert found == HostedSchool(scope.tenant_id, TenantStatus.TRIAL)
        assert await hosts.school(SchoolSubdomain("shelbyville")) is None
        assert await hosts.school(PlatformHost()) is None
        assert await hosts.school(CustomDomain("springfield")) is None

    @pytest.mark.parametrize(
        ("facts", "status"),
        [
            ({"is_converted": True, "trial_ends_on": date(2020, 1, 1)}, TenantStatus.ACTIVE),
            ({"is_suspended": True, "is_converted": True}, TenantStatus.SUSPENDED),
            ({"trial_ends_on": date(2020, 1, 1)}, TenantStatus.EXPIRED),
        ],
    )
    async def test_status(
        self, uow: PostgresUnitOfWork, hosts: PostgresHostDirectory, facts: dict[str, object], status: TenantStatus
    ) -> None:
        await new_school(uow, subdomain="springfield", **facts)
        found = await hosts.school(SchoolSubdomain("springfield"))
        assert found is not None
        assert found.status is status

    async def test_a_trial_ends_at_midnight_of_the_school(
        self, uow: PostgresUnitOfWork, hosts: PostgresHostDirectory, clock: SetClock
    ) -> None:
        """Even while the school's facts are remembered."""
        await new_school(uow, subdomain="springfield", time_zone="Asia/Kolkata", trial_ends_on=date(2026, 12, 6))
        for now, status in (
            (datetime(2026, 12, 6, 18, 29, 59, tzinfo=UTC), TenantStatus.TRIAL),
            (datetime(2026, 12, 6, 18, 30, tzinfo=UTC), TenantStatus.EXPIRED),
        ):
            clock.time = now
            found = await hosts.school(SchoolSubdomain("springfield"))
            assert found is not None
            assert found.status is status

    async def test_both_answers_are_remembered(
        self, uow: PostgresUnitOfWork, hosts: PostgresHostDirectory, owner_connection: Connection
    ) -> None:
        await new_school(uow, subdomain="springfield")
        before = await hosts.school(SchoolSubdomain("springfield"))
        assert await hosts.school(SchoolSubdomain("shelbyville")) is None
        await owner_connection.execute("UPDATE tenants SET subdomain = 'shelbyville'")
        assert await hosts.school(SchoolSubdomain("springfield")) == before
        assert await hosts.school(SchoolSubdomain("shelbyville")) is None

    @pytest.mark.parametrize("label", ["'; DROP TABLE tenants; --", "%", ""])
    async def test_odd_labels(self, uow: PostgresUnitOfWork, hosts: PostgresHostDirectory, label: str) -> None:
        await new_school(uow, subdomain="springfield")
        assert await hosts.school(SchoolSubdomain(label)) is None


async def signed_in(uow: PostgresUnitOfWork, scope: TenantScope, **changes: object) -> tuple[UUID, UUID]:
    """A person and their session."""
    user = await new_user(uow, scope, **changes)
    session = a_session(user.id)
    async with uow.begin(scope) as tx:
        await tx.sessions.add(session)
        await tx.commit()
    return user.id, session.id


class TestSessions:
    async def test_a_session_and_its_person(self, uow: PostgresUnitOfWork, sessions: PostgresSessionDirectory) -> None:
        scope = await new_school(uow)
        user_id, session_id = await signed_in(
            uow, scope, role=Role.HOD, must_change_password=True, email="hod@school.test"
        )
        assert await sessions.live(tenant_id=scope.tenant_id, session_id=session_id) == LiveSession(
            session_id=session_id, user_id=user_id, role=Role.HOD, must_change_password=True, email="hod@school.test"
        )
        assert await sessions.live(tenant_id=scope.tenant_id, session_id=uuid4()) is None

    async def test_an_operators_session(self, uow: PostgresUnitOfWork, sessions: PostgresSessionDirectory) -> None:
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
        scope = await new_school(uow)
        assert await sessions.live(tenant_id=scope.tenant_id, session_id=session.id) is None

    async def test_a_session_holds_at_its_own_school_only(
        self, uow: PostgresUnitOfWork, sessions: PostgresSessionDirectory
    ) -> None:
        """And whoever tries it elsewhere, before or after, takes nothing from the person."""
        ours, theirs = await new_school(uow), await new_school(uow)
        _, session_id = await signed_in(uow, ours)
        for _ in range(2):
            assert await sessions.live(tenant_id=theirs.tenant_id, session_id=session_id) is None
            assert await sessions.live(tenant_id=None, session_id=session_id) is None
            assert await sessions.live(tenant_id=ours.tenant_id, session_id=session_id) is not None

    @pytest.mark.parametrize(
        "end",
        [
            "UPDATE sessions SET revoked_at = now()",
            "UPDATE users SET is_active = false",
            "DELETE FROM sessions",
        ],
    )
    async def test_the_end_is_noticed(
        self, uow: PostgresUnitOfWork, sessions: PostgresSessionDirectory, owner_connection: Connection, end: str
    ) -> None:
        scope = await new_school(uow)
        _, session_id = await signed_in(uow, scope)
        await owner_connection.execute("DELETE FROM refresh_tokens")
        assert await sessions.live(tenant_id=scope.tenant_id, session_id=session_id) is not None
        await owner_connection.execute(end)
        # Remembered for five seconds, but not in the process that ended it.
        assert await sessions.live(tenant_id=scope.tenant_id, session_id=session_id) is not None
        sessions.forget(session_id)
        assert await sessions.live(tenant_id=scope.tenant_id, session_id=session_id) is None

    async def test_it_ends_by_itself(
        self, uow: PostgresUnitOfWork, sessions: PostgresSessionDirectory, clock: SetClock
    ) -> None:
        scope = await new_school(uow)
        _, session_id = await signed_in(uow, scope)
        clock.time = NOW + timedelta(days=1)
        assert await sessions.live(tenant_id=scope.tenant_id, session_id=session_id) is None
