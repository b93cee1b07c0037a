"""Port: new identifiers."""

from typing import Protocol
from uuid import UUID


class Ids(Protocol):
    """Makes identifiers. Ids are never taken from a client."""

    def new(self) -> UUID:
        """A UUIDv7 (RFC 9562): later ones sort after earlier ones."""
        ...
