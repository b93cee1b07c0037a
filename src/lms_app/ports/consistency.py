"""Port: what only the whole database can tell about its own consistency."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from lms_app.scope import SystemScope, TenantScope


@dataclass(frozen=True, slots=True)
class SchoolBooks:
    """Bytes of one school: what counts towards its plan, and what its videos and files say that they take."""

    tenant_id: UUID
    counted_bytes: int
    held_bytes: int


@dataclass(frozen=True, slots=True)
class LateDoorbell:
    """A message that should have left the outbox long ago."""

    message_id: int
    tenant_id: UUID
    step_id: UUID
    waiting_seconds: float


@dataclass(frozen=True, slots=True)
class GeneratedWork:
    """What was generated from a content's video."""

    reflections: int
    published_quizzes: int


class ConsistencyQueries(Protocol):
    """Looks at everything; never part of a request."""

    async def books(self, scope: SystemScope) -> tuple[SchoolBooks, ...]:
        """All schools, each as of one moment."""
        ...

    async def late_doorbells(self, scope: SystemScope, *, seconds: float) -> tuple[LateDoorbell, ...]:
        """What waits for longer than that, by the database's clock; the oldest first, at most 100."""
        ...

    async def live_leases(self, scope: SystemScope) -> int:
        """How many steps some worker holds now, by the database's clock."""
        ...

    async def overdue_garbage(self, scope: SystemScope, *, seconds: float) -> tuple[str, ...]:
        """Named garbage whose time came longer ago than that, by the database's clock; at most 100 prefixes."""
        ...

    async def generated(self, scope: TenantScope) -> dict[UUID, GeneratedWork]:
        """By content; contents of which nothing was generated are left out."""
        ...

    async def transcribed(self, scope: TenantScope) -> frozenset[UUID]:
        """Contents that have a transcript."""
        ...
