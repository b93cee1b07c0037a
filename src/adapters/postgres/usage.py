"""What a school uses of its limits."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Select, func, select, update

from adapters.postgres.people_sql import is_learner
from adapters.postgres.school import BESIDE, PostgresSchoolRepository
from adapters.postgres.sql import TenantSql
from adapters.postgres.statements import Statement, of_tenant, parameter
from adapters.postgres.tables import tenant_usage, tenants, users
from lms_app.ports.repositories import UsageRepository
from lms_domain.schools.tenant import Limits


def _limits() -> Select[*tuple[object, ...]]:
    return (
        select(*BESIDE, tenant_usage.c.stored_bytes)
        .join_from(tenant_usage, tenants, tenants.c.id == tenant_usage.c.tenant_id)
        .where(of_tenant(tenant_usage))
    )


_LIMITS = Statement(_limits())
_LOCK_LIMITS = Statement(_limits().with_for_update(of=tenant_usage, key_share=True))
_ADD_BYTES = Statement(
    update(tenant_usage)
    .where(of_tenant(tenant_usage))
    .values(stored_bytes=func.greatest(0, tenant_usage.c.stored_bytes + parameter("delta", BigInteger)))
)
_TEACHERS = Statement(select(func.count()).select_from(users).where(of_tenant(users), is_learner(users)))


class PostgresUsageRepository(UsageRepository):
    """What the school uses of its limits. Who locks the limits and then counts sees what everybody before them added:
    each statement has a snapshot of its own (READ COMMITTED)."""

    def __init__(self, sql: TenantSql, school: PostgresSchoolRepository) -> None:
        self._sql = sql
        self._school = school

    async def lock_limits(self) -> tuple[Limits, int]:
        return await self._read(_LOCK_LIMITS)

    async def limits(self) -> tuple[Limits, int]:
        return await self._read(_LIMITS)

    async def add_stored_bytes(self, delta: int) -> None:
        await self._sql.later(_ADD_BYTES, delta=delta)

    async def teacher_count(self) -> int:
        return await self._sql.count(_TEACHERS)

    async def today(self, now: datetime) -> date:
        school = await self._school.get()
        if school is None:
            raise LookupError("there is no such school")
        return now.astimezone(ZoneInfo(school.time_zone)).date()

    async def _read(self, statement: Statement) -> tuple[Limits, int]:
        row = await self._sql.row(statement)
        if row is None:
            raise LookupError("there is no such school")
        return self._school.from_beside(row).limits, row["stored_bytes"]
