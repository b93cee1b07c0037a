"""The machine's random bytes under their contract."""

import pytest

from adapters.system.randomness import SystemRandomness
from tests.contracts.randomness import RandomnessContract


class TestSystemRandomness(RandomnessContract):
    @pytest.fixture
    def randomness(self) -> SystemRandomness:
        return SystemRandomness()
