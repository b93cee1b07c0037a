"""Which schools were warned that their trial ends."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, Date, Integer, bindparam, column, func, not_, select
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.schools import tenant_from_row
from adapters.postgres.sql import SystemSql
from adapters.postgres.statements import TENANT, Statement, of_tenant, parameter
from adapters.postgres.tables import tenants, trial_warnings
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.trial_warnings import TrialWarningRepository
from lms_domain.schools.tenant import Tenant

_LAST_DAY = parameter("trial_ends_on", Date)
_ENDING = Statement(
    select(tenants)
    .where(
        not_(tenants.c.is_converted),
        not_(tenants.c.is_suspended),
        tenants.c.trial_ends_on.between(parameter("first", Date), parameter("last", Date)),
    )
    .order_by(tenants.c.trial_ends_on, tenants.c.id)
    .with_for_update(key_share=True, skip_locked=True)
)
_RECORDED = Statement(
    select(trial_warnings.c.days).where(of_tenant(trial_warnings), trial_warnings.c.trial_ends_on == _LAST_DAY)
)
_days = (
    func.unnest(bindparam("days", type_=ARRAY(Integer)))
    .table_valued(column("days", Integer), name="given")
    .render_derived()
)
_RECORD = Statement(
    insert(trial_warnings)
    .from_select(
        ["tenant_id", "trial_ends_on", "days", "recorded_at"],
        select(TENANT, _LAST_DAY, _days.c.days, parameter("now", TIMESTAMP)),
    )
    .on_conflict_do_nothing()
)


class PostgresTrialWarningRepository(TrialWarningRepository):
    """Warnings of all schools; as the system role."""

    def __init__(self, sql: SystemSql) -> None:
        self._sql = sql

    async def ending_between(self, first: date, last: date) -> tuple[Tenant, ...]:
        return tuple(tenant_from_row(row) for row in await self._sql.rows(_ENDING, first=first, last=last))

    async def recorded(self, tenant_id: UUID, trial_ends_on: date) -> frozenset[int]:
        rows = await self._sql.of_school(tenant_id).rows(_RECORDED, trial_ends_on=trial_ends_on)
        return frozenset(row["days"] for row in rows)

    async def record(self, tenant_id: UUID, trial_ends_on: date, days: tuple[int, ...], *, now: datetime) -> None:
        await self._sql.of_school(tenant_id).run(_RECORD, trial_ends_on=trial_ends_on, days=list(days), now=now)
