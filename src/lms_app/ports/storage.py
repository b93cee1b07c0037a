"""Port: object storage. Keys are made by ``lms_domain.video.storage_keys`` only."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


class ObjectNotFound(Exception):
    """There is no object with that key."""


class StorageUnavailable(Exception):
    """The storage does not answer, or refuses: disk full, server error, no permission. Worth another try."""


class SizeExceeded(Exception):
    """More bytes came than allowed; nothing was stored."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """Facts about an object. ``etag`` is strong and quoted: it changes whenever the bytes do."""

    key: str
    size: int
    etag: str


@dataclass(frozen=True, slots=True)
class ListedObject:
    """An object as a listing shows it."""

    key: str
    size: int
    modified_at: datetime
    """When it was stored, by the storage's clock. S3 tells when an upload in parts began."""


@dataclass(frozen=True, slots=True)
class OpenObject:
    """An object being read. ``start`` and ``end`` are the range served, half-open, within ``size``."""

    info: StoredObject
    start: int
    end: int
    chunks: AsyncIterator[bytes]
    """At most 1 MiB each."""


class ObjectStorage(Protocol):
    """Keeps bytes under keys. Objects are written whole or not at all. Memory stays flat in every method."""

    async def put_stream(self, key: str, chunks: AsyncIterator[bytes], *, max_bytes: int) -> StoredObject:
        """Store what ``chunks`` yields. When it raises, nothing is stored and its exception passes through.

        Raises:
            SizeExceeded: more than ``max_bytes`` came.
            StorageUnavailable: see there.
        """
        ...

    async def put_file(self, key: str, source: Path) -> StoredObject:
        """Store a local file.

        Raises:
            StorageUnavailable: see there.
        """
        ...

    async def get_file(self, key: str, target: Path) -> None:
        """Write an object to a local file that does not exist yet.

        Raises:
            ObjectNotFound, StorageUnavailable: see there.
        """
        ...

    async def head(self, key: str) -> StoredObject:
        """Facts about an object.

        Raises:
            ObjectNotFound, StorageUnavailable: see there.
        """
        ...

    def open(self, key: str, *, start: int = 0, end: int | None = None) -> AbstractAsyncContextManager[OpenObject]:
        """Read an object, or its bytes from ``start`` up to but not including ``end``. Clipped to the object's size.

        Raises:
            ObjectNotFound, StorageUnavailable: see there, when entered.
            ValueError: ``start`` is not inside the object (an empty object has no inside), when entered.
        """
        ...

    async def delete(self, key: str) -> None:
        """Remove an object; fine when there is none.

        Raises:
            StorageUnavailable: see there.
        """
        ...

    def keys(self, prefix: str) -> AsyncIterator[ListedObject]:
        """All objects whose key starts with ``prefix`` (which ends in ``/``), in no order.

        Raises:
            StorageUnavailable: see there, while iterating.
        """
        ...

    async def delete_prefix(self, prefix: str) -> None:
        """Remove every object whose key starts with ``prefix`` (which ends in ``/``); fine when there is none.

        Raises:
            StorageUnavailable: see there; some may be gone.
        """
        ...

    async def delete_unfinished(self, prefix: str, *, before: datetime) -> int:
        """Remove what uploads below ``prefix`` (which ends in ``/``) that were killed before that instant have left
        and ``keys`` does not show; how many bytes. Stores that forget such remains by themselves answer 0.

        Raises:
            StorageUnavailable: see there.
        """
        ...

    async def check(self) -> None:
        """Raises StorageUnavailable unless an object could be stored just now."""
        ...
