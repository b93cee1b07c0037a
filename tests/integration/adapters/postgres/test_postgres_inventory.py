"""The inventory of PostgreSQL under its contract."""

import pytest

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.inventory import PostgresInventory
from tests.contracts.inventory import InventoryContract


class TestPostgresInventory(InventoryContract):
    @pytest.fixture
    def inventory(self, database: PostgresDatabase) -> PostgresInventory:
        return PostgresInventory(database)
