"""A folder behind the port."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.obstore.storage import ObstoreStorage, storage_from_url
from lms_app.ports.storage import ObjectStorage
from tests.contracts.storage import BrokenStorageContract, StorageContract, put


class TestObstoreLocal(StorageContract):
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return tmp_path / "with space" / "and ü" / "storage"

    @pytest.fixture
    async def storage(self, folder: Path) -> ObstoreStorage:
        self._folder = folder
        return storage_from_url(folder.as_uri())

    async def unfinished(self, storage: ObjectStorage) -> list[str]:
        return [str(path) for path in self._folder.rglob("*") if path.is_file()]


class TestBrokenObstoreLocal(BrokenStorageContract):
    @pytest.fixture
    async def broken(self, tmp_path: Path) -> ObstoreStorage:
        folder = tmp_path / "broken"
        storage = storage_from_url(folder.as_uri())
        folder.rmdir()
        folder.write_bytes(b"a file where the folder was")
        return storage


def leave(path: Path, modified_at: float) -> None:
    """A file of five bytes, written then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"12345")
    os.utime(path, (modified_at, modified_at))


def below(folder: Path) -> set[str]:
    """Everything below ``folder``, folders included."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


async def test_what_a_killed_upload_left_is_removed_when_it_is_old(tmp_path: Path) -> None:
    storage = storage_from_url(tmp_path.as_uri())
    await put(storage, "a/kept#not", b"x")
    now = datetime.now(UTC)
    for name, age in (("a/b/old.ts#1", 61), ("a/b/old.ts#23", 3600), ("a/c/young.ts#1", 59), ("b/elsewhere#1", 9000)):
        leave(tmp_path / name, now.timestamp() - age)
    assert [found.key async for found in storage.keys("a/")] == ["a/kept#not"]
    assert await storage.delete_unfinished("a/", before=now - timedelta(seconds=60)) == 10
    assert below(tmp_path) == {"a", "a/kept#not", "a/c", "a/c/young.ts#1", "b", "b/elsewhere#1"}


@pytest.fixture
async def emptied(tmp_path: Path) -> Path:
    storage = storage_from_url(tmp_path.as_uri())
    await put(storage, "a/b/c", b"x")
    await storage.delete("a/b/c")
    return tmp_path


def test_folders_go_with_their_last_object(emptied: Path) -> None:
    assert list(emptied.iterdir()) == []
