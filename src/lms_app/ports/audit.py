"""Ports: writing and reading the audit trail."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec

from lms_app.audit.views import AuditEntryView
from lms_app.listing import Listing, PageRequest
from lms_app.scope import SystemScope, TenantScope
from lms_domain.audit.entry import AuditEntry


class AuditRepository(Protocol):
    """Adds, and does nothing else: entries are neither changed nor removed."""

    async def add(self, entry: AuditEntry) -> None:
        """Keep ``entry``, in the transaction of what it is about: either both happened or none."""
        ...


class AuditFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries. ``since`` is included, ``until`` is not; ``search`` looks into object names and actors'
    addresses."""

    actor_id: UUID | None = None
    action: str = ""
    object_type: str = ""
    object_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    search: str = ""


class AuditQueries(Protocol):
    """Screens of the audit trail, the newest entries first."""

    async def entries(
        self, scope: TenantScope | SystemScope, filters: AuditFilter, page: PageRequest
    ) -> Listing[AuditEntryView]:
        """A school's entries, or all there are, the platform's own included."""
        ...
