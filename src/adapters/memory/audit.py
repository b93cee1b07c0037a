"""The audit trail, in memory."""

from uuid import UUID

from adapters.memory.checks import require
from adapters.memory.courses import folded
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.audit.views import AuditEntryView
from lms_app.listing import Listing, PageRequest
from lms_app.ports.audit import AuditFilter, AuditQueries, AuditRepository
from lms_app.ports.repositories import Taken
from lms_app.scope import SystemScope, TenantScope
from lms_domain.audit.entry import AuditEntry


class MemoryAuditRepository(AuditRepository):
    """The trail of one school, or (None) of all and of the platform."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID | None) -> None:
        self._tenant_id = tenant_id
        self._tenants = Rows(database.tenants, tx, tenant_id)
        self._entries = Rows(database.audit, tx, None)

    async def add(self, entry: AuditEntry) -> None:
        if self._tenant_id is not None and entry.tenant_id != self._tenant_id:
            raise ValueError(f"this belongs to school {entry.tenant_id}, the transaction is for {self._tenant_id}")
        if entry.tenant_id is not None:
            require(self._tenants.get(entry.tenant_id))
        if self._entries.get(entry.id) is not None:
            raise Taken("other")
        self._entries.put(entry.id, entry, tenant_id=entry.tenant_id)


class MemoryAuditQueries(AuditQueries):
    """Reads what is committed in ``database``."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    async def entries(
        self, scope: TenantScope | SystemScope, filters: AuditFilter, page: PageRequest
    ) -> Listing[AuditEntryView]:
        with self._database.transaction() as tx:
            tenant_id = scope.tenant_id if isinstance(scope, TenantScope) else None
            entries = Rows(self._database.audit, tx, tenant_id).values()
        found = [entry for entry in entries if _matches(entry, filters)]
        found.sort(key=lambda entry: (entry.at, entry.id), reverse=True)
        shown = found[page.offset : page.offset + page.size]
        return Listing(count=len(found), results=[_view(entry) for entry in shown])


def _matches(entry: AuditEntry, filters: AuditFilter) -> bool:
    text = folded(filters.search)
    return (
        filters.actor_id in {None, entry.actor_id}
        and filters.action in {"", entry.action}
        and filters.object_type in {"", entry.object_type}
        and filters.object_id in {None, entry.object_id}
        and (filters.since is None or filters.since <= entry.at)
        and (filters.until is None or entry.at < filters.until)
        and (text in folded(entry.object_name) or text in folded(entry.actor_email))
    )


def _view(entry: AuditEntry) -> AuditEntryView:
    return AuditEntryView(
        id=entry.id,
        tenant_id=entry.tenant_id,
        at=entry.at,
        actor_id=entry.actor_id,
        actor_email=entry.actor_email,
        impersonated_by=entry.impersonated_by,
        action=entry.action,
        object_type=entry.object_type,
        object_id=entry.object_id,
        object_name=entry.object_name,
        address=entry.address,
        request_id=entry.request_id,
        before=dict(entry.before) if entry.before is not None else None,
        after=dict(entry.after) if entry.after is not None else None,
    )
