"""Schools' own host names, in memory."""

from uuid import UUID

from adapters.memory.checks import check_school, require
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.domains import DomainRepository
from lms_app.ports.repositories import Taken
from lms_app.ports.verified_domains import DomainRef, VerifiedDomainRepository
from lms_domain.schools.custom_domain import DomainStatus, TenantDomain
from lms_domain.schools.features import Feature
from lms_domain.schools.tenant import Tenant


class MemoryDomainRepository(DomainRepository):
    """The host names of one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._tenants = Rows(database.tenants, tx, tenant_id)
        self._domains = Rows(database.domains, tx, tenant_id)
        self._everybodys = Rows(database.domains, tx, None)
        self._schools = Rows(database.tenants, tx, None)

    async def add(self, domain: TenantDomain) -> None:
        check_school(domain.tenant_id, self._tenant_id)
        require(self._tenants.get(self._tenant_id))
        await self._check_unique(domain, served_only=True)
        self._domains.put(domain.id, domain)

    async def get(self, domain_id: UUID, *, for_update: bool = False) -> TenantDomain | None:
        return await self._domains.lock(domain_id) if for_update else self._domains.get(domain_id)

    async def all(self) -> tuple[TenantDomain, ...]:
        return tuple(sorted(self._domains.values(), key=lambda domain: (domain.created_at, domain.id)))

    async def save(self, domain: TenantDomain) -> None:
        check_school(domain.tenant_id, self._tenant_id)
        if await self._domains.lock(domain.id) is not None:
            await self._check_unique(domain, served_only=False)
            self._domains.put(domain.id, domain)

    async def delete(self, domain_id: UUID) -> None:
        if await self._domains.lock(domain_id) is not None:
            self._domains.remove(domain_id)

    async def _check_unique(self, domain: TenantDomain, *, served_only: bool) -> None:
        await self._everybodys.lock_value(domain.hostname)
        for other in self._everybodys.values():
            if other.hostname != domain.hostname or other.id == domain.id:
                continue
            has_it = is_served(other, self._schools) if served_only else other.status is DomainStatus.VERIFIED
            if other.tenant_id == self._tenant_id or has_it:
                raise Taken("hostname")


class MemoryVerifiedDomainRepository(VerifiedDomainRepository):
    """Verified host names of all schools."""

    def __init__(self, database: MemoryDatabase, tx: Transaction) -> None:
        self._domains = Rows(database.domains, tx, None)

    async def after(self, domain_id: UUID | None, limit: int) -> tuple[DomainRef, ...]:
        verified = [domain for domain in self._domains.values() if domain.status is DomainStatus.VERIFIED]
        behind = sorted(domain.id for domain in verified if domain_id is None or domain.id > domain_id)[:limit]
        schools = {domain.id: domain.tenant_id for domain in verified}
        return tuple(DomainRef(tenant_id=schools[each], domain_id=each) for each in behind)


def is_served(domain: TenantDomain, schools: Rows[UUID, Tenant]) -> bool:
    """Whether the school of a host name is reached under it: the name is proven, and the plan has such names."""
    school = schools.get(domain.tenant_id)
    has_feature = school is not None and Feature.CUSTOM_DOMAIN in school.features
    return has_feature and domain.status is DomainStatus.VERIFIED
