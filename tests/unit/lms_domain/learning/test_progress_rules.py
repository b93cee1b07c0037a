"""Progress: what was watched adds up, what cannot have been watched does not, and nothing is ever taken back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.errors import Conflict, InvalidInput
from lms_domain.learning.progress import SLACK_SECONDS, ContentProgress, WatchReport, started
from lms_domain.learning.seconds import SecondSet

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FRESH = started(user_id=UUID(int=1), content_id=UUID(int=2), now=START)
DURATION = 99.2
"""A hundred seconds, so that seconds are percents."""

reports = st.lists(
    st.tuples(st.integers(0, 99), st.integers(1, 30)).map(lambda at: (at[0], min(100, at[0] + at[1]))), max_size=8
)


def at(seconds: float) -> datetime:
    """So long after the start."""
    return START + timedelta(seconds=seconds)


def report(
    progress: ContentProgress,
    *pairs: tuple[int, int],
    now: datetime,
    rate: float = 1.0,
    required: int = 90,
    busy_until: datetime = START,
) -> WatchReport:
    """A player says that it played these seconds."""
    return progress.report(
        SecondSet.merged(pairs),
        position_seconds=pairs[-1][1] if pairs else 0.0,
        playback_rate=rate,
        duration_seconds=DURATION,
        required_coverage=required,
        busy_until=busy_until,
        now=now,
    )


@settings(max_examples=80, deadline=None)
@given(reports, st.data())
def test_reports_in_any_order_and_any_number_of_times_give_their_union(
    pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    # Enough time between reports: here it is not plausibility that is tested.
    shuffled = data.draw(st.permutations(pairs + pairs[: len(pairs) // 2]))
    progress = FRESH
    for number, pair in enumerate(shuffled, start=1):
        result = report(progress, pair, now=at(100 * number))
        assert not result.rejected
        progress = result.progress
    assert progress.watched == SecondSet.merged(pairs)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(reports, st.floats(-20, 60), st.sampled_from([0.25, 1.0, 1.5, 2.0])), max_size=8))
def test_whatever_is_reported_nothing_falls_and_nobody_outruns_the_clock(
    course_of_events: list[tuple[list[tuple[int, int]], float, float]],
) -> None:
    progress, clock, busy = FRESH, START, START
    for pairs, passed, rate in course_of_events:
        clock += timedelta(seconds=passed)  # Clocks of two servers may differ: time may even seem to go back.
        before = progress
        result = report(before, *pairs, now=clock, rate=rate, busy_until=busy)
        assert result.busy_until >= busy
        progress, busy = result.progress, result.busy_until
        assert progress.watched == before.watched.union(result.credited)
        assert not result.credited.intersect(before.watched)
        assert result.credited.union(result.rejected) == SecondSet.merged(pairs).minus(before.watched)
        assert not result.credited.intersect(result.rejected)
        assert progress.coverage(DURATION) >= before.coverage(DURATION)
        elapsed = max(0.0, (clock - START).total_seconds())
        assert progress.watched.total <= max(before.watched.total, elapsed * 2 + SLACK_SECONDS)
        assert before.completed_at is None or progress.completed_at == before.completed_at
        assert (progress.completed_at is not None) == (progress.watched.total >= 90)
        assert before.last_report_at is None or progress.last_report_at >= before.last_report_at


def test_an_honest_player_is_always_believed() -> None:
    progress, busy = FRESH, START
    for second in range(10, 101, 10):
        now = at(second + (2 if second % 20 else -2))
        result = report(progress, (second - 10, second), now=now, busy_until=busy)
        assert not result.rejected
        progress, busy = result.progress, result.busy_until
    assert progress.watched == SecondSet.whole(DURATION)


def test_what_there_was_no_time_to_watch_is_rejected_and_may_come_again() -> None:
    first = report(FRESH, (0, 100), now=at(20))
    assert (first.credited.as_pairs(), first.rejected.as_pairs()) == ([(0, 30)], [(30, 100)])
    assert first.busy_until == at(30), "the slack is borrowed from the time to come"
    again = report(first.progress, (0, 100), now=at(40), busy_until=first.busy_until)
    assert (again.credited.as_pairs(), again.rejected.as_pairs()) == ([(30, 50)], [(50, 100)])
    faster = report(FRESH, (0, 100), now=at(20), rate=2.0)
    assert faster.credited.as_pairs() == [(0, 50)]


def test_many_quick_reports_spend_the_slack_only_once() -> None:
    progress = FRESH
    for number in range(20):
        progress = report(progress, (number * 5, number * 5 + 5), now=START).progress
    assert progress.watched.total == SLACK_SECONDS


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60), st.integers(1, 40), st.floats(0, 15)), max_size=25),
    st.sampled_from([0.5, 1.0, 2.0]),
)
def test_all_tabs_together_have_the_time_of_one_person(
    course_of_events: list[tuple[int, int, int, float]], rate: float
) -> None:
    tabs = [replace(FRESH, content_id=UUID(int=number)) for number in range(4)]
    clock, busy = START, START
    for tab, begin, length, passed in course_of_events:
        clock += timedelta(seconds=passed)
        pair = (begin, min(100, begin + length))
        result = report(tabs[tab], pair, now=clock, rate=rate, busy_until=busy)
        tabs[tab], busy = result.progress, result.busy_until
        watched = sum(each.watched.total for each in tabs)
        assert watched <= (clock - START).total_seconds() * rate + SLACK_SECONDS
    # Nor is more taken than was watched: afterwards the time runs on as ever.
    assert busy <= clock + timedelta(seconds=SLACK_SECONDS / rate)


def test_time_in_which_nothing_was_watched_is_not_saved_up() -> None:
    paused = report(FRESH, now=at(3600)).progress
    result = report(paused, (0, 100), now=at(3605))
    assert result.credited.total == 5 + SLACK_SECONDS


def test_jumping_to_the_end_is_one_percent_and_the_position_says_nothing() -> None:
    result = report(FRESH, (99, 100), now=at(5))
    assert result.progress.coverage(DURATION) == 1.0
    assert result.progress.position_seconds == 100
    assert result.progress.completed_at is None


@pytest.mark.parametrize(
    ("watched", "required", "complete"), [(89, 90, False), (90, 90, True), (99, 100, False), (100, 100, True)]
)
def test_a_video_is_complete_at_its_required_coverage(watched: int, required: int, complete: bool) -> None:
    result = report(FRESH, (0, watched), now=at(200), required=required)
    assert result.progress.completed_at == (at(200) if complete else None)
    later = report(result.progress, (0, 100), now=at(400), required=required).progress
    assert later.completed_at == (at(200) if complete else at(400))


def test_coverage_of_99_96_percent_is_not_100() -> None:
    progress = replace(FRESH, watched=SecondSet(((0, 2999),)))
    assert progress.coverage(3000) == 99.9


def test_a_shorter_replacement_never_gives_more_than_everything() -> None:
    assert replace(FRESH, watched=SecondSet(((0, 500),))).coverage(100) == 100.0


@pytest.mark.parametrize("rate", [0.0, 0.2, 2.1, 16.0, float("nan"), float("inf")])
def test_rates_that_no_player_has(rate: float) -> None:
    with pytest.raises(InvalidInput, match=r"Between 0.25 and 2"):
        report(FRESH, (0, 5), now=at(5), rate=rate)


@pytest.mark.parametrize("position", [-0.1, 100.5, float("nan")])
def test_positions_outside_the_video(position: float) -> None:
    with pytest.raises(InvalidInput) as refused:
        FRESH.report(
            SecondSet(),
            position_seconds=position,
            playback_rate=1,
            duration_seconds=DURATION,
            required_coverage=90,
            busy_until=START,
            now=START,
        )
    assert refused.value.errors[0].field == "position_seconds"


def test_a_text_is_complete_when_its_reader_says_so_once() -> None:
    done = FRESH.marked_complete(now=at(3))
    assert done.completed_at == at(3)
    assert done.marked_complete(now=at(9)) is done


def test_a_video_is_not_complete_because_its_viewer_says_so() -> None:
    half = replace(FRESH, watched=SecondSet(((0, 50),)))
    with pytest.raises(Conflict) as refused:
        half.video_completed(duration_seconds=DURATION, required_coverage=90, now=at(60))
    assert refused.value.code == "not_watched_enough"
    assert "50 %" in refused.value.detail
    with pytest.raises(Conflict) as refused:
        half.video_completed(duration_seconds=None, required_coverage=90, now=at(60))
    assert refused.value.code == "video_not_ready"
    assert half.video_completed(duration_seconds=DURATION, required_coverage=50, now=at(60)).completed_at == at(60)
    done = replace(FRESH, completed_at=START)
    assert done.video_completed(duration_seconds=None, required_coverage=90, now=at(60)) is done
