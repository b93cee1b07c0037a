"""Whether a session still holds."""

from uuid import UUID

from sqlalchemy import Uuid, and_, literal_column, null, select

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.short_memory import ShortMemory
from adapters.postgres.statements import Statement, fixed, of_tenant, parameter
from adapters.postgres.tables import (
    impersonations,
    platform_second_factors,
    platform_sessions,
    platform_users,
    sessions,
    users,
)
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.clock import Clock
from lms_app.ports.session_directory import LiveSession, SessionDirectory
from lms_app.scope import SystemScope, TenantScope
from lms_domain.accounts.roles import Role

_MEMORY_SECONDS = 5.0
_MAX_SESSIONS = 20_000
_SYSTEM = SystemScope("an operator's session is looked up")

_SESSION, _NOW = parameter("id", Uuid), parameter("now", TIMESTAMP)
_OF_SCHOOL = Statement(
    select(
        users.c.id,
        users.c.role,
        users.c.must_change_password,
        users.c.email,
        # A visit's session has the visit's id.
        impersonations.c.operator_id.label("impersonated_by"),
        literal_column("false").label("has_second_factor"),
    )
    .join_from(sessions, users, and_(of_tenant(users), users.c.id == sessions.c.user_id))
    .outerjoin(impersonations, and_(of_tenant(impersonations), impersonations.c.id == sessions.c.id))
    .where(
        of_tenant(sessions),
        sessions.c.id == _SESSION,
        sessions.c.revoked_at.is_(None),
        sessions.c.expires_at > _NOW,
        users.c.is_active,
    )
)
_OF_PLATFORM = Statement(
    select(
        platform_users.c.id,
        fixed(Role.SUPER_ADMIN).label("role"),
        platform_users.c.must_change_password,
        platform_users.c.email,
        null().label("impersonated_by"),
        platform_second_factors.c.confirmed_at.is_not(None).label("has_second_factor"),
    )
    .join_from(platform_sessions, platform_users, platform_users.c.id == platform_sessions.c.user_id)
    .outerjoin(platform_second_factors, platform_second_factors.c.user_id == platform_users.c.id)
    .where(
        platform_sessions.c.id == _SESSION,
        platform_sessions.c.revoked_at.is_(None),
        platform_sessions.c.expires_at > _NOW,
        platform_users.c.is_active,
    )
)


class PostgresSessionDirectory(SessionDirectory):
    """Looks sessions up. That one does not hold is remembered too."""

    def __init__(self, database: PostgresDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._memory = ShortMemory[UUID, tuple[UUID | None, LiveSession | None]](
            seconds=_MEMORY_SECONDS, max_entries=_MAX_SESSIONS
        )

    async def live(self, *, tenant_id: UUID | None, session_id: UUID) -> LiveSession | None:
        """Raises Unavailable."""
        asked, session = await self._memory.get(session_id, lambda: self._look_up(tenant_id, session_id))
        if asked != tenant_id:
            # Somebody tried this session elsewhere. What they were told says nothing here.
            _, session = await self._look_up(tenant_id, session_id)
        return session

    def forget(self, session_id: UUID) -> None:
        self._memory.forget(session_id)

    def forget_person(self, user_id: UUID) -> None:
        self._memory.forget_where(lambda known: known[1] is not None and known[1].user_id == user_id)

    async def _look_up(self, tenant_id: UUID | None, session_id: UUID) -> tuple[UUID | None, LiveSession | None]:
        now = self._clock.now()
        if tenant_id is None:
            async with self._database.read(_SYSTEM) as system:
                row = await system.row(_OF_PLATFORM, id=session_id, now=now)
        else:
            async with self._database.read(TenantScope(tenant_id)) as school:
                row = await school.row(_OF_SCHOOL, id=session_id, now=now)
        if row is None:
            return tenant_id, None
        return tenant_id, LiveSession(
            session_id=session_id,
            user_id=row["id"],
            role=Role(row["role"]),
            must_change_password=row["must_change_password"],
            email=row["email"],
            impersonated_by=row["impersonated_by"],
            has_second_factor=row["has_second_factor"],
        )
