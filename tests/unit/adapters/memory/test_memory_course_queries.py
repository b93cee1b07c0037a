"""The memory queries about courses under their contract."""

import pytest

from adapters.memory.clock import MemoryClock
from adapters.memory.course_queries import MemoryCourseQueries
from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from tests.contracts.course_queries import CourseQueriesContract


class TestMemoryCourseQueries(CourseQueriesContract):
    @pytest.fixture
    def database(self) -> MemoryDatabase:
        return MemoryDatabase()

    @pytest.fixture
    def uow(self, database: MemoryDatabase) -> MemoryUnitOfWork:
        return MemoryUnitOfWork(database, MemoryClock())

    @pytest.fixture
    def queries(self, database: MemoryDatabase) -> MemoryCourseQueries:
        return MemoryCourseQueries(database)
