"""The audit trail: of schools, and of the platform, in a table of its own. No grant lets anybody change it."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import insert, select

from adapters.postgres.folding import folded
from adapters.postgres.sql import SystemSql, TenantSql
from adapters.postgres.statements import TENANT, Given, Statement
from adapters.postgres.tables import audit_log, platform_audit_log
from lms_app.ports.audit import AuditRepository
from lms_domain.audit.entry import AuditEntry

_of_school = Given(audit_log, *(column.name for column in audit_log.columns if column.name != "tenant_id"))
_of_platform = Given(platform_audit_log, *(column.name for column in platform_audit_log.columns))
_ADD = Statement(insert(audit_log).from_select(["tenant_id", *_of_school.columns], select(TENANT, *_of_school.fields)))
_ADD_OF_PLATFORM = Statement(
    insert(platform_audit_log).from_select([*_of_platform.columns], select(*_of_platform.fields))
)


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
        self._sql.check_school(entry.tenant_id)
        await self._sql.gather(_ADD, **_of_school.values([_values(entry)]))


class PostgresAuditRepository(AuditRepository):
    """The trails of all schools and of the platform; as the system role."""

    def __init__(self, sql: SystemSql) -> None:
        self._sql = sql

    async def add(self, entry: AuditEntry) -> None:
        if entry.tenant_id is None:
            await self._sql.gather(_ADD_OF_PLATFORM, **_of_platform.values([_values(entry)]))
        else:
            await self._sql.of_school(entry.tenant_id).gather(_ADD, **_of_school.values([_values(entry)]))
