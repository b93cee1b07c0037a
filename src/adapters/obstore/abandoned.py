"""What killed uploads leave in a folder.

The library writes an object to ``name#1`` (or any other number) beside its place and renames it at the end. Its
listings hide such files, so that nobody who looks by the library ever finds them.
"""

import os
import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

_STAGED = re.compile(r".+#[0-9]+", re.DOTALL)


def remove_abandoned(folder: Path, before: datetime) -> int:
    """Remove staged files below ``folder`` that nobody has written to since ``before``; how many bytes.

    Raises:
        OSError: a file cannot be removed.
    """
    removed = 0
    for parent, _, names in os.walk(folder):
        staged = [Path(parent, name) for name in names if _STAGED.fullmatch(name)]
        for path in staged:
            # What is gone meanwhile was finished or removed by somebody else.
            with suppress(FileNotFoundError):
                facts = path.stat()
                if facts.st_mtime < before.timestamp():
                    path.unlink()
                    removed += facts.st_size
        if staged:
            _remove_empty(Path(parent), folder)
    return removed


def _remove_empty(folder: Path, top: Path) -> None:
    """Folders go with the last file in them, as they do when an object is deleted."""
    with suppress(OSError):  # something is in it
        while folder != top:
            folder.rmdir()
            folder = folder.parent
