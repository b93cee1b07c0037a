"""Which school a host name belongs to, in memory."""

from adapters.memory.database import MemoryDatabase
from adapters.memory.domains import is_served
from adapters.memory.schools import MemoryTenantRepository
from adapters.memory.tables import Rows
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostDirectory, HostedSchool
from lms_domain.schools.host import CustomDomain, PlatformHost, SchoolSubdomain, Site
from lms_domain.schools.tenant import Tenant


class MemoryHostDirectory(HostDirectory):
    """Looks into ``database`` every time."""

    def __init__(self, database: MemoryDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def school(self, site: Site) -> HostedSchool | None:
        tenant: Tenant | None = None
        with self._database.transaction() as tx:
            tenants = MemoryTenantRepository(self._database, tx)
            match site:
                case SchoolSubdomain(label):
                    tenant = await tenants.by_subdomain(label)
                case CustomDomain(name):
                    domains = Rows(self._database.domains, tx, None).values()
                    schools = Rows(self._database.tenants, tx, None)
                    served = (one.tenant_id for one in domains if one.hostname == name and is_served(one, schools))
                    owner = next(served, None)
                    tenant = await tenants.get(owner) if owner is not None else None
                case PlatformHost():
                    pass
        return HostedSchool(tenant.id, tenant.status(self._clock.now())) if tenant is not None else None

    def forget(self, site: Site) -> None:
        """Nothing is remembered."""
