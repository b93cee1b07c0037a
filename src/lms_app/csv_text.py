"""CSV that programs read and spreadsheets open without running anything in it."""

import csv
import io
import re
from collections.abc import Iterable

import msgspec

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet compute a cell, also written in full width."""
_AFTER_SEPARATOR = re.compile(r'([;\t\r\n][\s"]*)(?=[-=+@\uff1d\uff0b\uff0d\uff20])')
"""The same inside a text, where a spreadsheet that ends cells at ``;`` or a tab would find another cell."""


def csv_cell(value: object) -> str:
    """``value`` as the text of a cell. Text that a spreadsheet would take for a formula gets an apostrophe in front,
    also behind what separates cells in other countries; numbers stay numbers; lists and objects become JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    harmless = _AFTER_SEPARATOR.sub(r"\1'", text)
    return f"'{harmless}" if text.lstrip(" ").startswith(_FORMULA) else harmless


def csv_lines(rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as lines of CSV (RFC 4180) in UTF-8."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    for row in rows:
        writer.writerow([csv_cell(value) for value in row])
    return lines.getvalue().encode()
