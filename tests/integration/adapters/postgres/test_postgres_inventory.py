"""The inventory of PostgreSQL under its contract."""

import pytest

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.inventory import PostgresVideoInventory
from tests.contracts.inventory import VideoInventoryContract


class TestPostgresVideoInventory(VideoInventoryContract):
    @pytest.fixture
    def inventory(self, database: PostgresDatabase) -> PostgresVideoInventory:
        return PostgresVideoInventory(database)
