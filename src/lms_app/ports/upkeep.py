"""Port: what is kept for a while only, at all schools; for the sweeper."""

from datetime import datetime
from typing import Protocol


class UpkeepRepository(Protocol):
    """Removes what is no longer of use. What operators leave behind has repositories of its own."""

    async def forget_idempotency_keys(self, before: datetime, limit: int) -> int:
        """Remove answers to requests that began before ``before``, at most ``limit``; how many there were."""
        ...

    async def forget_sign_in_failures(self, before: datetime, limit: int) -> int:
        """Remove keys that last failed before ``before``, at most ``limit``; how many there were."""
        ...
