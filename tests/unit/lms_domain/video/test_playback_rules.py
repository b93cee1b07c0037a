"""How long a grant to watch holds."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_domain.video.playback import MAX_GRANT, grant_expiry

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("duration", "minutes"),
    [(None, 30), (0, 30), (60, 35), (150, 35), (151, 40), (3600, 150), (4 * 3600, 235), (10 * 3600, 235)],
)
def test_twice_the_video_and_half_an_hour(duration: float | None, minutes: int) -> None:
    assert grant_expiry(duration_seconds=duration, now=NOW) == NOW + timedelta(minutes=minutes)


@given(
    duration=st.none() | st.floats(0, 100_000),
    now=st.floats(1_700_000_000, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
)
def test_at_most_four_hours_at_full_five_minutes_and_never_too_short(duration: float | None, now: datetime) -> None:
    expiry = grant_expiry(duration_seconds=duration, now=now)
    assert expiry.utcoffset() == timedelta(0)
    assert expiry.timestamp() % 300 == 0
    assert expiry - now <= MAX_GRANT
    wanted = timedelta(seconds=2 * (duration or 0) + 1800)
    assert expiry - now >= min(wanted, MAX_GRANT - timedelta(minutes=5)) - timedelta(microseconds=1)


def test_those_who_start_within_five_minutes_share_an_address() -> None:
    expiries = {grant_expiry(duration_seconds=600, now=NOW + timedelta(seconds=second)) for second in range(1, 300, 7)}
    assert len(expiries) == 1
