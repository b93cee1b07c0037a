"""What PostgreSQL and the memory adapters do alike, beyond the repositories."""

import pytest

from adapters.memory.clock import MemoryClock
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.host_directory import PostgresHostDirectory
from adapters.postgres.session_directory import PostgresSessionDirectory
from tests.contracts.directories import HostDirectoryContract, OwnDomainContract, SessionDirectoryContract
from tests.contracts.parents import ParentContract
from tests.contracts.samples import NOW


@pytest.fixture
def clock() -> MemoryClock:
    return MemoryClock(NOW)


class TestParents(ParentContract):
    pass


class TestHostDirectory(HostDirectoryContract, OwnDomainContract):
    @pytest.fixture
    def hosts(self, database: PostgresDatabase, clock: MemoryClock) -> PostgresHostDirectory:
        return PostgresHostDirectory(database, clock)


class TestSessionDirectory(SessionDirectoryContract):
    @pytest.fixture
    def sessions(self, database: PostgresDatabase, clock: MemoryClock) -> PostgresSessionDirectory:
        return PostgresSessionDirectory(database, clock)
