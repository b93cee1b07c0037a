"""Schools, and what each uses of its limits, in memory."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.repositories import Taken, TenantRepository, UsageRepository
from lms_domain.accounts.person import User
from lms_domain.accounts.roles import LEARNER_ROLES
from lms_domain.schools.tenant import Limits, Tenant


def is_learner(user: User) -> bool:
    """Who counts as a teacher of the school."""
    return user.is_active and user.role in LEARNER_ROLES


class MemoryTenantRepository(TenantRepository):
    """All schools."""

    def __init__(self, database: MemoryDatabase, tx: Transaction) -> None:
        self._tx = tx
        self._tenants = Rows(database.tenants, tx, None)
        self._stored_bytes = Rows(database.stored_bytes, tx, None)

    async def add(self, tenant: Tenant) -> None:
        await self._tenants.lock_value(tenant.subdomain)
        if await self.by_subdomain(tenant.subdomain) is not None:
            raise Taken("subdomain")
        self._tenants.put(tenant.id, tenant, tenant_id=tenant.id)
        self._stored_bytes.put(tenant.id, 0, tenant_id=tenant.id)

    async def get(self, tenant_id: UUID) -> Tenant | None:
        return self._tenants.get(tenant_id)

    async def by_subdomain(self, subdomain: str) -> Tenant | None:
        return next((tenant for tenant in self._tenants.values() if tenant.subdomain == subdomain), None)

    async def erase(self, tenant_id: UUID) -> None:
        self._tx.erase(tenant_id)


class MemoryUsageRepository(UsageRepository):
    """What the school uses of its limits."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._tenants = Rows(database.tenants, tx, tenant_id)
        self._stored_bytes = Rows(database.stored_bytes, tx, tenant_id)
        self._users = Rows(database.users, tx, tenant_id)
        self._courses = Rows(database.courses, tx, tenant_id)

    async def lock_limits(self) -> tuple[Limits, int]:
        await self._stored_bytes.lock(self._tenant_id)
        return await self.limits()

    async def limits(self) -> tuple[Limits, int]:
        return self._tenant().limits, self._stored_bytes.get(self._tenant_id) or 0

    async def add_stored_bytes(self, delta: int) -> None:
        before = await self._stored_bytes.lock(self._tenant_id)
        if before is not None:
            self._stored_bytes.put(self._tenant_id, max(0, before + delta))

    async def teacher_count(self) -> int:
        return sum(is_learner(user) for user in self._users.values())

    async def course_count(self) -> int:
        return len(self._courses.values())

    async def today(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self._tenant().time_zone)).date()

    def _tenant(self) -> Tenant:
        tenant = self._tenants.get(self._tenant_id)
        if tenant is None:
            raise LookupError("there is no such school")
        return tenant
