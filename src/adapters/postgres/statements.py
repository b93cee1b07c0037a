"""SQL statements: written with SQLAlchemy Core, compiled once, run by asyncpg.

There is no SQLAlchemy engine at run time: a `Statement` is its text with ``$n`` and the order of its named values.
Never build one inside a function that runs often.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache, cached_property
from typing import TypeVar
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    FromClause,
    Table,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    column,
    func,
    literal_column,
)
from sqlalchemy.dialects.postgresql import JSONB, Insert, insert
from sqlalchemy.dialects.postgresql.asyncpg import dialect
from sqlalchemy.sql import visitors
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Delete, UpdateBase
from sqlalchemy.sql.elements import ClauseElement, CollectionAggregate
from sqlalchemy.types import TypeEngine

_DIALECT = dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves the constructors of dialects untyped
_TENANT = "tenant_id"


class Statement:
    """One statement with named values. Compiled when it is first used, then kept."""

    def __init__(self, source: ClauseElement) -> None:
        self.source = source

    @cached_property
    def _compiled(self) -> tuple[str, tuple[str, ...], Mapping[str, object]]:
        compiled = self.source.compile(dialect=_DIALECT)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError("this is no statement")
        names = tuple(compiled.positiontup or ())
        constants = {name: value for name, value in compiled.params.items() if not compiled.binds[name].required}
        return str(compiled), names, constants

    @property
    def sql(self) -> str:
        """The text, for asyncpg."""
        return self._compiled[0]

    @property
    def width(self) -> int:
        """How many values the text has places for."""
        return len(self._compiled[1])

    @cached_property
    def tables(self) -> frozenset[str]:
        """The tables that it reads or writes."""
        return frozenset(table.name for table in self._tables)

    @cached_property
    def written(self) -> frozenset[str]:
        """The tables of which it inserts, changes or deletes rows, with what goes with rows that are deleted."""
        return frozenset(table.name for table in self._written).union(*map(_gone_with, self._emptied))

    @cached_property
    def needed(self) -> frozenset[str]:
        """The tables to which rows that it writes belong: they cannot be written before those."""
        return frozenset(key.column.table.name for table in self._written for key in table.foreign_keys)

    @cached_property
    def emptied(self) -> frozenset[str]:
        """The tables from which it deletes."""
        return frozenset(table.name for table in self._emptied)

    @cached_property
    def _emptied(self) -> tuple[Table, ...]:
        parts = (part.table for part in visitors.iterate(self.source) if isinstance(part, Delete))
        return tuple(table for table in parts if isinstance(table, Table))

    @cached_property
    def _written(self) -> tuple[Table, ...]:
        parts = (part.table for part in visitors.iterate(self.source) if isinstance(part, UpdateBase))
        return tuple(table for table in parts if isinstance(table, Table))

    @cached_property
    def _tables(self) -> tuple[Table, ...]:
        return tuple(part for part in visitors.iterate(self.source) if isinstance(part, Table))

    @cached_property
    def is_fenced(self) -> bool:
        """Whether it asks for the school: the first fence."""
        return _TENANT in self._compiled[1]

    def arguments(self, values: Mapping[str, object]) -> list[object]:
        """``values`` in the order of the text.

        Raises:
            TypeError: a value is missing, or there is one that the statement does not know.
        """
        _, names, constants = self._compiled
        if len(values) + len(constants) != len(names):
            raise TypeError(f"wanted {sorted(set(names) - constants.keys())}, got {sorted(values)}")
        return [values[name] if name in values else constants[name] for name in names]


@cache
def _gone_with(table: Table) -> frozenset[str]:
    """The tables whose rows go, or forget what they refer to, when rows of ``table`` are deleted."""
    children = {
        key.parent.table
        for other in table.metadata.tables.values()
        for key in other.foreign_keys
        if key.column.table is table and key.ondelete is not None
    }
    return frozenset(child.name for child in children).union(*(_gone_with(child) for child in children - {table}))


T = TypeVar("T")


def parameter(name: str, type_: TypeEngine[T] | type[TypeEngine[T]]) -> BindParameter[T]:
    """A named value."""
    return bindparam(name, type_=type_)


TENANT: BindParameter[UUID] = bindparam(_TENANT, type_=Uuid)
"""The school. `sql.TenantSql` fills it in."""


def of_tenant(table: FromClause) -> ColumnElement[bool]:
    """The first fence: only rows of the school. Row-level security is the second."""
    return table.c.tenant_id == TENANT


def fixed(value: StrEnum) -> ColumnElement[str]:
    """A word of the program as part of the text: partial indexes are used for constants, not for parameters."""
    return literal_column(f"'{value.value}'", Text)


def any_id(name: str) -> CollectionAggregate[bool]:
    """``column == any_id("ids")``: one parameter, however many there are, so that the text stays the same."""
    return any_(bindparam(name, type_=ARRAY(Uuid)))


def insert_row(table: Table, *columns: str) -> Insert:
    """An INSERT whose named values are called like the columns; all columns of ``table`` if none are named."""
    wanted = columns or tuple(column.name for column in table.columns)
    return insert(table).values({name: bindparam(name, type_=table.c[name].type) for name in wanted})


def assign(table: Table, *columns: str) -> dict[str, BindParameter[object]]:
    """For ``update(table).values(...)``: named values that are called like the columns."""
    return {name: bindparam(name, type_=table.c[name].type) for name in columns}


def assign_all_but(table: Table, *kept: str) -> dict[str, BindParameter[object]]:
    """The same, for every column that is not in ``kept``."""
    return assign(table, *(column.name for column in table.columns if column.name not in kept))


def ring(channel: str, *said: ColumnElement[UUID]) -> ColumnElement[object]:
    """Wakes those who listen to ``channel`` when the transaction commits; they hear ``said``, with spaces between."""
    payload = func.concat_ws(literal_column("' '"), *said) if said else literal_column("''")
    return func.pg_notify(literal_column(f"'{channel}'"), payload)


class Given:
    """Any number of rows for ``table`` in one statement that is always the same text: an array for each column."""

    def __init__(self, table: Table, *columns: str, rows: str = "given") -> None:
        """``columns``: which of them are given; ``rows``: what they are called in the statement."""
        types = {name: Text() if isinstance(table.c[name].type, JSONB) else table.c[name].type for name in columns}
        self.columns = columns
        self.rows = (
            func.unnest(*(bindparam(f"{rows}_{name}", type_=ARRAY(type_)) for name, type_ in types.items()))
            .table_valued(*(column(name, type_) for name, type_ in types.items()))
            .render_derived(name=rows)
        )
        self._prefix = rows
        self.fields: tuple[ColumnElement[object], ...] = tuple(
            cast(self.rows.c[name], JSONB) if isinstance(table.c[name].type, JSONB) else self.rows.c[name]
            for name in columns
        )

    def values(self, rows: Iterable[Mapping[str, object]]) -> dict[str, object]:
        """``rows`` as the statement's values; JSON as text."""
        given = list(rows)
        return {f"{self._prefix}_{name}": [row[name] for row in given] for name in self.columns}
