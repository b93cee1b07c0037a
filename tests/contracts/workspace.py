"""What every Workspace does."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.memory.storage import MemoryStorage
from lms_app.ports.storage import ObjectNotFound, ObjectStorage, StorageUnavailable
from lms_app.ports.workspace import Workspace
from tests.contracts.storage import names, put, read

MakeWorkspace = Callable[[ObjectStorage], Workspace]


def fill(folder: Path, *paths: str) -> None:
    """Files whose content is their path."""
    for path in paths:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path)


def entries(folder: Path) -> list[str]:
    """Names in a folder."""
    return sorted(path.name for path in folder.iterdir())


def is_there(path: Path) -> bool:
    """Whether a file or folder exists."""
    return path.exists()


class WorkspaceContract:
    """Runs over every adapter. A subclass gives ``workspace``, over the storage of the fixture ``storage``."""

    @pytest.fixture
    def storage(self) -> MemoryStorage:
        """Where sources come from and results go to."""
        return MemoryStorage()

    @pytest.fixture
    def workspace(self, storage: MemoryStorage) -> Workspace:
        """The one under test."""
        raise NotImplementedError

    # --- sources ---

    async def test_a_source_is_a_local_file(self, workspace: Workspace, storage: MemoryStorage) -> None:
        await put(storage, "a/source.bin", b"bytes")
        async with workspace.source("a/source.bin") as path:
            assert path.is_absolute()
            assert path.read_bytes() == b"bytes"
        async with workspace.source("a/source.bin") as path:
            assert path.read_bytes() == b"bytes"

    async def test_an_empty_source_is_a_file_too(self, workspace: Workspace, storage: MemoryStorage) -> None:
        await put(storage, "a/source.bin")
        async with workspace.source("a/source.bin") as path:
            assert path.read_bytes() == b""

    async def test_a_source_stays_while_it_is_used(self, workspace: Workspace, storage: MemoryStorage) -> None:
        await put(storage, "a/source.bin", b"bytes")
        async with workspace.source("a/source.bin") as path:
            await storage.delete("a/source.bin")
            storage.is_down = True
            assert path.read_bytes() == b"bytes"

    async def test_a_missing_source_is_not_found(self, workspace: Workspace, storage: MemoryStorage) -> None:
        with pytest.raises(ObjectNotFound):
            async with workspace.source("a/source.bin"):
                pass
        await put(storage, "a/source.bin", b"late")
        async with workspace.source("a/source.bin") as path:
            assert path.read_bytes() == b"late"

    async def test_a_storage_out_of_order_is_tried_again_next_time(
        self, workspace: Workspace, storage: MemoryStorage
    ) -> None:
        await put(storage, "a/source.bin", b"bytes")
        storage.is_down = True
        with pytest.raises(StorageUnavailable):
            async with workspace.source("a/source.bin"):
                pass
        storage.is_down = False
        async with workspace.source("a/source.bin") as path:
            assert path.read_bytes() == b"bytes"

    async def test_many_may_use_a_source_at_once(self, workspace: Workspace, storage: MemoryStorage) -> None:
        await put(storage, "a/source.bin", b"bytes")

        async def use(seconds: float) -> bytes:
            async with workspace.source("a/source.bin") as path:
                await asyncio.sleep(seconds)
                return path.read_bytes()

        assert await asyncio.gather(*(use(number / 200) for number in range(5))) == [b"bytes"] * 5

    async def test_the_users_error_passes_through(self, workspace: Workspace, storage: MemoryStorage) -> None:
        await put(storage, "a/source.bin", b"bytes")
        with pytest.raises(ZeroDivisionError):
            async with workspace.source("a/source.bin"):
                raise ZeroDivisionError

    # --- scratch ---

    async def test_scratch_folders_are_empty_and_apart(self, workspace: Workspace) -> None:
        async with workspace.scratch() as one, workspace.scratch() as two:
            assert one != two
            assert entries(one) == entries(two) == []
            fill(one, "a/b/c.txt")
            assert entries(two) == []
        assert not is_there(one)
        assert not is_there(two)

    async def test_a_scratch_folder_goes_after_an_error(self, workspace: Workspace) -> None:
        seen: list[Path] = []

        async def work() -> None:
            async with workspace.scratch() as folder:
                fill(folder, "a/b")
                seen.append(folder)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await work()
        assert not is_there(seen[0])

    async def test_a_scratch_folder_goes_when_its_user_is_cancelled(self, workspace: Workspace) -> None:
        at_work: asyncio.Future[Path] = asyncio.get_running_loop().create_future()

        async def work() -> None:
            async with workspace.scratch() as folder:
                fill(folder, "a/b")
                at_work.set_result(folder)
                await asyncio.sleep(60)

        task = asyncio.create_task(work())
        folder = await at_work
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not is_there(folder)

    async def test_a_scratch_folder_may_be_gone_already(self, workspace: Workspace) -> None:
        async with workspace.scratch() as folder:
            folder.rmdir()

    # --- publishing ---

    async def test_playlists_come_last_and_masters_at_the_very_end(
        self, workspace: Workspace, storage: MemoryStorage
    ) -> None:
        async with workspace.scratch() as folder:
            fill(
                folder,
                "hls/master.m3u8",
                "hls/720p/index.m3u8",
                "hls/720p/seg_00001.ts",
                "hls/360p/index.m3u8",
                "hls/360p/seg_00001.ts",
                "thumb.jpg",
            )
            published = await workspace.publish(folder, "a/r1/")
            assert is_there(folder / "hls/master.m3u8"), "the folder stays as it was"
        order = [key.removeprefix("a/r1/") for key in storage.written]
        assert set(order[:3]) == {"hls/720p/seg_00001.ts", "hls/360p/seg_00001.ts", "thumb.jpg"}
        assert set(order[3:5]) == {"hls/720p/index.m3u8", "hls/360p/index.m3u8"}
        assert order[5:] == ["hls/master.m3u8"]
        assert {found.key for found in published} == set(storage.written) == await names(storage, "a/r1/")
        assert list(published) == [await storage.head(found.key) for found in published]
        assert await read(storage, "a/r1/hls/720p/index.m3u8") == b"hls/720p/index.m3u8"

    async def test_an_empty_folder_publishes_nothing(self, workspace: Workspace) -> None:
        async with workspace.scratch() as folder:
            assert await workspace.publish(folder, "a/r1/") == ()

    async def test_more_files_than_go_at_once(self, workspace: Workspace, storage: MemoryStorage) -> None:
        async with workspace.scratch() as folder:
            fill(folder, *(f"seg_{number:05}.ts" for number in range(50)))
            published = await workspace.publish(folder, "a/r1/")
        assert sum(found.size for found in published) == 50 * len("seg_00000.ts")
        assert len(await names(storage, "a/r1/")) == 50

    async def test_nothing_names_what_could_not_be_stored(self, workspace: Workspace, storage: MemoryStorage) -> None:
        async with workspace.scratch() as folder:
            fill(folder, "hls/master.m3u8", "hls/720p/index.m3u8", "hls/720p/seg_00001.ts")
            storage.is_down = True
            with pytest.raises(StorageUnavailable):
                await workspace.publish(folder, "a/r1/")
            storage.is_down = False
        assert await names(storage, "a/r1/") == set()

    async def test_a_prefix_ends_in_a_slash(self, workspace: Workspace) -> None:
        async with workspace.scratch() as folder:
            with pytest.raises(ValueError, match="slash"):
                await workspace.publish(folder, "a/r1")
