"""Port: every row of a school, for its export."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from lms_app.scope import TenantScope

Row = Mapping[str, object]
"""JSON values by column."""


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """A table and what is exported of it: never secrets, nor what is made from other columns."""

    name: str
    columns: tuple[str, ...]


class SchoolSnapshot(Protocol):
    """A school at one moment."""

    def rows(self, table: ExportedTable) -> AsyncIterator[tuple[Row, ...]]:
        """All rows of a table, a batch at a time, in the order of their keys.

        Raises:
            Unavailable: while iterating; the snapshot is lost then.
        """
        ...


class SchoolRows(Protocol):
    """Reads whole schools. Never part of a request."""

    tables: tuple[ExportedTable, ...]

    def snapshot(self, scope: TenantScope) -> AbstractAsyncContextManager[SchoolSnapshot]:
        """All that is read inside belongs together, whatever changes meanwhile. Do not dawdle: a transaction is open.

        Raises:
            Unavailable: on entering.
        """
        ...
