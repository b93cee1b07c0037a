"""Which school a host name belongs to, in memory."""

from adapters.memory.database import MemoryDatabase
from adapters.memory.schools import MemoryTenantRepository
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostDirectory, HostedSchool
from lms_domain.schools.host import SchoolSubdomain, Site


class MemoryHostDirectory(HostDirectory):
    """Looks into ``database`` every time."""

    def __init__(self, database: MemoryDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def school(self, site: Site) -> HostedSchool | None:
        if not isinstance(site, SchoolSubdomain):
            return None
        with self._database.transaction() as tx:
            tenant = await MemoryTenantRepository(self._database, tx).by_subdomain(site.label)
        return HostedSchool(tenant.id, tenant.status(self._clock.now())) if tenant is not None else None
