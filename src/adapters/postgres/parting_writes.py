"""What a transaction merely records or tells leaves it together: many small writes, one statement.

An entry of the audit trail, a mail, a doorbell: nobody in the transaction waits for what these give. They are kept
until it commits, or until a statement needs their tables, and then sent as one statement with a common table
expression for each. All parts of it see the database as it was before: what one of them writes, none that comes later
may read or write. What it reads a later one may write: the earlier sees it as it was. Foreign keys are checked at the
end.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Self

from sqlalchemy import ColumnElement, Integer, literal_column, select
from sqlalchemy.sql.dml import UpdateBase

from adapters.postgres.statements import Statement

_WITH = "WITH "
_NOTHING: ColumnElement[int] = literal_column("1", Integer)
_NUMBER = re.compile(r"\$(\d+)")


class PartingWrites:
    """Writes that wait, in their order, each with its values."""

    def __init__(self) -> None:
        self._waiting: dict[Statement, Mapping[str, object]] = {}
        self._read: frozenset[str] = frozenset()
        self._written: frozenset[str] = frozenset()
        self._needed: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def copy(self) -> Self:
        """The same writes, whatever becomes of these."""
        other = type(self)()
        other.restore(self)
        return other

    def restore(self, other: Self) -> None:
        """Those of ``other`` wait, and no more."""
        self._waiting = dict(other._waiting)
        self._read, self._written, self._needed = other._read, other._written, other._needed

    def clear(self) -> None:
        """They were sent: none waits any more."""
        self.restore(type(self)())

    def concern(self, statement: Statement) -> bool:
        """Whether ``statement``, sent now, would miss something, or be seen too early: it is about a table that these
        write, or needs one, writes one that these read, or deletes from one that these need."""
        return bool(self._waiting) and not (
            self._written.isdisjoint(statement.tables | statement.written | statement.needed)
            and self._read.isdisjoint(statement.written)
            and self._needed.isdisjoint(statement.emptied)
        )

    def can_take(self, statement: Statement) -> bool:
        """Whether ``statement`` may be sent with these, and after them: it neither reads nor writes what they write,
        and deletes nothing that they need."""
        touched = statement.tables | statement.written
        return self._written.isdisjoint(touched) and self._needed.isdisjoint(statement.emptied)

    def add(self, statement: Statement, values: Mapping[str, object]) -> bool:
        """One more; False, and nothing happens, when it cannot be sent with these."""
        if not self.can_take(statement):
            return False
        self._waiting[statement] = values
        self._read |= statement.tables
        self._written |= statement.written
        self._needed |= statement.needed
        return True

    def gather(self, statement: Statement, values: Mapping[str, object]) -> bool:
        """The same for an INSERT or DELETE of any number of rows, whose values that are lists are the rows: they join
        those that wait already."""
        earlier = self._waiting.get(statement)
        if earlier is None:
            return self.add(statement, values)
        joined: dict[str, object] = {}
        for name, value in values.items():
            before = earlier[name]
            if isinstance(before, list) and isinstance(value, list):
                joined[name] = [*before, *value]
            elif before == value:
                joined[name] = value
            else:
                return False
        self._waiting[statement] = joined
        return True

    def together(self, last: Statement | None = None) -> tuple[str, list[object]]:
        """One statement for all of them, and its values. It gives what ``last`` gives, whose values come behind."""
        if last is not None and not self._waiting:
            return last.sql, []
        parts = [_part(statement, number) for number, statement in enumerate(self._waiting)]
        text = _joined(
            tuple(part.sql for part in parts),
            tuple(part.width for part in parts),
            _END if last is None else last.sql,
        )
        values = zip(parts, self._waiting.values(), strict=True)
        return text, [argument for part, named in values for argument in part.arguments(named)]


@cache
def _part(statement: Statement, number: int) -> Statement:
    """``statement`` as a common table expression, and nothing behind it."""
    if not isinstance(statement.source, UpdateBase):
        raise TypeError("only INSERT, UPDATE and DELETE can wait")
    return Statement(select(_NOTHING).add_cte(statement.source.cte(f"parting_{number}")))


@cache
def _joined(texts: tuple[str, ...], widths: tuple[int, ...], last: str) -> str:
    """The texts as parts of ``last``, the places for values counted through."""
    parts, used = [], 0
    for text, width in zip(texts, widths, strict=True):
        parts.append(_renumbered(text.removeprefix(_WITH).removesuffix(_END), used))
        used += width
    behind = _renumbered(last, used)
    separator = ",\n" if behind.startswith(_WITH) else "\n"
    return _WITH + ",\n".join(parts) + separator + behind.removeprefix(_WITH)


def _renumbered(text: str, by: int) -> str:
    return _NUMBER.sub(lambda number: f"${int(number[1]) + by}", text)


_END = Statement(select(_NOTHING)).sql
