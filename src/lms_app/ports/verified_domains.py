"""Port: the host names that schools have proven, for whoever proves them again."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DomainRef:
    """A host name somewhere on the platform."""

    tenant_id: UUID
    domain_id: UUID


class VerifiedDomainRepository(Protocol):
    """Verified host names of all schools."""

    async def after(self, domain_id: UUID | None, limit: int) -> tuple[DomainRef, ...]:
        """Those behind ``domain_id`` by their ids; None: from the first one on."""
        ...
