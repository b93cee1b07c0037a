"""CSV that programs read and spreadsheets open without running anything in it."""

import csv
import io
from collections.abc import Iterable

import msgspec

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet compute a cell, also written in full width."""


def csv_cell(value: object) -> str:
    """``value`` as the text of a cell. Text that a spreadsheet would take for a formula gets an apostrophe in front;
    numbers stay numbers; lists and objects become JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def csv_lines(rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as lines of CSV (RFC 4180) in UTF-8."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    for row in rows:
        writer.writerow([csv_cell(value) for value in row])
    return lines.getvalue().encode()
