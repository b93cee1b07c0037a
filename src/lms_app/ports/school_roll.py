"""Port: all schools, one after the other; for work that is done at each of them."""

from typing import Protocol
from uuid import UUID


class SchoolRoll(Protocol):
    """Which schools there are."""

    async def in_use(self) -> tuple[UUID, ...]:
        """Schools that the operator did not suspend. Whose trial is over the caller says, who knows the time."""
        ...
