"""The workspace on disk: its contract, its cache and what it finds at the start."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from adapters.filesystem.workspace import FilesystemWorkspace
from adapters.memory.storage import MemoryStorage
from lms_app.ports.storage import StorageUnavailable, StoredObject
from tests.contracts.storage import put
from tests.contracts.workspace import WorkspaceContract, fill, is_there


class SlowStorage(MemoryStorage):
    """Waits at a gate before it gives a file; counts what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.at_once = self.most_at_once = 0

    async def get_file(self, key: str, target: Path) -> None:
        self.fetched.append(key)
        await self.gate.wait()
        await super().get_file(key, target)

    async def put_file(self, key: str, source: Path) -> StoredObject:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(0.001)
            return await super().put_file(key, source)
        finally:
            self.at_once -= 1


@pytest.fixture
def slow() -> SlowStorage:
    return SlowStorage()


@pytest.fixture
def workspace(slow: SlowStorage, tmp_path: Path) -> Iterator[FilesystemWorkspace]:
    made = FilesystemWorkspace(slow, tmp_path / "work", max_cache_bytes=100)
    yield made
    made.close()


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"]


async def fetch(workspace: FilesystemWorkspace, key: str) -> bytes:
    async with workspace.source(key) as path:
        return path.read_bytes()


class TestFilesystemWorkspace(WorkspaceContract):
    @pytest.fixture
    def workspace(self, storage: MemoryStorage, tmp_path: Path) -> Iterator[FilesystemWorkspace]:
        made = FilesystemWorkspace(storage, tmp_path / "work", max_cache_bytes=1000)
        yield made
        made.close()
        assert files_below(tmp_path) == []


async def test_those_who_ask_at_once_share_one_fetch(workspace: FilesystemWorkspace, slow: SlowStorage) -> None:
    await put(slow, "a", b"bytes")
    slow.gate.clear()
    waiting = [asyncio.create_task(fetch(workspace, "a")) for _ in range(5)]
    await asyncio.sleep(0.01)
    slow.gate.set()
    assert await asyncio.gather(*waiting) == [b"bytes"] * 5
    assert await fetch(workspace, "a") == b"bytes"
    assert slow.fetched == ["a"]


async def test_who_goes_away_does_not_disturb_the_others(workspace: FilesystemWorkspace, slow: SlowStorage) -> None:
    await put(slow, "a", b"bytes")
    slow.gate.clear()
    first, second = (asyncio.create_task(fetch(workspace, "a")) for _ in range(2))
    await asyncio.sleep(0.01)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    slow.gate.set()
    assert await second == b"bytes"
    assert slow.fetched == ["a"]


async def test_a_fetch_that_nobody_waits_for_stops(
    workspace: FilesystemWorkspace, slow: SlowStorage, tmp_path: Path
) -> None:
    await put(slow, "a", b"bytes")
    slow.gate.clear()
    tasks = [asyncio.create_task(fetch(workspace, "a")) for _ in range(2)]
    await asyncio.sleep(0.01)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    assert files_below(tmp_path) == []
    slow.gate.set()
    assert await fetch(workspace, "a") == b"bytes"
    assert slow.fetched == ["a", "a"]


async def test_those_who_wait_together_fail_together(workspace: FilesystemWorkspace, slow: SlowStorage) -> None:
    await put(slow, "a", b"bytes")
    slow.gate.clear()
    waiting = [asyncio.create_task(fetch(workspace, "a")) for _ in range(3)]
    await asyncio.sleep(0.01)
    slow.is_down = True
    slow.gate.set()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(result) for result in results] == [StorageUnavailable] * 3


async def test_the_one_used_longest_ago_makes_room(workspace: FilesystemWorkspace, slow: SlowStorage) -> None:
    for key in "abc":
        await put(slow, key, key.encode() * 40)
    await fetch(workspace, "a")
    await fetch(workspace, "b")
    await fetch(workspace, "a")
    await fetch(workspace, "c")  # 120 bytes: b must go
    slow.fetched.clear()
    await fetch(workspace, "a")
    await fetch(workspace, "c")
    assert slow.fetched == []
    await fetch(workspace, "b")
    assert slow.fetched == ["b"]


async def test_what_is_in_use_never_goes(workspace: FilesystemWorkspace, slow: SlowStorage, tmp_path: Path) -> None:
    for key in "abcd":
        await put(slow, key, key.encode() * 60)
    async with AsyncExitStack() as stack:
        paths = [await stack.enter_async_context(workspace.source(key)) for key in "abcd"]
        assert [path.read_bytes()[:1] for path in paths] == [b"a", b"b", b"c", b"d"]
    assert sum(path.stat().st_size for path in files_below(tmp_path)) <= 100


async def test_a_source_larger_than_the_cache_does_not_stay(
    workspace: FilesystemWorkspace, slow: SlowStorage, tmp_path: Path
) -> None:
    await put(slow, "a", b"x" * 1000)
    assert len(await fetch(workspace, "a")) == 1000
    assert files_below(tmp_path) == []


async def test_a_copy_that_somebody_removed_is_fetched_again(
    workspace: FilesystemWorkspace, slow: SlowStorage, tmp_path: Path
) -> None:
    await put(slow, "a", b"bytes")
    await fetch(workspace, "a")
    for path in files_below(tmp_path):
        path.unlink()
    assert await fetch(workspace, "a") == b"bytes"


async def test_a_source_cannot_be_written_to_by_mistake(workspace: FilesystemWorkspace, slow: SlowStorage) -> None:
    await put(slow, "a", b"bytes")
    async with workspace.source("a") as path:
        assert path.stat().st_mode & 0o777 == 0o400


async def test_at_most_four_uploads_at_once(workspace: FilesystemWorkspace, slow: SlowStorage) -> None:
    async with workspace.scratch() as folder:
        fill(folder, *(f"seg_{number}.ts" for number in range(20)))
        await workspace.publish(folder, "a/")
    assert slow.most_at_once == 4


async def test_links_are_not_published(workspace: FilesystemWorkspace, slow: SlowStorage) -> None:
    async with workspace.scratch() as folder:
        fill(folder, "real.ts")
        (folder / "link.ts").symlink_to("/etc/passwd")
        (folder / "folder.ts").symlink_to("/etc")
        published = await workspace.publish(folder, "a/")
    assert [found.key for found in published] == ["a/real.ts"]


def test_only_folders_that_nobody_holds_are_removed(tmp_path: Path) -> None:
    held = FilesystemWorkspace(MemoryStorage(), tmp_path, 100)
    fill(
        tmp_path,
        "process-dead/owner.lock",
        "process-dead/sources/source-1",
        "process-unlocked/sources/source-1",
        "mine",
    )
    FilesystemWorkspace(MemoryStorage(), tmp_path, 100).close()
    assert len(list(tmp_path.glob("process-*"))) == 1
    assert is_there(tmp_path / "mine")
    held.close()
    assert list(tmp_path.glob("process-*")) == []
