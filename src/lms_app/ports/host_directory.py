"""Port: which school a host name belongs to."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from lms_domain.schools.host import Site
from lms_domain.schools.tenant import TenantStatus


@dataclass(frozen=True, slots=True)
class HostedSchool:
    """The school behind a host, at most 5 seconds old."""

    tenant_id: UUID
    status: TenantStatus


class HostDirectory(Protocol):
    """Looks hosts up, with a short memory."""

    async def school(self, site: Site) -> HostedSchool | None:
        """The school of ``site``, or None when no school lives there (the platform's own host included)."""
        ...

    def forget(self, site: Site) -> None:
        """Ask anew next time: something was decided about the school."""
        ...
