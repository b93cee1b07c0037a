"""Schools' own host names, in memory."""

from uuid import UUID

from adapters.memory.checks import check_school, require
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.domains import DomainRepository
from lms_app.ports.repositories import Taken
from lms_domain.schools.custom_domain import DomainStatus, TenantDomain


class MemoryDomainRepository(DomainRepository):
    """The host names of one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._tenants = Rows(database.tenants, tx, tenant_id)
        self._domains = Rows(database.domains, tx, tenant_id)
        self._everybodys = Rows(database.domains, tx, None)

    async def add(self, domain: TenantDomain) -> None:
        check_school(domain.tenant_id, self._tenant_id)
        require(self._tenants.get(self._tenant_id))
        await self._check_unique(domain)
        self._domains.put(domain.id, domain)

    async def get(self, domain_id: UUID, *, for_update: bool = False) -> TenantDomain | None:
        return await self._domains.lock(domain_id) if for_update else self._domains.get(domain_id)

    async def all(self) -> tuple[TenantDomain, ...]:
        return tuple(sorted(self._domains.values(), key=lambda domain: (domain.created_at, domain.id)))

    async def save(self, domain: TenantDomain) -> None:
        check_school(domain.tenant_id, self._tenant_id)
        if await self._domains.lock(domain.id) is not None:
            await self._check_unique(domain)
            self._domains.put(domain.id, domain)

    async def delete(self, domain_id: UUID) -> None:
        if await self._domains.lock(domain_id) is not None:
            self._domains.remove(domain_id)

    async def _check_unique(self, domain: TenantDomain) -> None:
        await self._everybodys.lock_value(domain.hostname)
        for other in self._everybodys.values():
            is_other_row = other.hostname == domain.hostname and other.id != domain.id
            if is_other_row and (other.tenant_id == self._tenant_id or other.status is DomainStatus.VERIFIED):
                raise Taken("hostname")
