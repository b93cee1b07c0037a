"""What every source of Randomness does."""

import pytest

from lms_app.ports.randomness import Randomness


class RandomnessContract:
    """Runs over every adapter."""

    @pytest.fixture
    def randomness(self) -> Randomness:
        """The one under test."""
        raise NotImplementedError

    @pytest.mark.parametrize("count", [1, 10, 20, 32, 64])
    def test_as_many_bytes_as_were_asked_for(self, randomness: Randomness, count: int) -> None:
        assert len(randomness.random_bytes(count)) == count

    def test_nothing_comes_twice(self, randomness: Randomness) -> None:
        made = [randomness.random_bytes(16) for _ in range(1000)]
        assert len(set(made)) == 1000

    def test_every_value_of_a_byte_comes_up(self, randomness: Randomness) -> None:
        assert len(set(b"".join(randomness.random_bytes(32) for _ in range(500)))) == 256
