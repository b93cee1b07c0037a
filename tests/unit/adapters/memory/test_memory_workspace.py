"""The memory workspace under its contract."""

import pytest

from adapters.memory.storage import MemoryStorage
from adapters.memory.workspace import MemoryWorkspace
from tests.contracts.workspace import WorkspaceContract


class TestMemoryWorkspace(WorkspaceContract):
    @pytest.fixture
    def workspace(self, storage: MemoryStorage) -> MemoryWorkspace:
        return MemoryWorkspace(storage)
