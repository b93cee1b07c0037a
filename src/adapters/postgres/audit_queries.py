"""Screens of the audit trail."""

import msgspec
from sqlalchemy import ColumnElement, FromClause, Text, Uuid, func, literal_column, null, or_, select, true, union_all

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.folding import folded
from adapters.postgres.screen_sql import LIMIT, OFFSET, listed, listing
from adapters.postgres.sql import Row
from adapters.postgres.statements import Statement, of_tenant, parameter
from adapters.postgres.tables import audit_log, platform_audit_log
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.audit.views import AuditEntryView
from lms_app.listing import Listing, PageRequest
from lms_app.ports.audit import AuditFilter, AuditQueries
from lms_app.scope import SystemScope, TenantScope

_ACTOR, _OBJECT = parameter("actor_id", Uuid), parameter("object_id", Uuid)
_ACTION, _TYPE, _SEARCH = parameter("action", Text), parameter("object_type", Text), parameter("search", Text)
_SINCE, _UNTIL = parameter("since", TIMESTAMP), parameter("until", TIMESTAMP)
_EMPTY = literal_column("''", Text)
_Facts = dict[str, object]
_facts = msgspec.json.Decoder(_Facts)


def _entries(log: FromClause, fence: ColumnElement[bool]) -> Statement:
    matching = select(log).where(
        fence,
        or_(_ACTOR.is_(None), log.c.actor_id == _ACTOR),
        or_(_ACTION == _EMPTY, log.c.action == _ACTION),
        or_(_TYPE == _EMPTY, log.c.object_type == _TYPE),
        or_(_OBJECT.is_(None), log.c.object_id == _OBJECT),
        or_(_SINCE.is_(None), log.c.at >= _SINCE),
        or_(_UNTIL.is_(None), log.c.at < _UNTIL),
        func.strpos(log.c.search_text, _SEARCH) > literal_column("0"),
    )
    page = matching.order_by(log.c.at.desc(), log.c.id.desc()).limit(LIMIT).offset(OFFSET)
    return Statement(listing(matching, page, ("at DESC", "id DESC")))


_shared = [column.name for column in platform_audit_log.columns]
_everything = union_all(
    select(audit_log.c.tenant_id, *audit_log.c[*_shared]),
    select(null().cast(Uuid).label("tenant_id"), *platform_audit_log.c[*_shared]),
).subquery("log")
_OF_SCHOOL = _entries(audit_log, of_tenant(audit_log))
_OF_ALL = _entries(_everything, true())


def _view(row: Row) -> AuditEntryView:
    return AuditEntryView(
        id=row["id"],
        tenant_id=row["tenant_id"],
        at=row["at"],
        actor_id=row["actor_id"],
        actor_email=row["actor_email"],
        impersonated_by=row["impersonated_by"],
        action=row["action"],
        object_type=row["object_type"],
        object_id=row["object_id"],
        object_name=row["object_name"],
        address=row["address"],
        request_id=row["request_id"],
        before=_facts.decode(row["before"]) if row["before"] is not None else None,
        after=_facts.decode(row["after"]) if row["after"] is not None else None,
    )


class PostgresAuditQueries(AuditQueries):
    """One statement for each page."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def entries(
        self, scope: TenantScope | SystemScope, filters: AuditFilter, page: PageRequest
    ) -> Listing[AuditEntryView]:
        values = {
            "actor_id": filters.actor_id,
            "action": filters.action,
            "object_type": filters.object_type,
            "object_id": filters.object_id,
            "since": filters.since,
            "until": filters.until,
            "search": folded(filters.search),
            "limit": page.size,
            "offset": page.offset,
        }
        if isinstance(scope, TenantScope):
            async with self._database.read(scope) as sql:
                rows = await sql.rows(_OF_SCHOOL, **values)
        else:
            async with self._database.read(scope) as system:
                rows = await system.rows(_OF_ALL, **values)
        count, shown = listed(rows)
        return Listing(count=count, results=[_view(row) for row in shown])
