"""Port: what is left of sessions that ended, for the sweeper."""

from datetime import datetime
from typing import Protocol


class EndedSessionRepository(Protocol):
    """Sessions of all schools and of operators."""

    async def forget_tokens(self, ended_before: datetime, limit: int) -> int:
        """Remove refresh tokens of sessions that ran out or were revoked before ``ended_before``, at most ``limit`` of
        each kind; how many there were. The sessions themselves stay: they say when people were here.

        A session that ended recently keeps its tokens: using one of them again still tells of a theft."""
        ...
