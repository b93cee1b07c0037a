"""Identifiers that are the same at every run."""

from itertools import count
from uuid import UUID

from lms_app.ports.ids import Ids


class SequentialIds(Ids):
    """1, 2, 3 in the form of a UUIDv7. ``series`` keeps two sources of ids apart."""

    def __init__(self, series: int = 0) -> None:
        self._series = series
        self._numbers = count(1)

    def new(self) -> UUID:
        """See the port."""
        return UUID(f"{self._series:08x}-0000-7000-8000-{next(self._numbers):012x}")
