"""Object storage by obstore."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import obstore
from obstore.store import LocalStore, ObjectStore

from adapters.obstore.abandoned import remove_abandoned
from adapters.obstore.errors import named_errors
from adapters.obstore.incoming import IncomingChunks
from adapters.obstore.reading import MIB, ReadingHabit, facts_of, open_object
from adapters.obstore.stores import store_from_url
from lms_app.ports.storage import (
    ListedObject,
    ObjectNotFound,
    ObjectStorage,
    OpenObject,
    StorageUnavailable,
    StoredObject,
)

PART_BYTES = 8 * MIB
"""One part of an upload in parts. S3 takes at most 10,000 of them."""
PARTS_AT_ONCE = 3
LISTED_AT_ONCE = 1000
"""As many as S3 lists, and deletes, in one request."""
CLEAN_UP_SECONDS = 10.0
CHECK_SECONDS = 10.0
_ANY_SIZE = 2**62


class ObstoreStorage(ObjectStorage):
    """Objects in any store that obstore knows. Made by ``storage_from_url``."""

    def __init__(self, store: ObjectStore, reading: ReadingHabit) -> None:
        self._store = store
        self._reading = reading

    async def put_stream(self, key: str, chunks: AsyncIterator[bytes], *, max_bytes: int) -> StoredObject:
        """See the port."""
        incoming = IncomingChunks(chunks, max_bytes)
        upload = obstore.put_async(
            self._store, key, incoming, use_multipart=True, chunk_size=PART_BYTES, max_concurrency=PARTS_AT_ONCE
        )
        try:
            etag = await self._finish(key, upload, stop=incoming.stop)
        except Exception:
            if incoming.error is not None:
                raise incoming.error from None
            raise
        return StoredObject(key, incoming.size, etag)

    async def put_file(self, key: str, source: Path) -> StoredObject:
        """See the port.

        Raises:
            OSError: ``source`` cannot be read.
        """
        size = (await asyncio.to_thread(source.stat)).st_size
        if size > PART_BYTES:
            return await self.put_stream(key, _file_chunks(source), max_bytes=_ANY_SIZE)
        body = await asyncio.to_thread(source.read_bytes)
        upload = obstore.put_async(self._store, key, body, use_multipart=False)
        return StoredObject(key, len(body), await self._finish(key, upload))

    async def get_file(self, key: str, target: Path) -> None:
        """See the port.

        Raises:
            FileExistsError: ``target`` exists already; it is left alone.
        """
        with named_errors(key):
            meta = await obstore.head_async(self._store, key)
        file = await asyncio.to_thread(target.open, "xb")
        try:
            with named_errors(key), file:
                for start in range(0, meta["size"], self._reading.window_bytes):
                    window = (start, min(start + self._reading.window_bytes, meta["size"]))
                    result = await obstore.get_async(
                        self._store, key, options={"range": window, "if_match": meta["e_tag"]}
                    )
                    await asyncio.to_thread(file.write, await result.bytes_async())
        except BaseException:
            await asyncio.to_thread(target.unlink, missing_ok=True)
            raise

    async def head(self, key: str) -> StoredObject:
        """See the port."""
        with named_errors(key):
            return facts_of(key, await obstore.head_async(self._store, key))

    def open(self, key: str, *, start: int = 0, end: int | None = None) -> AbstractAsyncContextManager[OpenObject]:
        """See the port."""
        return open_object(self._store, self._reading, key, start, end)

    async def delete(self, key: str) -> None:
        """See the port."""
        with suppress(ObjectNotFound), named_errors(key):
            await obstore.delete_async(self._store, key)

    async def keys(self, prefix: str) -> AsyncIterator[ListedObject]:
        """See the port.

        Raises:
            ValueError: ``prefix`` does not end in ``/``.
        """
        async for batch in self._batches(prefix):
            for meta in batch:
                yield ListedObject(meta["path"], meta["size"], meta["last_modified"])

    async def delete_prefix(self, prefix: str) -> None:
        """See the port.

        Raises:
            ValueError: ``prefix`` does not end in ``/``.
        """
        async for batch in self._batches(prefix):
            paths = [meta["path"] for meta in batch]
            try:
                with named_errors(prefix):
                    await obstore.delete_async(self._store, paths)
            except ObjectNotFound:
                # Somebody else removes the same at the same time: the library stops at the first that is gone.
                for path in paths:
                    await self.delete(path)

    async def delete_unfinished(self, prefix: str, *, before: datetime) -> int:
        """See the port. A folder keeps what a killed upload had written; a bucket needs a lifecycle rule.

        Raises:
            ValueError: ``prefix`` does not end in ``/``.
        """
        _check_prefix(prefix)
        if not isinstance(self._store, LocalStore) or self._store.prefix is None:
            return 0
        with named_errors(prefix):
            return await asyncio.to_thread(remove_abandoned, Path(self._store.prefix) / prefix, before)

    async def check(self) -> None:
        """See the port. Takes at most ``CHECK_SECONDS``."""
        key = f"check/{uuid4().hex}"
        try:
            with named_errors(key):
                async with asyncio.timeout(CHECK_SECONDS):
                    await obstore.put_async(self._store, key, b"ok", use_multipart=False)
                    await obstore.delete_async(self._store, key)
        except ObjectNotFound as error:
            raise StorageUnavailable(f"there is nowhere to put {key}") from error

    async def aclose(self) -> None:
        """Await this before the process ends: obstore's threads crash an interpreter that ends right after a call
        (exit code 134; PyO3/pyo3-async-runtimes issue 40)."""
        await asyncio.sleep(0.05)

    async def _batches(self, prefix: str) -> AsyncIterator[Sequence["obstore.ObjectMeta"]]:
        _check_prefix(prefix)
        with named_errors(prefix):
            async for batch in obstore.list(self._store, prefix, chunk_size=LISTED_AT_ONCE):
                yield batch

    async def _finish(
        self, key: str, upload: Awaitable["obstore.PutResult"], stop: Callable[[], None] | None = None
    ) -> str:
        """The e-tag, once ``upload`` is done. When we are cancelled the upload is brought to its own end first: the
        library, if it were cancelled, would leave the parts that it has sent in the store."""
        running = asyncio.ensure_future(upload)
        try:
            with named_errors(key):
                etag = (await asyncio.shield(running))["e_tag"]
        except ObjectNotFound as error:
            raise StorageUnavailable(f"there is nowhere to put {key}") from error
        except asyncio.CancelledError:
            if not running.done():
                if stop is not None:
                    stop()
                await asyncio.wait({running}, timeout=CLEAN_UP_SECONDS)
            if running.done() and not running.cancelled() and running.exception() is None:
                with suppress(StorageUnavailable):
                    await self.delete(key)
            raise
        return etag or (await self.head(key)).etag


def storage_from_url(url: str) -> ObstoreStorage:
    """The storage at ``url``.

    - ``file:///var/lib/brain-lms/storage``: a folder, made when it is missing
    - ``s3://bucket/prefix?endpoint=http://127.0.0.1:9000&region=eu-central-1``: S3 and what speaks its protocol; with
      credentials as ``s3://KEY:SECRET@bucket`` (percent-encoded); what is not said comes from ``AWS_*`` variables
    - ``memory:``: gone with the process

    Raises:
        ValueError: not such an address. The message holds no credentials.
        OSError: the folder cannot be made.
    """
    return ObstoreStorage(*store_from_url(url))


def _check_prefix(prefix: str) -> None:
    if not prefix.endswith("/"):
        raise ValueError(f"a prefix ends in a slash: {prefix!r}")


async def _file_chunks(source: Path) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(source.open, "rb") as file:
        while chunk := await asyncio.to_thread(file.read, MIB):
            yield chunk
