"""obstore's memory store behind the port."""

import pytest

from adapters.obstore.storage import ObstoreStorage, storage_from_url
from tests.contracts.storage import StorageContract


class TestObstoreMemory(StorageContract):
    @pytest.fixture
    async def storage(self) -> ObstoreStorage:
        return storage_from_url("memory:")
