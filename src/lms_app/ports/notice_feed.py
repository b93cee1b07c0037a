"""Port: hearing at once that somebody was told something, or that they may no longer listen."""

import asyncio
from contextlib import AbstractContextManager
from typing import Protocol
from uuid import UUID


class NoticeFeed(Protocol):
    """Rings for a person when something changed, whichever process it happened in. It may ring for nothing, and after
    a lost connection it does. An event stays set until whoever listens clears it, which they do before they look."""

    def ears(self, tenant_id: UUID, user_id: UUID) -> AbstractContextManager[asyncio.Event]:
        """An event that is set, while the context lasts, whenever the person was told something or read it."""
        ...

    def endings(self, tenant_id: UUID, user_id: UUID) -> AbstractContextManager[asyncio.Event]:
        """An event that is set, while the context lasts, whenever a session of the person ended, or something was
        decided about their school."""
        ...
