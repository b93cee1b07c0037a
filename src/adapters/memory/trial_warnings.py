"""Which schools were warned that their trial ends, in memory."""

from datetime import date, datetime
from uuid import UUID

from adapters.memory.checks import require
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.trial_warnings import TrialWarningRepository
from lms_domain.schools.tenant import Tenant


class MemoryTrialWarningRepository(TrialWarningRepository):
    """Warnings of all schools."""

    def __init__(self, database: MemoryDatabase, tx: Transaction) -> None:
        self._tenants = Rows(database.tenants, tx, None)
        self._warnings = Rows(database.trial_warnings, tx, None)

    async def ending_between(self, first: date, last: date) -> tuple[Tenant, ...]:
        found = [each for each in self._tenants.values() if _is_ending(each, first, last)]
        found.sort(key=lambda each: (each.trial_ends_on, each.id))
        locked = [self._tenants.take(each.id) for each in found]
        return tuple(each for each in locked if each is not None)

    async def recorded(self, tenant_id: UUID, trial_ends_on: date) -> frozenset[int]:
        return frozenset(
            days
            for (school, last_day, days), _ in self._warnings.keyed()
            if (school, last_day) == (tenant_id, trial_ends_on)
        )

    async def record(self, tenant_id: UUID, trial_ends_on: date, days: tuple[int, ...], *, now: datetime) -> None:
        if days:
            require(self._tenants.get(tenant_id))
        for each in days:
            if self._warnings.get((tenant_id, trial_ends_on, each)) is None:
                self._warnings.put((tenant_id, trial_ends_on, each), now, tenant_id=tenant_id)


def _is_ending(tenant: Tenant, first: date, last: date) -> bool:
    return not tenant.is_converted and not tenant.is_suspended and first <= tenant.trial_ends_on <= last
