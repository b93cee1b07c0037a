"""Port: reports on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column. ``weight`` is its share of the page's width."""

    title: str
    weight: float


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """What is to be printed. Texts may be of any script and direction."""

    school: str
    title: str
    facts: Sequence[str]
    """Lines below the title: which rows, made when."""
    logo: bytes | None
    """PNG, JPEG or WebP."""
    color: str
    """#rrggbb of the school."""
    columns: Sequence[ReportColumn]
    rows: Sequence[Sequence[str]]


class ReportPrinter(Protocol):
    """Makes PDF."""

    async def print(self, paper: ReportPaper) -> bytes:
        """A PDF on A4 across: the heading once, the table's header and a number on every page. A logo that
        cannot be read is left out."""
        ...
