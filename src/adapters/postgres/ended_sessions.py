"""What is left of sessions that ended."""

from datetime import datetime

from sqlalchemy import Integer, Table, delete, func, select, tuple_

from adapters.postgres.sql import SystemSql
from adapters.postgres.statements import Statement, parameter
from adapters.postgres.tables import platform_refresh_tokens, platform_sessions, refresh_tokens, sessions
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.ended_sessions import EndedSessionRepository


def _forget(tokens: Table, sessions: Table) -> Statement:
    """LEAST knows no null: a session ends when it runs out or is revoked, whichever comes first."""
    key = list(tokens.primary_key.columns)
    old = (
        select(*key)
        .join(sessions, sessions.c.id == tokens.c.session_id)
        .where(func.least(sessions.c.expires_at, sessions.c.revoked_at) < parameter("ended_before", TIMESTAMP))
        .limit(parameter("limit", Integer))
    )
    return Statement(delete(tokens).where(tuple_(*key).in_(old)))


_OF_SCHOOLS = _forget(refresh_tokens, sessions)
_OF_PLATFORM = _forget(platform_refresh_tokens, platform_sessions)


class PostgresEndedSessionRepository(EndedSessionRepository):
    """As the system role."""

    def __init__(self, sql: SystemSql) -> None:
        self._sql = sql

    async def forget_tokens(self, ended_before: datetime, limit: int) -> int:
        return sum(
            [
                await self._sql.run(statement, ended_before=ended_before, limit=limit)
                for statement in (_OF_SCHOOLS, _OF_PLATFORM)
            ]
        )
