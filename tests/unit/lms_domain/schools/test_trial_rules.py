"""Warnings before a trial ends: none missing, none twice, none too late."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.schools.trial import WARNING_DAYS, warnings_due

END = date(2026, 3, 16)


@pytest.mark.parametrize(
    ("days_left", "recorded", "due"),
    [
        (8, set(), ()),
        (7, set(), (7,)),
        (7, {7}, ()),
        (5, {7}, ()),
        (3, {7}, (3,)),
        (2, set(), (7, 3)),  # the runs of five days were missed: one mail, two records
        (1, {7}, (3, 1)),
        (0, {7, 3, 1}, (0,)),
        (0, {7, 3, 1, 0}, ()),
        (0, set(), (7, 3, 1, 0)),
        (-1, set(), ()),
    ],
)
def test_what_is_due(days_left: int, recorded: set[int], due: tuple[int, ...]) -> None:
    assert warnings_due(END, END - timedelta(days=days_left), frozenset(recorded)) == due


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-3, 12), max_size=25))
def test_whatever_the_runs_no_warning_comes_twice_and_none_after_the_end(days: list[int]) -> None:
    recorded: frozenset[int] = frozenset()
    mails: list[int] = []
    for days_left in sorted(days, reverse=True):
        due = warnings_due(END, END - timedelta(days=days_left), recorded)
        assert not recorded & set(due)
        assert not due or days_left >= 0
        recorded |= set(due)
        mails += due[-1:]
    assert len(mails) == len(set(mails))
    ran_in_time = [each for each in days if each >= 0]
    assert recorded == {each for each in WARNING_DAYS if ran_in_time and min(ran_in_time) <= each}
