"""Port: schools' own host names."""

from typing import Protocol
from uuid import UUID

from lms_domain.schools.custom_domain import TenantDomain


class DomainRepository(Protocol):
    """The host names of one school."""

    async def add(self, domain: TenantDomain) -> None:
        """Raises Taken ``hostname``: this school has the name already, or another school has proven that it is its
        own."""
        ...

    async def get(self, domain_id: UUID, *, for_update: bool = False) -> TenantDomain | None:
        """One host name; with ``for_update`` its row is locked until the transaction ends."""
        ...

    async def all(self) -> tuple[TenantDomain, ...]:
        """All host names of the school, the oldest first."""
        ...

    async def save(self, domain: TenantDomain) -> None:
        """Raises Taken ``hostname``: another school was verified first."""
        ...

    async def delete(self, domain_id: UUID) -> None:
        """Remove a host name; fine when there is none."""
        ...
