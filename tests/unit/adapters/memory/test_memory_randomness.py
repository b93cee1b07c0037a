"""Randomness in memory under its contract."""

import pytest

from adapters.memory.randomness import SequentialRandomness
from tests.contracts.randomness import RandomnessContract


class TestSequentialRandomness(RandomnessContract):
    @pytest.fixture
    def randomness(self) -> SequentialRandomness:
        return SequentialRandomness()

    def test_it_is_the_same_at_every_run(self, randomness: SequentialRandomness) -> None:
        given = [randomness.random_bytes(20), randomness.random_bytes(32)]
        assert randomness.given == given
        again = SequentialRandomness()
        assert [again.random_bytes(20), again.random_bytes(32)] == given
