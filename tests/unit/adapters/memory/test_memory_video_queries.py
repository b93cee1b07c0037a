"""The memory queries about videos under their contract."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta

import pytest

from adapters.memory.clock import MemoryClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.memory.video_queries import MemoryVideoQueries
from tests.contracts.repositories.video import LetPass
from tests.contracts.video_queries import VideoQueriesContract


class TestMemoryVideoQueries(VideoQueriesContract):
    @pytest.fixture
    def clock(self) -> MemoryClock:
        return MemoryClock()

    @pytest.fixture
    def database(self) -> MemoryDatabase:
        return MemoryDatabase()

    @pytest.fixture
    def uow(self, database: MemoryDatabase, clock: MemoryClock) -> MemoryUnitOfWork:
        return MemoryUnitOfWork(database, clock)

    @pytest.fixture
    def queries(self, database: MemoryDatabase, clock: MemoryClock) -> MemoryVideoQueries:
        return MemoryVideoQueries(database, clock)

    @pytest.fixture
    def let_pass(self, clock: MemoryClock) -> LetPass:
        def advance(seconds: float) -> Awaitable[None]:
            clock.advance(timedelta(seconds=seconds))
            return asyncio.sleep(0)

        return advance
