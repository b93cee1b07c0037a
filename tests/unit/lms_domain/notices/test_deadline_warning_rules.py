"""When people are warned of a deadline."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_domain.notices.deadline_warning import WARNING_DAYS, warning_stage

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days_left", "stage"),
    [(400, None), (8, None), (7, 7), (6, 7), (4, 7), (3, 3), (2, 3), (1, 1), (0, 0), (-1, None), (-400, None)],
)
def test_the_earlier_stage_counts_until_the_next_begins(days_left: int, stage: int | None) -> None:
    assert warning_stage(TODAY + timedelta(days=days_left), TODAY) == stage


@given(st.sets(st.integers(0, 20)))
def test_whatever_days_are_missed_nobody_is_warned_twice_or_late(days_with_a_round: set[int]) -> None:
    """Walking towards a deadline, each stage is told at most once, and never after it is over."""
    deadline, told = TODAY + timedelta(days=14), []
    for day in sorted(days_with_a_round):
        stage = warning_stage(deadline, TODAY + timedelta(days=day))
        if stage is not None and stage not in told:
            told.append(stage)
            assert 0 <= 14 - day <= stage
    assert told == sorted(told, reverse=True)
    assert set(told) <= set(WARNING_DAYS)
