"""Byte ranges (RFC 9110, 14): one range per request, which is all that players ask for."""

import re
from dataclasses import dataclass

from entrypoints.http.refusals import RangeNotSatisfiable

_RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Half-open: from ``start`` up to but not including ``end``."""

    start: int
    end: int


def parse_range(header: str | None, size: int) -> ByteRange | None:
    """The range that is asked for, clipped to ``size``; None for the whole.

    Anything but one well-formed range counts as none: the RFC lets a server ignore what it does not understand, and
    a thousand small ranges would only be work.

    Raises:
        RangeNotSatisfiable: the range begins after the last byte.
    """
    found = _RANGE.fullmatch(header.strip()) if header else None
    if found is None or not (found["first"] or found["last"]):
        return None
    if not found["first"]:
        start, end = max(0, size - int(found["last"])), size
    else:
        start = int(found["first"])
        end = min(size, int(found["last"]) + 1) if found["last"] else size
        if found["last"] and int(found["last"]) < start:
            return None
    if start >= end:
        raise RangeNotSatisfiable(size)
    return ByteRange(start, end)
