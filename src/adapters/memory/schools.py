"""Schools, and what each uses of its limits, in memory."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from adapters.memory.checks import check_school
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.repositories import Taken, TenantRepository, UsageRepository
from lms_app.ports.school import SchoolRepository
from lms_domain.schools.tenant import Limits, Tenant


class MemoryTenantRepository(TenantRepository):
    """All schools."""

    def __init__(self, database: MemoryDatabase, tx: Transaction) -> None:
        self._tx = tx
        self._tenants = Rows(database.tenants, tx, None)
        self._stored_bytes = Rows(database.stored_bytes, tx, None)

    async def add(self, tenant: Tenant) -> None:
        await self._check_subdomain(tenant)
        self._tenants.put(tenant.id, tenant, tenant_id=tenant.id)
        self._stored_bytes.put(tenant.id, 0, tenant_id=tenant.id)

    async def get(self, tenant_id: UUID) -> Tenant | None:
        return self._tenants.get(tenant_id)

    async def lock(self, tenant_id: UUID) -> Tenant | None:
        return await self._tenants.lock(tenant_id)

    async def save(self, tenant: Tenant) -> None:
        if await self._tenants.lock(tenant.id) is not None:
            await self._check_subdomain(tenant)
            self._tenants.put(tenant.id, tenant, tenant_id=tenant.id)

    async def by_subdomain(self, subdomain: str) -> Tenant | None:
        return next((tenant for tenant in self._tenants.values() if tenant.subdomain == subdomain), None)

    async def erase(self, tenant_id: UUID) -> None:
        self._tx.erase(tenant_id)

    async def _check_subdomain(self, tenant: Tenant) -> None:
        await self._tenants.lock_value(tenant.subdomain)
        other = await self.by_subdomain(tenant.subdomain)
        if other is not None and other.id != tenant.id:
            raise Taken("subdomain")


class MemorySchoolRepository(SchoolRepository):
    """The school of the transaction."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._tenants = Rows(database.tenants, tx, tenant_id)

    async def get(self) -> Tenant | None:
        return _without_notes(self._tenants.get(self._tenant_id))

    async def lock(self) -> Tenant | None:
        return _without_notes(await self._tenants.lock(self._tenant_id))

    async def save_settings(self, tenant: Tenant) -> None:
        check_school(tenant.id, self._tenant_id)
        kept = await self._tenants.lock(self._tenant_id)
        if kept is not None:
            changed = replace(
                kept,
                name=tenant.name,
                contact_email=tenant.contact_email,
                time_zone=tenant.time_zone,
                locale=tenant.locale,
                branding=tenant.branding,
                policies=tenant.policies,
            )
            self._tenants.put(tenant.id, changed)


def _without_notes(tenant: Tenant | None) -> Tenant | None:
    return replace(tenant, notes="") if tenant is not None else None


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
        return sum(user.is_learner for user in self._users.values())

    async def today(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self._tenant().time_zone)).date()

    def _tenant(self) -> Tenant:
        tenant = self._tenants.get(self._tenant_id)
        if tenant is None:
            raise LookupError("there is no such school")
        return tenant
