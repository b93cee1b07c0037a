"""Port: answers kept for clients that ask again. For people of one school, or for operators."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What a request was answered with."""

    status: int
    content_type: str | None
    location: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class KeyedRequest:
    """A request that came with a key. ``answer`` is None while it is at work, or was cut off."""

    fingerprint: bytes
    """Of what was asked for, 32 bytes."""
    started_at: datetime
    answer: KeptAnswer | None


class IdempotencyRepository(Protocol):
    """Requests by the person who sent them and the key that they chose."""

    async def begin(
        self, user_id: UUID, key: str, fingerprint: bytes, *, now: datetime, abandoned_before: datetime
    ) -> KeyedRequest | None:
        """Write the request down, by one statement: of any number at once only one begins. One with the same key and
        fingerprint that began before ``abandoned_before`` and has no answer is taken over.

        Returns:
            None: begin. Otherwise what there is already.
        """
        ...

    async def keep(self, user_id: UUID, key: str, answer: KeptAnswer) -> None:
        """The answer to a request that was begun."""
        ...

    async def release(self, user_id: UUID, key: str) -> None:
        """The request came to nothing: the key is free again. One that has its answer stays."""
        ...

    async def forget(self, before: datetime) -> int:
        """Remove what began before ``before``; how many requests that were."""
        ...
