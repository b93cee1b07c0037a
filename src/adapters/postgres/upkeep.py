"""What is kept for a while only, at all schools."""

from datetime import datetime

from sqlalchemy import Column, Integer, Table, delete, select, tuple_

from adapters.postgres.sql import SystemSql
from adapters.postgres.statements import Statement, parameter
from adapters.postgres.tables import idempotency_keys, sign_in_failures
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.upkeep import UpkeepRepository


def _forget(table: Table, age: Column[datetime]) -> Statement:
    key = list(table.primary_key.columns)
    old = select(*key).where(age < parameter("before", TIMESTAMP)).limit(parameter("limit", Integer))
    return Statement(delete(table).where(tuple_(*key).in_(old)))


_KEYS = _forget(idempotency_keys, idempotency_keys.c.started_at)
_FAILURES = _forget(sign_in_failures, sign_in_failures.c.last_at)


class PostgresUpkeepRepository(UpkeepRepository):
    """As the system role."""

    def __init__(self, sql: SystemSql) -> None:
        self._sql = sql

    async def forget_idempotency_keys(self, before: datetime, limit: int) -> int:
        return await self._sql.run(_KEYS, before=before, limit=limit)

    async def forget_sign_in_failures(self, before: datetime, limit: int) -> int:
        return await self._sql.run(_FAILURES, before=before, limit=limit)
