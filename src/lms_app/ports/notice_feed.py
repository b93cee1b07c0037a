"""Port: hearing at once that somebody was told something."""

import asyncio
from contextlib import AbstractContextManager
from typing import Protocol
from uuid import UUID


class NoticeFeed(Protocol):
    """Rings for a person when they were told something, whichever process it happened in."""

    def ears(self, tenant_id: UUID, user_id: UUID) -> AbstractContextManager[asyncio.Event]:
        """An event that is set, while the context lasts, whenever there may be something new; clear it before looking.
        It may ring for nothing, and after a lost connection it does."""
        ...
