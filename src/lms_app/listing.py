"""Lists that come in pages."""

from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")

DEFAULT_PAGE_SIZE = 20
MAX_PAGE_SIZE = 100


class PageRequest(msgspec.Struct, frozen=True):
    """Which part of a list. ``number`` counts from 1."""

    number: int = 1
    size: int = DEFAULT_PAGE_SIZE

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.number - 1) * self.size


class Listing(msgspec.Struct, Generic[T], frozen=True):
    """One page of a list. ``count`` is that of the whole list."""

    count: int
    results: list[T]
