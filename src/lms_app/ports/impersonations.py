"""Port: operators' visits to schools."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from lms_domain.accounts.impersonation import Impersonation


class ImpersonationRepository(Protocol):
    """Visits: of one school, or, for the platform, of all. Nothing removes one but the end of its school."""

    async def add(self, impersonation: Impersonation) -> None:
        """A new visit; only the platform may open one. Raises Taken ``other`` when the fingerprint of its code is known
        already."""
        ...

    async def get(self, impersonation_id: UUID, *, for_update: bool = False) -> Impersonation | None:
        """One visit; with ``for_update`` its row is locked until the transaction ends."""
        ...

    async def lock_by_code(self, fingerprint: bytes) -> Impersonation | None:
        """The visit that a code opens, locked until the transaction ends."""
        ...

    async def save(self, impersonation: Impersonation) -> None:
        """When it was entered, when it ends and when it was ended."""
        ...

    async def live_of_operator(self, operator_id: UUID, *, now: datetime) -> tuple[Impersonation, ...]:
        """The visits that an operator is on just now."""
        ...
