"""What every ObjectStorage does."""

import asyncio
import hashlib
import struct
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lms_app.ports.storage import ObjectNotFound, ObjectStorage, SizeExceeded, StorageUnavailable

MIB = 1024 * 1024
ANY = 10 * 1024 * MIB


async def chunks_of(*parts: bytes) -> AsyncIterator[bytes]:
    """The parts, one by one."""
    for part in parts:
        yield part


async def failing(error: BaseException, *parts: bytes) -> AsyncIterator[bytes]:
    """The parts, then ``error``."""
    for part in parts:
        yield part
    raise error


async def put(storage: ObjectStorage, key: str, *parts: bytes) -> None:
    """Store ``parts`` under ``key``."""
    await storage.put_stream(key, chunks_of(*parts), max_bytes=ANY)


async def read(storage: ObjectStorage, key: str, start: int = 0, end: int | None = None) -> bytes:
    """The bytes of a range."""
    async with storage.open(key, start=start, end=end) as opened:
        return b"".join([chunk async for chunk in opened.chunks])


async def names(storage: ObjectStorage, prefix: str) -> set[str]:
    """All keys below ``prefix``."""
    return {found.key async for found in storage.keys(prefix)}


_BLOCK = struct.pack(">65536I", *range(65536))


def pattern(size: int) -> bytes:
    """``size`` bytes in which every place looks different."""
    return (_BLOCK * (size // len(_BLOCK) + 1))[:size]


class ClientGone(Exception):
    """The error of a client's own iterator."""


class StorageContract:
    """Over a storage that works. A subclass gives the fixture."""

    @pytest.fixture
    async def storage(self) -> ObjectStorage:
        """An empty storage."""
        raise NotImplementedError

    async def unfinished(self, storage: ObjectStorage) -> list[str]:
        """What a broken upload may have left that ``keys`` does not show."""
        return []

    # --- writing ---

    @pytest.mark.parametrize(
        "parts",
        [
            (b"hello",),
            (b"a", b"b" * 1000, b"", b"c"),
            (b"x" * 100,) * 300,
            (pattern(5 * MIB + 1),),
            (pattern(MIB),) * 17 + (b"end",),
            (),
            (b"",),
        ],
        ids=["one", "several", "many small", "one large", "several parts of an upload", "none", "one empty"],
    )
    async def test_keeps_what_came(self, storage: ObjectStorage, parts: tuple[bytes, ...]) -> None:
        stored = await storage.put_stream("a/b.bin", chunks_of(*parts), max_bytes=ANY)
        whole = b"".join(parts)
        assert (stored.key, stored.size) == ("a/b.bin", len(whole))
        assert await storage.head("a/b.bin") == stored
        if whole:
            assert hashlib.sha256(await read(storage, "a/b.bin")).digest() == hashlib.sha256(whole).digest()

    async def test_etag_is_strong_quoted_and_follows_the_bytes(self, storage: ObjectStorage) -> None:
        first = await storage.put_stream("a/b", chunks_of(b"one"), max_bytes=ANY)
        second = await storage.put_stream("a/b", chunks_of(b"two"), max_bytes=ANY)
        for etag in (first.etag, second.etag):
            assert etag.startswith('"')
            assert etag.endswith('"')
            assert len(etag) > 2
        assert first.etag != second.etag
        async with storage.open("a/b") as opened:
            assert opened.info == second
        (listed,) = [found async for found in storage.keys("a/")]
        assert (listed.key, listed.size) == (second.key, second.size)

    async def test_a_later_object_takes_the_place_of_an_earlier(self, storage: ObjectStorage) -> None:
        await put(storage, "a/b", b"a long first text")
        await put(storage, "a/b", b"short")
        assert await read(storage, "a/b") == b"short"

    async def test_as_many_bytes_as_allowed_may_come(self, storage: ObjectStorage) -> None:
        stored = await storage.put_stream("a/b", chunks_of(b"12", b"345"), max_bytes=5)
        assert stored.size == 5

    @pytest.mark.parametrize("part", [b"x", b"x" * MIB])
    async def test_one_byte_too_many_stores_nothing_and_asks_for_no_more(
        self, storage: ObjectStorage, part: bytes
    ) -> None:
        asked = 0

        async def endless() -> AsyncIterator[bytes]:
            nonlocal asked
            while True:
                asked += 1
                yield part

        with pytest.raises(SizeExceeded):
            await storage.put_stream("a/b", endless(), max_bytes=20 * len(part) - 1)
        assert asked <= 21
        assert await names(storage, "a/") == set()
        assert await self.unfinished(storage) == []

    @pytest.mark.parametrize("before", [(), (b"some",), (b"x" * MIB,) * 20], ids=["at once", "soon", "late"])
    @pytest.mark.parametrize(
        "error",
        [ClientGone("gone"), FileNotFoundError("theirs"), TimeoutError("theirs"), ValueError("theirs")],
        ids=["own", "file", "timeout", "value"],
    )
    async def test_the_clients_own_error_passes_through_and_nothing_is_stored(
        self, storage: ObjectStorage, before: tuple[bytes, ...], error: Exception
    ) -> None:
        with pytest.raises(type(error)) as caught:
            await storage.put_stream("a/b", failing(error, *before), max_bytes=ANY)
        assert caught.value is error
        assert await names(storage, "a/") == set()
        assert await self.unfinished(storage) == []

    async def test_a_failed_upload_leaves_the_earlier_object(self, storage: ObjectStorage) -> None:
        await put(storage, "a/b", b"earlier")
        with pytest.raises(ClientGone):
            await storage.put_stream("a/b", failing(ClientGone(), b"later"), max_bytes=ANY)
        assert await read(storage, "a/b") == b"earlier"

    @pytest.mark.parametrize("before", [(), (b"x" * MIB,) * 20], ids=["at once", "late"])
    async def test_a_cancelled_upload_leaves_nothing(self, storage: ObjectStorage, before: tuple[bytes, ...]) -> None:
        stuck, closed = asyncio.Event(), asyncio.Event()

        async def slow() -> AsyncIterator[bytes]:
            try:
                for part in before:
                    yield part
                stuck.set()
                await asyncio.sleep(60)
                yield b"never"
            finally:
                closed.set()

        upload = asyncio.create_task(storage.put_stream("a/b", slow(), max_bytes=ANY))
        await asyncio.wait_for(stuck.wait(), 10)
        upload.cancel()
        with pytest.raises(asyncio.CancelledError):
            await upload
        assert closed.is_set(), "somebody still waits for the next chunk"
        assert await names(storage, "a/") == set()
        assert await self.unfinished(storage) == []

    async def test_uploads_at_the_same_time_do_not_mix(self, storage: ObjectStorage) -> None:
        await asyncio.gather(*(put(storage, f"a/{n}", bytes([n]) * 3000, bytes([n]) * 3000) for n in range(8)))
        for n in range(8):
            assert await read(storage, f"a/{n}") == bytes([n]) * 6000

    # --- reading ---

    async def test_what_is_not_there_is_not_found(self, storage: ObjectStorage, tmp_path: Path) -> None:
        await put(storage, "a/b/c", b"x")
        for missing in ("nothing/here", "a", "a/b", "a/b/cc"):
            with pytest.raises(ObjectNotFound):
                await storage.head(missing)
            with pytest.raises(ObjectNotFound):
                await read(storage, missing)
            with pytest.raises(ObjectNotFound):
                await read(storage, missing, start=5)
            with pytest.raises(ObjectNotFound):
                await storage.get_file(missing, tmp_path / "target")
            assert not (tmp_path / "target").exists()

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            (0, None), (0, 1), (0, 10_000_000), (7, 8), (100, 3000),
            (MIB - 1, MIB + 1), (MIB, 2 * MIB), (MIB, None), (3 * MIB + 6, None), (3 * MIB + 6, 3 * MIB + 7),
            (5, 2**62),
        ],
    )  # fmt: skip
    async def test_ranges_are_half_open_and_clipped(self, storage: ObjectStorage, start: int, end: int | None) -> None:
        whole = pattern(3 * MIB + 7)
        await put(storage, "a/b", whole)
        async with storage.open("a/b", start=start, end=end) as opened:
            assert (opened.start, opened.end) == (start, min(end or len(whole), len(whole)))
            assert opened.info.size == len(whole)
            assert b"".join([chunk async for chunk in opened.chunks]) == whole[start:end]

    @pytest.mark.parametrize(
        ("start", "end"),
        [(5, None), (5, 6), (6, 9), (10**18, None), (10**30, None), (-1, None), (-1, 3), (2, 2), (3, 2)],
    )
    async def test_a_range_that_holds_no_byte_is_refused(
        self, storage: ObjectStorage, start: int, end: int | None
    ) -> None:
        await put(storage, "a/b", b"12345")
        with pytest.raises(ValueError, match=r".+"):
            async with storage.open("a/b", start=start, end=end):
                pass

    async def test_an_empty_object_has_no_inside(self, storage: ObjectStorage) -> None:
        await put(storage, "a/b")
        with pytest.raises(ValueError, match=r".+"):
            await read(storage, "a/b")

    async def test_chunks_stay_small(self, storage: ObjectStorage) -> None:
        whole = pattern(20 * MIB + 3)
        await put(storage, "a/b", whole)
        async with storage.open("a/b") as opened:
            chunks = [chunk async for chunk in opened.chunks]
        assert b"".join(chunks) == whole
        assert max(map(len, chunks)) <= MIB
        assert min(map(len, chunks)) > 0
        assert all(type(chunk) is bytes for chunk in chunks)

    async def test_a_reader_may_leave_early(self, storage: ObjectStorage) -> None:
        await put(storage, "a/b", pattern(3 * MIB))
        async with storage.open("a/b") as opened:
            first = await anext(opened.chunks)
        assert first == pattern(3 * MIB)[: len(first)]
        await storage.delete("a/b")
        assert await names(storage, "a/") == set()

    # --- files ---

    @pytest.mark.parametrize("size", [0, 5, 3 * MIB, 9 * MIB + 1])
    async def test_files_go_in_and_come_out(self, storage: ObjectStorage, tmp_path: Path, size: int) -> None:
        source, target = tmp_path / "source", tmp_path / "target"
        source.write_bytes(pattern(size))
        stored = await storage.put_file("a/b", source)
        assert stored.size == size
        assert await storage.head("a/b") == stored
        await storage.get_file("a/b", target)
        assert target.read_bytes() == pattern(size)
        assert source.read_bytes() == pattern(size)

    async def test_a_file_that_is_there_is_never_overwritten(self, storage: ObjectStorage, tmp_path: Path) -> None:
        await put(storage, "a/b", b"new")
        target = tmp_path / "target"
        target.write_bytes(b"old")
        with pytest.raises(FileExistsError):
            await storage.get_file("a/b", target)
        assert target.read_bytes() == b"old"

    async def test_a_missing_source_file_is_the_callers_error(self, storage: ObjectStorage, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            await storage.put_file("a/b", tmp_path / "missing")
        assert await names(storage, "a/") == set()

    # --- the rest ---

    async def test_deleting_twice_is_fine(self, storage: ObjectStorage) -> None:
        await put(storage, "a/b", b"x")
        await storage.delete("a/b")
        await storage.delete("a/b")
        await storage.delete("never/there")
        with pytest.raises(ObjectNotFound):
            await storage.head("a/b")

    async def test_keys_are_those_below_the_prefix(self, storage: ObjectStorage) -> None:
        for key in ("a/1", "a/b/2", "a/b/c/3", "ab/4", "b/a/5"):
            await put(storage, key, b"x")
        assert await names(storage, "a/") == {"a/1", "a/b/2", "a/b/c/3"}
        assert await names(storage, "a/b/") == {"a/b/2", "a/b/c/3"}
        assert await names(storage, "c/") == set()

    async def test_a_prefix_ends_in_a_slash(self, storage: ObjectStorage) -> None:
        with pytest.raises(ValueError, match="slash"):
            await names(storage, "a")

    async def test_more_keys_than_one_page(self, storage: ObjectStorage, tmp_path: Path) -> None:
        source = tmp_path / "source"
        source.touch()
        for start in range(0, 1010, 10):
            await asyncio.gather(*(storage.put_file(f"a/{n}", source) for n in range(start, start + 10)))
        assert len(await names(storage, "a/")) == 1010
        await storage.delete_prefix("a/")
        assert await names(storage, "a/") == set()

    async def test_a_listing_says_when_an_object_was_stored(self, storage: ObjectStorage) -> None:
        before = datetime.now(UTC) - timedelta(seconds=2)  # S3 knows whole seconds only
        await put(storage, "a/b", b"x")
        (listed,) = [found async for found in storage.keys("a/")]
        assert before <= listed.modified_at <= datetime.now(UTC) + timedelta(seconds=2)

    async def test_a_prefix_is_deleted_with_everything_below_and_nothing_else(self, storage: ObjectStorage) -> None:
        for key in ("a/1", "a/b/2", "a/b/c/3", "a/bb/4", "b/5"):
            await put(storage, key, b"x")
        await storage.delete_prefix("a/b/")
        assert await names(storage, "a/") == {"a/1", "a/bb/4"}
        await storage.delete_prefix("a/b/")
        await asyncio.gather(*(storage.delete_prefix("a/") for _ in range(3)))
        assert (await names(storage, "a/"), await names(storage, "b/")) == (set(), {"b/5"})
        for attempt in (storage.delete_prefix("b"), storage.delete_unfinished("b", before=datetime.now(UTC))):
            with pytest.raises(ValueError, match="slash"):
                await attempt

    async def test_what_was_finished_is_not_unfinished(self, storage: ObjectStorage) -> None:
        await put(storage, "a/b/c", b"x")
        assert await storage.delete_unfinished("a/", before=datetime.now(UTC) + timedelta(days=1)) == 0
        assert await storage.delete_unfinished("nothing/", before=datetime.now(UTC)) == 0
        assert await names(storage, "a/") == {"a/b/c"}

    @pytest.mark.parametrize("key", ["../outside", "a/../../outside", "a/./b"])
    async def test_dot_segments_are_no_keys(self, storage: ObjectStorage, key: str) -> None:
        with pytest.raises(ValueError, match=r".+"):
            await put(storage, key, b"x")
        with pytest.raises(ValueError, match=r".+"):
            await read(storage, key)

    async def test_check_passes_and_leaves_nothing(self, storage: ObjectStorage) -> None:
        await storage.check()
        assert await names(storage, "check/") == set()


class BrokenStorageContract:
    """Over a storage that fails whatever is asked of it. A subclass gives the fixture."""

    @pytest.fixture
    async def broken(self) -> ObjectStorage:
        """A storage out of order."""
        raise NotImplementedError

    async def test_a_broken_storage_says_so(self, broken: ObjectStorage, tmp_path: Path) -> None:
        source = tmp_path / "source"
        source.write_bytes(b"x")
        for attempt in (
            broken.check(),
            broken.put_file("a/b", source),
            put(broken, "a/b", b"x"),
            broken.head("a/b"),
            read(broken, "a/b"),
            broken.get_file("a/b", tmp_path / "target"),
            broken.delete("a/b"),
            names(broken, "a/"),
            broken.delete_prefix("a/"),
        ):
            with pytest.raises(StorageUnavailable):
                await attempt
        assert not (tmp_path / "target").exists()
