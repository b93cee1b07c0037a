"""Whether a session still holds, in memory."""

from uuid import UUID

from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows
from lms_app.ports.clock import Clock
from lms_app.ports.session_directory import LiveSession, SessionDirectory
from lms_domain.accounts.person import Operator, User
from lms_domain.accounts.roles import Role


class MemorySessionDirectory(SessionDirectory):
    """Looks into ``database`` every time. ``forgotten`` holds the sessions that it was asked to forget, in order."""

    def __init__(self, database: MemoryDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.forgotten: list[UUID] = []

    async def live(self, *, tenant_id: UUID | None, session_id: UUID) -> LiveSession | None:
        database = self._database
        with database.transaction() as tx:
            sessions = database.operator_sessions if tenant_id is None else database.sessions
            session = Rows(sessions, tx, tenant_id).get(session_id)
            if session is None or session.revoked_at is not None or session.expires_at <= self._clock.now():
                return None
            person: User | Operator | None = (
                Rows(database.operators, tx, None).get(session.user_id)
                if tenant_id is None
                else Rows(database.users, tx, tenant_id).get(session.user_id)
            )
            factors = Rows(database.operator_second_factors, tx, None)
            factor = factors.get(session.user_id) if tenant_id is None else None
            visit = Rows(database.impersonations, tx, tenant_id).get(session_id) if tenant_id is not None else None
        if person is None or not person.is_active:
            return None
        return LiveSession(
            session_id=session_id,
            user_id=person.id,
            role=person.role if isinstance(person, User) else Role.SUPER_ADMIN,
            must_change_password=person.must_change_password,
            email=person.email,
            impersonated_by=visit.operator_id if visit is not None else None,
            has_second_factor=factor is not None and factor.is_confirmed,
        )

    def forget(self, session_id: UUID) -> None:
        self.forgotten.append(session_id)

    def forget_person(self, user_id: UUID) -> None:
        with self._database.transaction() as tx:
            for sessions in (self._database.sessions, self._database.operator_sessions):
                self.forgotten += [key for key, each in Rows(sessions, tx, None).keyed() if each.user_id == user_id]
