"""The memory inventory under its contract."""

import pytest

from adapters.memory.clock import MemoryClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.inventory import MemoryInventory
from adapters.memory.unit_of_work import MemoryUnitOfWork
from tests.contracts.inventory import InventoryContract
from tests.contracts.samples import NOW


class TestMemoryInventory(InventoryContract):
    @pytest.fixture
    def database(self) -> MemoryDatabase:
        return MemoryDatabase()

    @pytest.fixture
    def uow(self, database: MemoryDatabase) -> MemoryUnitOfWork:
        return MemoryUnitOfWork(database, MemoryClock(NOW))

    @pytest.fixture
    def inventory(self, database: MemoryDatabase) -> MemoryInventory:
        return MemoryInventory(database)
