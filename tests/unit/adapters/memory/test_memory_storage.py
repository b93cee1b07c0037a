"""The memory storage under its contract."""

import pytest

from adapters.memory.storage import MemoryStorage
from tests.contracts.storage import BrokenStorageContract, StorageContract


class TestMemoryStorage(StorageContract):
    @pytest.fixture
    async def storage(self) -> MemoryStorage:
        return MemoryStorage()


class TestBrokenMemoryStorage(BrokenStorageContract):
    @pytest.fixture
    async def broken(self) -> MemoryStorage:
        storage = MemoryStorage()
        storage.is_down = True
        return storage
