"""Rows together with what belongs to them, locked and read by one statement.

PostgreSQL gives a row for whose lock a statement had to wait as it is now, but rows of other tables as they were when
the statement began. So each row is compared with what it was then: whoever changes what belongs to it writes it anew.
"""

from dataclasses import dataclass

from sqlalchemy import CTE, ColumnElement, Table, literal_column, select

from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import Statement, of_tenant

_WRITTEN_BY = "written_by"


def locked(table: Table, *which: ColumnElement[bool], shared: bool = False) -> CTE:
    """Rows of ``table``, locked until the transaction ends.

    Args:
        shared: others may hold the lock, too, and who wants to change a row waits.
    """
    return (
        select(table, literal_column(f"{table.name}.xmin").label(_WRITTEN_BY))
        .where(of_tenant(table), *which)
        .order_by(table.c.id)
        .with_for_update(read=shared, key_share=not shared)
        .cte("locked")
    )


def is_current(rows: CTE, table: Table) -> ColumnElement[bool]:
    """Whether a row of `locked` is what it was when the statement began; true where there is none (an outer join)."""
    before = table.alias("before")
    written_before = (
        select(literal_column("before.xmin")).where(of_tenant(before), before.c.id == rows.c.id).scalar_subquery()
    )
    return rows.c[_WRITTEN_BY].is_not_distinct_from(written_before).label("is_current")


@dataclass(frozen=True, slots=True)
class LockedRead:
    """A statement that locks and reads, with a column ``is_current``, and the same without locking."""

    lock: Statement
    read: Statement

    async def rows(self, sql: TenantSql, **values: object) -> list[Row]:
        """Locked rows, with what belongs to them as it is now."""
        found = await sql.rows(self.lock, **values)
        if all(row["is_current"] for row in found):
            return found
        # Something was changed while the lock had to wait. Now that it is ours, nobody changes it any more.
        return await sql.rows(self.read, **values)
