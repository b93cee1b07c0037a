"""What is left of sessions that ended, in memory."""

from datetime import datetime
from uuid import UUID

from adapters.memory.database import MemoryDatabase, SessionRow, TokenRow
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.ended_sessions import EndedSessionRepository


class MemoryEndedSessionRepository(EndedSessionRepository):
    """Sessions of all schools and of operators."""

    def __init__(self, database: MemoryDatabase, tx: Transaction) -> None:
        self._both = (
            (Rows(database.sessions, tx, None), Rows(database.tokens, tx, None)),
            (Rows(database.operator_sessions, tx, None), Rows(database.operator_tokens, tx, None)),
        )

    async def forget_tokens(self, ended_before: datetime, limit: int) -> int:
        return sum([_forget(sessions, tokens, ended_before, limit) for sessions, tokens in self._both])


def _forget(sessions: Rows[UUID, SessionRow], tokens: Rows[bytes, TokenRow], ended_before: datetime, limit: int) -> int:
    ended = {
        session.id
        for session in sessions.values()
        if min(session.expires_at, session.revoked_at or session.expires_at) < ended_before
    }
    old = [fingerprint for fingerprint, token in tokens.keyed() if token.session_id in ended][:limit]
    for fingerprint in old:
        tokens.remove(fingerprint)
    return len(old)
