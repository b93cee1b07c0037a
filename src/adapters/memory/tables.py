"""Tables in memory, with transactions that behave like those of the database in use (READ COMMITTED).

A transaction sees what others have committed and what it did itself. What it did becomes true at its commit, all at
once, or never. Who wants to change what another open transaction has changed waits until that ends.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar
from uuid import UUID

from lms_domain.errors import Unavailable

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

LOCK_SECONDS = 2.0
"""Two transactions that wait for each other would wait for ever."""


class Transactional(ABC):
    """What takes part in a transaction."""

    @abstractmethod
    def commit(self, tx: "Transaction") -> None:
        """Make what ``tx`` did true."""

    @abstractmethod
    def discard(self, tx: "Transaction") -> None:
        """Forget what ``tx`` did and did not commit."""

    @abstractmethod
    def erase(self, tx: "Transaction", tenant_id: UUID) -> None:
        """Remove everything of a school."""


class Transaction:
    """One transaction over ``parts``; ``locks`` are shared by all transactions."""

    def __init__(self, parts: tuple[Transactional, ...], locks: "dict[Hashable, Transaction]") -> None:
        self._parts = parts
        self._locks = locks
        self._ended = asyncio.Event()
        self._is_over = False

    def try_lock(self, what: Hashable) -> bool:
        """Have ``what`` until the end of this transaction, unless another has it."""
        return self._locks.setdefault(what, self) is self

    async def lock(self, what: Hashable) -> None:
        """The same, waiting for the other.

        Raises:
            Unavailable: the other took too long.
        """
        if self.try_lock(what):
            return
        try:
            async with asyncio.timeout(LOCK_SECONDS):
                while not self.try_lock(what):
                    await self._locks[what]._ended.wait()
        except TimeoutError:
            raise Unavailable("Somebody else is changing this. Please try again in a moment.") from None

    def require_open(self) -> None:
        """Raises RuntimeError after the commit, and outside of the context."""
        if self._is_over:
            raise RuntimeError("this transaction is over")

    def erase(self, tenant_id: UUID) -> None:
        """Remove everything of a school."""
        for part in self._parts:
            part.erase(self, tenant_id)

    def commit(self) -> None:
        """Make everything true at once."""
        self.require_open()
        for part in self._parts:
            part.commit(self)
        self.close()

    def close(self) -> None:
        """End; what was not committed never was."""
        self._is_over = True
        for part in self._parts:
            part.discard(self)
        for what in [what for what, owner in self._locks.items() if owner is self]:
            del self._locks[what]
        self._ended.set()


class Table(Transactional, Generic[K, V]):
    """Rows by key, each with the school it belongs to, if any. Values are never changed in place.

    Args:
        outlives_schools: erasing a school leaves these rows alone.
    """

    def __init__(self, *, outlives_schools: bool = False) -> None:
        self._outlives_schools = outlives_schools
        self._rows: dict[K, tuple[UUID | None, V]] = {}
        self._pending: dict[Transaction, dict[K, tuple[UUID | None, V] | None]] = {}

    def rows(self) -> list[V]:
        """All rows that are committed, for tests to look at."""
        return [value for _, value in self._rows.values()]

    def get(self, tx: Transaction, key: K) -> tuple[UUID | None, V] | None:
        """The row as ``tx`` sees it."""
        tx.require_open()
        changed = self._pending.get(tx, {})
        return changed[key] if key in changed else self._rows.get(key)

    def scan(self, tx: Transaction) -> Iterator[tuple[K, UUID | None, V]]:
        """All rows as ``tx`` sees them, in the order in which they came."""
        for key in [*self._rows, *(key for key in self._pending.get(tx, {}) if key not in self._rows)]:
            row = self.get(tx, key)
            if row is not None:
                yield key, *row

    def put(self, tx: Transaction, key: K, row: tuple[UUID | None, V] | None) -> None:
        """Insert, change, or remove (None)."""
        tx.require_open()
        self._pending.setdefault(tx, {})[key] = row

    def commit(self, tx: Transaction) -> None:
        for key, row in self._pending.get(tx, {}).items():
            if row is None:
                self._rows.pop(key, None)
            else:
                self._rows[key] = row

    def discard(self, tx: Transaction) -> None:
        self._pending.pop(tx, None)

    def erase(self, tx: Transaction, tenant_id: UUID) -> None:
        for key, owner, _ in self.scan(tx):
            if owner == tenant_id and not self._outlives_schools:
                self.put(tx, key, None)


class Rows(Generic[K, V]):
    """A table inside a transaction. With ``tenant_id``, rows of other schools are not there, new ones are its own."""

    def __init__(self, table: Table[K, V], tx: Transaction, tenant_id: UUID | None) -> None:
        self._table = table
        self._tx = tx
        self._tenant_id = tenant_id

    def get(self, key: K) -> V | None:
        """One row."""
        row = self._table.get(self._tx, key)
        return row[1] if row is not None and self._is_ours(row[0]) else None

    def keyed(self) -> list[tuple[K, V]]:
        """All rows with their keys."""
        return [(key, value) for key, owner, value in self._table.scan(self._tx) if self._is_ours(owner)]

    def values(self) -> list[V]:
        """All rows."""
        return [value for _, value in self.keyed()]

    def put(self, key: K, value: V, *, tenant_id: UUID | None = None) -> None:
        """Insert or change. ``tenant_id``: whose it is, where this is not about one school."""
        self._table.put(self._tx, key, (self._tenant_id or tenant_id, value))

    def remove(self, key: K) -> None:
        """Delete; fine when it is not there."""
        if self.get(key) is not None:
            self._table.put(self._tx, key, None)

    async def lock(self, key: K) -> V | None:
        """The row as it is once no other transaction is changing it; none other will until this one ends."""
        if self.get(key) is None:
            return None
        await self._tx.lock((self._table, key))
        return self.get(key)

    async def lock_value(self, what: Hashable) -> None:
        """Be the only one to use a value that must be unique among these rows."""
        await self._tx.lock((self._table, self._tenant_id, what))

    def try_lock(self, key: K) -> bool:
        """Have the row, unless another transaction has it."""
        return self._tx.try_lock((self._table, key))

    def take(self, key: K) -> V | None:
        """The row, locked; None when it is not there or another transaction has it (SKIP LOCKED)."""
        if self.get(key) is None or not self.try_lock(key):
            return None
        return self.get(key)

    def _is_ours(self, owner: UUID | None) -> bool:
        return self._tenant_id is None or owner == self._tenant_id
