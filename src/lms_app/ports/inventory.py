"""Port: what the database says lies in storage, for those who compare both."""

from typing import Protocol
from uuid import UUID

from lms_app.scope import SystemScope, TenantScope
from lms_domain.video.asset import VideoAsset


class Inventory(Protocol):
    """Reads everything, a page at a time, and locks nothing. Never part of a request."""

    async def schools(self, scope: SystemScope) -> tuple[UUID, ...]:
        """All schools, also those that are suspended or whose trial has ended."""
        ...

    async def videos(self, scope: TenantScope, *, after: UUID | None, limit: int) -> tuple[VideoAsset, ...]:
        """Videos with their steps in the order of their content ids, from the one behind ``after`` on; deleted ones
        and those of deleted courses included, as long as their rows exist."""
        ...

    async def files(self, scope: TenantScope) -> frozenset[str]:
        """Keys of all uploaded files other than videos."""
        ...
