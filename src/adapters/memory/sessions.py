"""Sessions and their refresh tokens, in memory."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from adapters.memory.checks import require
from adapters.memory.database import SessionRow, TokenRow
from adapters.memory.tables import Rows
from lms_app.ports.repositories import NewSession, OpenSession, RefreshState, SessionRepository, Taken
from lms_domain.accounts.person import Operator, User


class MemorySessionRepository(SessionRepository):
    """Sessions of one school's people, or of operators: the rows say whose."""

    def __init__(
        self,
        people: Rows[UUID, User] | Rows[UUID, Operator],
        sessions: Rows[UUID, SessionRow],
        tokens: Rows[bytes, TokenRow],
    ) -> None:
        self._people = people
        self._sessions = sessions
        self._tokens = tokens

    async def add(self, session: NewSession, *, at_most: int | None = None) -> tuple[UUID, ...]:
        require(self._people.get(session.user_id))
        if self._tokens.get(session.fingerprint) is not None:
            raise Taken("other")
        now = session.created_at
        others = [
            other
            for other in self._sessions.values()
            if other.user_id == session.user_id and other.revoked_at is None and now < other.expires_at
        ]
        others.sort(key=lambda other: (other.created_at, other.id), reverse=True)
        ended = tuple(other.id for other in others[at_most - 1 :]) if at_most is not None else ()
        for session_id in ended:
            await self.revoke(session_id, now=now)
        row = SessionRow(
            id=session.id,
            user_id=session.user_id,
            created_at=session.created_at,
            expires_at=session.expires_at,
            revoked_at=None,
            address=session.address,
            user_agent=session.user_agent,
            confirmed_at=session.confirmed_at,
        )
        self._sessions.put(session.id, row)
        self._tokens.put(session.fingerprint, TokenRow(session.id, 1, None))
        return ended

    async def rotate(self, fingerprint: bytes, successor: bytes, *, now: datetime) -> RefreshState | None:
        token = await self._tokens.lock(fingerprint)
        session = self._sessions.get(token.session_id) if token is not None else None
        if token is None or session is None or token.rotated_at is not None:
            return None
        if session.revoked_at is not None or session.expires_at <= now:
            return None
        self._tokens.put(fingerprint, replace(token, rotated_at=now))
        self._tokens.put(successor, TokenRow(session.id, token.generation + 1, None))
        return await self.refresh_state(fingerprint)

    async def refresh_state(self, fingerprint: bytes) -> RefreshState | None:
        token = self._tokens.get(fingerprint)
        session = self._sessions.get(token.session_id) if token is not None else None
        if token is None or session is None:
            return None
        newest = max(other.generation for other in self._tokens.values() if other.session_id == session.id)
        return RefreshState(
            session_id=session.id,
            user_id=session.user_id,
            rotated_at=token.rotated_at,
            is_latest_parent=token.generation + 1 == newest,
            session_ends_at=session.expires_at,
            is_revoked=session.revoked_at is not None,
        )

    async def live(self, user_id: UUID, *, now: datetime) -> tuple[OpenSession, ...]:
        found = [
            OpenSession(
                id=session.id,
                created_at=session.created_at,
                last_used_at=self._last_used_at(session),
                expires_at=session.expires_at,
                address=session.address,
                user_agent=session.user_agent,
            )
            for session in self._sessions.values()
            if session.user_id == user_id and session.revoked_at is None and now < session.expires_at
        ]
        return tuple(sorted(found, key=lambda session: (session.last_used_at, session.id), reverse=True))

    async def confirm(self, session_id: UUID, *, now: datetime) -> None:
        session = await self._sessions.lock(session_id)
        if session is not None:
            self._sessions.put(session_id, replace(session, confirmed_at=now))

    async def confirmed_at(self, session_id: UUID) -> datetime | None:
        session = self._sessions.get(session_id)
        return session.confirmed_at if session is not None else None

    async def revoke(self, session_id: UUID, *, now: datetime) -> bool:
        session = await self._sessions.lock(session_id)
        if session is None or session.revoked_at is not None:
            return False
        self._sessions.put(session_id, replace(session, revoked_at=now))
        return True

    async def revoke_all(self, user_id: UUID, *, now: datetime, except_for: UUID | None = None) -> tuple[UUID, ...]:
        ended = tuple(
            session.id
            for session in self._sessions.values()
            if session.user_id == user_id and session.revoked_at is None and session.id != except_for
        )
        for session_id in ended:
            await self.revoke(session_id, now=now)
        return ended

    async def end_with_commit(self, user_id: UUID, *, now: datetime) -> None:
        await self.revoke_all(user_id, now=now)

    def _last_used_at(self, session: SessionRow) -> datetime:
        uses = [token.rotated_at for token in self._tokens.values() if token.session_id == session.id]
        return max([session.created_at, *(use for use in uses if use is not None)])
