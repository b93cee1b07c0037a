"""Objects on their way out of storage: window by window, so that memory stays flat whatever the store does."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import obstore
from obstore.store import ObjectStore

from adapters.obstore.errors import named_errors
from lms_app.ports.storage import OpenObject, StorageUnavailable, StoredObject

MIB = 1024 * 1024
MAX_CHUNK_BYTES = MIB
_BEYOND_ANY_OBJECT = 2**62


@dataclass(frozen=True, slots=True)
class ReadingHabit:
    """How one kind of store is read fastest."""

    window_bytes: int
    """Asked for at once. A reader that pauses between two windows holds no connection, so no timeout cuts it."""
    is_streamed: bool
    """Whether a window arrives piece by piece, or in one."""


READ_LOCAL = ReadingHabit(window_bytes=MAX_CHUNK_BYTES, is_streamed=False)
"""obstore streams local files in steps of 8 KiB: ten times slower than whole windows (300 MB: 1.2 s and 0.1 s)."""
READ_REMOTE = ReadingHabit(window_bytes=8 * MIB, is_streamed=True)


def facts_of(key: str, meta: "obstore.ObjectMeta") -> StoredObject:
    """What the port tells of an object."""
    etag = meta["e_tag"] or f'"{meta["last_modified"].timestamp():.6f}-{meta["size"]}"'
    return StoredObject(key, meta["size"], etag.removeprefix("W/"))


@asynccontextmanager
async def open_object(
    store: ObjectStore, habit: ReadingHabit, key: str, start: int, end: int | None
) -> AsyncIterator[OpenObject]:
    """See ``ObjectStorage.open``."""
    if not 0 <= start < (_BEYOND_ANY_OBJECT if end is None else end):
        raise ValueError(f"not a range: {start} to {end}")
    window_end = min(start + habit.window_bytes, _BEYOND_ANY_OBJECT if end is None else end)
    try:
        with named_errors(key):
            first = await obstore.get_async(store, key, options={"range": (start, window_end)})
    except StorageUnavailable:
        # Stores say in many ways that there is nothing at ``start``.
        with named_errors(key):
            size = (await obstore.head_async(store, key))["size"]
        if start >= size:
            raise ValueError(f"{key} has {size} bytes, none at {start}") from None
        raise
    info = facts_of(key, first.meta)
    end = info.size if end is None else min(end, info.size)
    chunks = _chunks(store, habit, first, key, end)
    try:
        yield OpenObject(info, start, end, chunks)
    finally:
        await chunks.aclose()


async def _chunks(
    store: ObjectStore, habit: ReadingHabit, first: "obstore.GetResult", key: str, end: int
) -> AsyncGenerator[bytes, None]:
    etag, position = first.meta["e_tag"], first.range[1]
    with named_errors(key):
        async for chunk in _pieces(habit, first):
            yield chunk
        while position < end:
            window = (position, min(position + habit.window_bytes, end))
            # An object that was replaced meanwhile must not be mixed with what went out already.
            result = await obstore.get_async(store, key, options={"range": window, "if_match": etag})
            position = window[1]
            async for chunk in _pieces(habit, result):
                yield chunk


async def _pieces(habit: ReadingHabit, result: "obstore.GetResult") -> AsyncIterator[bytes]:
    if not habit.is_streamed:
        yield bytes(await result.bytes_async())
        return
    async for buffer in result.stream(min_chunk_size=MAX_CHUNK_BYTES // 2):
        data = bytes(buffer)
        for offset in range(0, len(data), MAX_CHUNK_BYTES):
            yield data[offset : offset + MAX_CHUNK_BYTES]
