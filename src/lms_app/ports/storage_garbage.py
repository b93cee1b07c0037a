"""Port: what lies in storage and is no longer wanted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Garbage:
    """A key, or, ending in ``/``, a prefix of keys, to be removed once ``collect_after`` has come."""

    tenant_id: UUID
    prefix: str
    collect_after: datetime


@dataclass(frozen=True, slots=True)
class GarbageToCollect:
    """Garbage as it is kept until it is collected."""

    id: int
    garbage: Garbage


class StorageGarbageRepository(Protocol):
    """Of one school, or, for the platform, of all. Written in the transaction that makes something unwanted; collected
    later, and once more after a crash."""

    async def add(self, garbage: tuple[Garbage, ...]) -> None:
        """Remember these."""
        ...

    async def due(self, limit: int, *, now: datetime) -> tuple[GarbageToCollect, ...]:
        """What may be removed now, the longest due first, each locked until the transaction ends; what another
        transaction has locked is left out (SKIP LOCKED)."""
        ...

    async def collected(self, ids: frozenset[int]) -> None:
        """These are gone from storage; forget them."""
        ...
