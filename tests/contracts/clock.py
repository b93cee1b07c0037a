"""What every Clock does."""

from datetime import timedelta

import pytest

from lms_app.ports.clock import Clock


class ClockContract:
    """Runs over every adapter."""

    @pytest.fixture
    def clock(self) -> Clock:
        """The one under test."""
        raise NotImplementedError

    def test_an_instant_is_aware_and_in_utc(self, clock: Clock) -> None:
        assert clock.now().utcoffset() == timedelta(0)

    def test_time_does_not_run_backwards(self, clock: Clock) -> None:
        instants = [clock.now() for _ in range(1000)]
        assert instants == sorted(instants)
