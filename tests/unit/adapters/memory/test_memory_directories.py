"""The memory directories under their contracts."""

import pytest

from adapters.memory.clock import MemoryClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.host_directory import MemoryHostDirectory
from adapters.memory.session_directory import MemorySessionDirectory
from adapters.memory.unit_of_work import MemoryUnitOfWork
from tests.contracts.directories import HostDirectoryContract, OwnDomainContract, SessionDirectoryContract
from tests.contracts.samples import NOW


@pytest.fixture
def clock() -> MemoryClock:
    return MemoryClock(NOW)


@pytest.fixture
def database() -> MemoryDatabase:
    return MemoryDatabase()


@pytest.fixture
def uow(database: MemoryDatabase, clock: MemoryClock) -> MemoryUnitOfWork:
    return MemoryUnitOfWork(database, clock)


class TestMemoryHostDirectory(HostDirectoryContract, OwnDomainContract):
    @pytest.fixture
    def hosts(self, database: MemoryDatabase, clock: MemoryClock) -> MemoryHostDirectory:
        return MemoryHostDirectory(database, clock)


class TestMemorySessionDirectory(SessionDirectoryContract):
    @pytest.fixture
    def sessions(self, database: MemoryDatabase, clock: MemoryClock) -> MemorySessionDirectory:
        return MemorySessionDirectory(database, clock)
