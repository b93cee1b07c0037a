"""A folder behind the port."""

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


@pytest.fixture
async def emptied(tmp_path: Path) -> Path:
    storage = storage_from_url(tmp_path.as_uri())
    await put(storage, "a/b/c", b"x")
    await storage.delete("a/b/c")
    return tmp_path


def test_folders_go_with_their_last_object(emptied: Path) -> None:
    assert list(emptied.iterdir()) == []
