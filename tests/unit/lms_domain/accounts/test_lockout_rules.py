"""Waiting after failed sign-ins: growing, bounded, and never forced upon somebody by a stranger."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.accounts.lockout import (
    FORGET_AFTER,
    FREE_TRIES,
    MAX_WAIT_SECONDS,
    NETWORK_FREE_TRIES,
    SignInFailures,
    account_and_network_key,
    account_key,
    failed_again,
    network_key,
    network_of,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MOMENTS = st.floats(-60, 2 * FORGET_AFTER.total_seconds())


@pytest.mark.parametrize(
    ("count", "wait"),
    [(0, 0), (1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (14, 512), (15, MAX_WAIT_SECONDS), (10**9, MAX_WAIT_SECONDS)],
)
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(count: int, wait: int) -> None:
    assert SignInFailures(count, NOW).wait_seconds(NOW) == wait


def test_the_wait_runs_down_and_all_is_forgotten() -> None:
    failures = SignInFailures(8, NOW)  # 8 seconds
    assert failures.wait_seconds(NOW + timedelta(seconds=3)) == 5
    assert failures.wait_seconds(NOW + timedelta(seconds=8)) == 0
    assert failures.wait_seconds(NOW - timedelta(hours=1)) == 8  # a clock set back makes nobody wait longer
    assert failed_again(failures, now=NOW + FORGET_AFTER - timedelta(seconds=1)).count == 9
    assert failed_again(failures, now=NOW + FORGET_AFTER) == SignInFailures(1, NOW + FORGET_AFTER)
    assert failed_again(None, now=NOW) == SignInFailures(1, NOW)


def test_a_whole_school_behind_one_address_has_more_tries() -> None:
    failures = SignInFailures(NETWORK_FREE_TRIES, NOW)
    assert failures.wait_seconds(NOW, free_tries=NETWORK_FREE_TRIES) == 1
    assert SignInFailures(NETWORK_FREE_TRIES - 1, NOW).wait_seconds(NOW, free_tries=NETWORK_FREE_TRIES) == 0


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10_000), MOMENTS, MOMENTS)
def test_more_failures_never_mean_less_waiting_and_time_never_means_more(
    count: int, seconds: float, later: float
) -> None:
    now = NOW + timedelta(seconds=seconds)
    wait = SignInFailures(count, NOW).wait_seconds(now)
    assert 0 <= wait <= MAX_WAIT_SECONDS < FORGET_AFTER.total_seconds()
    assert wait <= SignInFailures(count + 1, NOW).wait_seconds(now)
    assert SignInFailures(count, NOW).wait_seconds(NOW + timedelta(seconds=max(seconds, later))) <= wait
    assert wait == 0 or count >= FREE_TRIES


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_networks(address: str, network: str) -> None:
    assert network_of(address) == network


def test_keys_tell_accounts_and_networks_apart_and_hide_addresses() -> None:
    keys = {
        account_and_network_key("ana@school.test", "203.0.113.9"),
        account_and_network_key("ana@school.test", "203.0.113.8"),
        account_and_network_key("bo@school.test", "203.0.113.9"),
        network_key("203.0.113.9"),
    }
    assert len(keys) == 4
    assert not any("school" in key for key in keys)
    assert account_and_network_key("ana@school.test", "x").startswith(account_key("ana@school.test") + "@")
