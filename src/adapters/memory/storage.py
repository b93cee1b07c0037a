"""Objects in a dictionary."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lms_app.ports.clock import Clock
from lms_app.ports.storage import (
    ListedObject,
    ObjectNotFound,
    ObjectStorage,
    OpenObject,
    SizeExceeded,
    StorageUnavailable,
    StoredObject,
)

_CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Kept:
    body: bytes
    modified_at: datetime


class MemoryStorage(ObjectStorage):
    """``written`` holds the keys in the order in which they were stored. While ``is_down`` is true the storage does
    not answer."""

    def __init__(self, clock: Clock | None = None) -> None:
        """
        Args:
            clock: tells when an object was stored; without one it is the machine's.
        """
        self._clock = clock
        self._objects: dict[str, _Kept] = {}
        self.written: list[str] = []
        self.is_down = False

    async def put_stream(self, key: str, chunks: AsyncIterator[bytes], *, max_bytes: int) -> StoredObject:
        """See the port."""
        self._enter(key)
        body = bytearray()
        async for chunk in chunks:
            body += chunk
            if len(body) > max_bytes:
                raise SizeExceeded(f"more than {max_bytes} bytes came")
        return self._put(key, bytes(body))

    async def put_file(self, key: str, source: Path) -> StoredObject:
        """See the port.

        Raises:
            OSError: ``source`` cannot be read.
        """
        self._enter(key)
        return self._put(key, await asyncio.to_thread(source.read_bytes))

    async def get_file(self, key: str, target: Path) -> None:
        """See the port.

        Raises:
            FileExistsError: ``target`` exists already; it is left alone.
        """
        body = self._get(key)
        with await asyncio.to_thread(target.open, "xb") as file:
            file.write(body)

    async def head(self, key: str) -> StoredObject:
        """See the port."""
        return _facts(key, self._get(key))

    def open(self, key: str, *, start: int = 0, end: int | None = None) -> AbstractAsyncContextManager[OpenObject]:
        """See the port."""
        return self._open(key, start, end)

    async def delete(self, key: str) -> None:
        """See the port."""
        self._enter(key)
        self._objects.pop(key, None)

    async def keys(self, prefix: str) -> AsyncIterator[ListedObject]:
        """See the port.

        Raises:
            ValueError: ``prefix`` does not end in ``/``.
        """
        self._enter_prefix(prefix)
        for key, kept in list(self._objects.items()):
            if key.startswith(prefix):
                yield ListedObject(key, len(kept.body), kept.modified_at)

    async def delete_prefix(self, prefix: str) -> None:
        """See the port.

        Raises:
            ValueError: ``prefix`` does not end in ``/``.
        """
        self._enter_prefix(prefix)
        for key in [key for key in self._objects if key.startswith(prefix)]:
            del self._objects[key]

    async def delete_unfinished(self, prefix: str, *, before: datetime) -> int:
        """See the port: nothing is ever left.

        Raises:
            ValueError: ``prefix`` does not end in ``/``.
        """
        del before
        self._enter_prefix(prefix)
        return 0

    async def check(self) -> None:
        """See the port."""
        self._enter("check")

    @asynccontextmanager
    async def _open(self, key: str, start: int, end: int | None) -> AsyncIterator[OpenObject]:
        body = self._get(key)
        stop = len(body) if end is None else min(end, len(body))
        if not 0 <= start < stop:
            raise ValueError(f"{key} has {len(body)} bytes, none from {start} to {end}")
        yield OpenObject(_facts(key, body), start, stop, _chunks(body[start:stop]))

    def _put(self, key: str, body: bytes) -> StoredObject:
        now = self._clock.now() if self._clock is not None else datetime.now(UTC)
        self._objects[key] = _Kept(body, now)
        self.written.append(key)
        return _facts(key, body)

    def _get(self, key: str) -> bytes:
        self._enter(key)
        try:
            return self._objects[key].body
        except KeyError:
            raise ObjectNotFound(key) from None

    def _enter_prefix(self, prefix: str) -> None:
        if not prefix.endswith("/"):
            raise ValueError(f"a prefix ends in a slash: {prefix!r}")
        self._enter(prefix)

    def _enter(self, key: str) -> None:
        if {".", ".."}.intersection(key.split("/")):
            raise ValueError(f"not a key: {key!r}")
        if self.is_down:
            raise StorageUnavailable("told so")


def _facts(key: str, body: bytes) -> StoredObject:
    return StoredObject(key, len(body), f'"{hashlib.sha256(body).hexdigest()}"')


async def _chunks(body: bytes) -> AsyncIterator[bytes]:
    for offset in range(0, len(body), _CHUNK_BYTES):
        yield body[offset : offset + _CHUNK_BYTES]
