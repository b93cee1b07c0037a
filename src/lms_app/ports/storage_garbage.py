"""Port: what lies in storage and is no longer wanted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Garbage:
    """A key, or, ending in ``/``, a prefix of keys, to be removed once ``collect_after`` has come."""

    id: UUID
    tenant_id: UUID
    prefix: str
    collect_after: datetime


class StorageGarbageRepository(Protocol):
    """Written in the transaction that makes something unwanted; collected later, again after a crash."""

    async def add(self, garbage: tuple[Garbage, ...]) -> None:
        """Remember these."""
        ...

    async def due(self, limit: int, *, now: datetime) -> tuple[Garbage, ...]:
        """What may be removed now, the longest due first, each locked until the transaction ends; what another
        transaction has locked is left out."""
        ...

    async def remove(self, garbage_ids: frozenset[UUID]) -> None:
        """These are collected."""
        ...
