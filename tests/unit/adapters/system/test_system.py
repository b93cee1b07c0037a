"""The machine's clock and ids."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from adapters.system import ids as module
from adapters.system.clock import SystemClock
from adapters.system.ids import Uuid7Ids
from tests.contracts.clock import ClockContract
from tests.contracts.ids import IdsContract


class TestSystemClock(ClockContract):
    @pytest.fixture
    def clock(self) -> SystemClock:
        return SystemClock()

    def test_it_shows_the_present(self, clock: SystemClock) -> None:
        assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


class TestUuid7Ids(IdsContract):
    @pytest.fixture
    def ids(self) -> Uuid7Ids:
        return Uuid7Ids()

    def test_the_first_48_bits_are_milliseconds(self, ids: Uuid7Ids) -> None:
        before = time.time_ns() // 1_000_000
        made = ids.new().int >> 80
        assert before <= made <= time.time_ns() // 1_000_000

    def test_the_order_survives_a_clock_that_is_set_back(self, ids: Uuid7Ids, monkeypatch: pytest.MonkeyPatch) -> None:
        made = []
        for milliseconds in (2_000, 1_000, 1_000, 3_000, 2_999):
            monkeypatch.setattr(module, "time_ns", lambda ms=milliseconds: ms * 1_000_000)
            made += [ids.new(), ids.new()]
        assert made == sorted(made)
        assert len(set(made)) == 10

    def test_a_full_random_part_counts_up_into_the_next_millisecond(
        self, ids: Uuid7Ids, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "time_ns", lambda: 1_000_000_000)
        monkeypatch.setattr(module, "randbits", lambda bits: (1 << bits) - 1)
        made = [ids.new()]
        monkeypatch.setattr(module, "_STEP_BITS", 73)
        made += [ids.new() for _ in range(5)]
        assert made == sorted(set(made))
        assert all(one.version == 7 for one in made)

    def test_threads_never_get_the_same(self, ids: Uuid7Ids) -> None:
        with ThreadPoolExecutor(4) as pool:
            made = [one for many in pool.map(lambda _: [ids.new() for _ in range(1000)], range(8)) for one in many]
        assert len(set(made)) == 8000

    def test_two_processes_do_not_meet(self) -> None:
        one, two = Uuid7Ids(), Uuid7Ids()
        assert not {one.new() for _ in range(1000)} & {two.new() for _ in range(1000)}
