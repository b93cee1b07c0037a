"""Port: password hashing."""

from typing import Protocol


class HasherSaturated(Exception):
    """Too many passwords wait to be hashed already; try again in a moment."""


class PasswordHasher(Protocol):
    """Slow on purpose, off the event loop, in a pool of its own with a bounded queue."""

    async def hash(self, password: str) -> str:
        """A self-describing hash.

        Raises:
            HasherSaturated: the queue is full.
        """
        ...

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Whether ``password`` is the one. With None (no such account) it takes just as long and is False.

        Raises:
            HasherSaturated: the queue is full.
        """
        ...

    def needs_rehash(self, password_hash: str) -> bool:
        """Whether the hash was made with weaker parameters than today's."""
        ...
