"""Port: what time it is."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Time for rules about people. Leases do not use it: they live by the database's clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...
