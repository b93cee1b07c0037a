"""The audit trail: of schools, and of the platform, in a table of its own. No grant lets anybody change it."""

from collections.abc import Mapping

import msgspec

from adapters.postgres.folding import folded
from adapters.postgres.sql import SystemSql, TenantSql
from adapters.postgres.statements import Statement, insert_row
from adapters.postgres.tables import audit_log, platform_audit_log
from lms_app.ports.audit import AuditRepository
from lms_domain.audit.entry import AuditEntry

_ADD = Statement(insert_row(audit_log))
_ADD_OF_PLATFORM = Statement(insert_row(platform_audit_log))


def _values(entry: AuditEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": entry.at,
        "actor_id": entry.actor_id,
        "actor_email": entry.actor_email,
        "impersonated_by": entry.impersonated_by,
        "action": entry.action,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "object_name": entry.object_name,
        "address": entry.address,
        "request_id": entry.request_id,
        "search_text": f"{folded(entry.object_name)}\n{folded(entry.actor_email)}",
        "before": _json(entry.before),
        "after": _json(entry.after),
    }


def _json(facts: Mapping[str, object] | None) -> str | None:
    return None if facts is None else msgspec.json.encode(dict(facts)).decode()


class PostgresSchoolAuditRepository(AuditRepository):
    """The trail of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add(self, entry: AuditEntry) -> None:
        if entry.tenant_id != self._sql.tenant_id:
            raise ValueError(f"an entry of school {entry.tenant_id}, the transaction is for {self._sql.tenant_id}")
        await self._sql.run(_ADD, **_values(entry))


class PostgresAuditRepository(AuditRepository):
    """The trails of all schools and of the platform; as the system role."""

    def __init__(self, sql: SystemSql) -> None:
        self._sql = sql

    async def add(self, entry: AuditEntry) -> None:
        if entry.tenant_id is None:
            await self._sql.run(_ADD_OF_PLATFORM, **_values(entry))
        else:
            await self._sql.of_school(entry.tenant_id).run(_ADD, **_values(entry))
