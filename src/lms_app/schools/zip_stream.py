"""A ZIP archive that is made piece by piece, and never as a whole in memory or on disk."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo


class ZipEntry:
    """One file of an archive, while it is written. ``size`` and ``sha256`` are those of the file itself."""

    def __init__(self, path: str, write: Callable[[bytes], int]) -> None:
        self.path = path
        self.size = 0
        self._write = write
        self._digest = hashlib.sha256()

    def write(self, data: bytes) -> None:
        """Add to the file. It computes; call it in a thread for more than some kilobytes."""
        self._write(data)
        self.size += len(data)
        self._digest.update(data)

    @property
    def sha256(self) -> str:
        """Hexadecimal."""
        return self._digest.hexdigest()


class ZipStream:
    """Add files one after the other, and take away what there is of the archive in between. Archives and files may
    have more than 4 GiB."""

    def __init__(self, made_at: datetime) -> None:
        self._outlet = _Outlet()
        self._made_at = made_at
        # What cannot be rewound is all that ZipFile needs: it asks for nothing but write and flush.
        self._zip = ZipFile(cast(IO[bytes], self._outlet), "w", allowZip64=True)

    @contextmanager
    def entry(self, path: str, *, is_compressed: bool) -> Iterator[ZipEntry]:
        """A new file. Videos and pictures are compressed already."""
        info = ZipInfo(path, date_time=self._made_at.timetuple()[:6])
        info.compress_type = ZIP_DEFLATED if is_compressed else ZIP_STORED
        with self._zip.open(info, "w", force_zip64=True) as file:
            yield ZipEntry(path, file.write)

    def take(self) -> bytes:
        """What was made since the last time."""
        return self._outlet.take()

    def close(self) -> None:
        """Write the directory; take once more afterwards."""
        self._zip.close()


class _Outlet:
    """Where an archive goes that nobody can rewind."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def take(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)
