"""Every row of a school, for its export."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from sqlalchemy import Column, Integer, Select, Table, Text, cast, func, select, tuple_

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.sql import TenantSql
from adapters.postgres.statements import TENANT, Statement, of_tenant, parameter
from adapters.postgres.tables import metadata, tenants
from lms_app.ports.school_rows import ExportedTable, Row, SchoolRows, SchoolSnapshot
from lms_app.scope import TenantScope

_MAX_ROWS = 200
_FIRST_ROWS = 10
_BATCH_BYTES = 512 * 1024
"""About how much JSON a batch has: a transcript has a thousand times the size of a group's member."""

NOT_EXPORTED = frozenset(
    {
        # Secrets, or nothing but fingerprints of secrets.
        "sessions",
        "refresh_tokens",
        "one_time_tokens",
        "second_factors",
        "sign_in_failures",
        "idempotency_keys",
        # The program's own notes about its work.
        "jobs",
        "outbox",
        "storage_garbage",
        "video_steps",
        "watch_clocks",
        # Made from transcripts.
        "search_cues",
    }
)
"""Tables of schools that stay here."""

_SECRET = frozenset(
    {
        ("users", "password_hash"),
        ("tenant_domains", "token"),
        ("impersonations", "code_fingerprint"),
        # A mail that waits may hold a link that opens an account.
        ("mail_deliveries", "html"),
        ("mail_deliveries", "text"),
        ("mail_deliveries", "unsubscribe_url"),
        # The operator's, not the school's.
        ("tenants", "notes"),
    }
)
_DERIVED = ("_folded", "search_text")


def exported_columns(table: Table) -> tuple[Column[object], ...]:
    """What leaves with a school."""
    return tuple(
        column
        for column in table.columns
        if (table.name, column.name) not in _SECRET and not column.name.endswith(_DERIVED)
    )


class _Reading:
    """The two statements that read one table in batches: the first, and every other."""

    def __init__(self, table: Table) -> None:
        columns = exported_columns(table)
        # SQLAlchemy's names are more than text.
        self.table = ExportedTable(str(table.name), tuple(str(column.name) for column in columns))
        fence = table.c.id == TENANT if table is tenants else of_tenant(table)
        key = [column for column in table.primary_key.columns if column.name != "tenant_id"]
        self.key = tuple(column.name for column in key)
        bounds = [parameter(f"after_{column.name}", column.type) for column in key]
        matching = select(*columns).where(fence)
        self.first = Statement(self._batch(matching))
        self.next = Statement(self._batch(matching.where(tuple_(*key) > tuple_(*bounds)))) if key else None

    def _batch(self, matching: Select[*tuple[object, ...]]) -> Select[*tuple[object, ...]]:
        # PostgreSQL writes the JSON: it knows how to write every type that it has.
        row = matching.subquery("exported")
        order = [row.c[name] for name in self.key]
        json = cast(func.row_to_json(row.table_valued()), Text).label("json")
        return select(json, *order).order_by(*order).limit(parameter("limit", Integer))


_readings = {
    table.name: _Reading(table)
    for table in metadata.sorted_tables
    if table is tenants or ("tenant_id" in table.c and table.name not in NOT_EXPORTED)
}
_row = msgspec.json.Decoder(dict[str, object])


class PostgresSchoolRows(SchoolRows):
    """As the application's own role, which sees the rows of that school only."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database
        self.tables = tuple(reading.table for reading in _readings.values())

    @asynccontextmanager
    async def snapshot(self, scope: TenantScope) -> AsyncIterator[SchoolSnapshot]:
        async with self._database.read_at_once(scope) as sql:
            yield _Snapshot(sql)


class _Snapshot(SchoolSnapshot):
    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def rows(self, table: ExportedTable) -> AsyncIterator[tuple[Row, ...]]:
        reading = _readings[table.name]
        limit = _FIRST_ROWS
        found = await self._sql.rows(reading.first, limit=limit)
        while found:
            yield tuple(_row.decode(each["json"]) for each in found)
            if len(found) < limit or reading.next is None:
                return
            after = {f"after_{name}": found[-1][name] for name in reading.key}
            fitting = _BATCH_BYTES * len(found) // sum(len(each["json"]) for each in found)
            # At most twice as many as before: larger rows may follow.
            limit = max(1, min(fitting, 2 * limit, _MAX_ROWS))
            found = await self._sql.rows(reading.next, limit=limit, **after)
