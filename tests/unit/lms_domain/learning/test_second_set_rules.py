"""Sets of seconds behave as sets of whole numbers do, whatever the intervals."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.errors import InvalidInput
from lms_domain.learning.seconds import MAX_INTERVALS, SecondSet, denominator

pairs = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair))), max_size=8)


def numbers(pairs_or_set: list[tuple[int, int]] | SecondSet) -> set[int]:
    """The model: the seconds themselves."""
    intervals = pairs_or_set.intervals if isinstance(pairs_or_set, SecondSet) else pairs_or_set
    return {second for start, end in intervals for second in range(start, end)}


@settings(max_examples=60, deadline=None)
@given(pairs, pairs, st.integers(-2, 50), st.floats(0.01, 60))
def test_a_set_of_seconds_is_a_set_of_whole_numbers(
    one: list[tuple[int, int]], other: list[tuple[int, int]], count: int, duration: float
) -> None:
    a, b = SecondSet.merged(one), SecondSet.merged(other)
    assert numbers(a) == numbers(one)
    assert a.total == len(numbers(one))
    assert bool(a) == bool(numbers(one))
    assert numbers(a.union(b)) == numbers(a) | numbers(b)
    assert numbers(a.intersect(b)) == numbers(a) & numbers(b)
    assert numbers(a.minus(b)) == numbers(a) - numbers(b)
    assert sorted(numbers(a.first(count))) == sorted(numbers(a))[: max(count, 0)]
    assert numbers(a.missing(duration)) == set(range(denominator(duration))) - numbers(a)
    # Equal sets are equal objects: nothing can be written in two ways.
    assert (a == b) == (numbers(a) == numbers(b))
    for result in (a, a.union(b), a.intersect(b), a.minus(b), a.first(count), a.missing(duration)):
        assert all(end < start for (_, end), (start, _) in pairwise(result.intervals))


@pytest.mark.parametrize(
    "intervals", [((3, 3),), ((5, 3),), ((-1, 3),), ((0, 3), (3, 5)), ((4, 6), (0, 1)), ((0, 2**31),)]
)
def test_what_is_no_set_cannot_be_built(intervals: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError, match=r"interval"):
        SecondSet(intervals)


@pytest.mark.parametrize(
    ("watched", "field"),
    [
        ([[0, 12], [40, 134]], "watched.1"),
        ([[12, 12]], "watched.0"),
        ([[12, 0]], "watched.0"),
        ([[-1, 5]], "watched.0"),
        ([[1, 2, 3]], "watched.0"),
        ([[1]], "watched.0"),
        ([[0, 1]] * (MAX_INTERVALS + 1), "watched"),
    ],
)
def test_reports_that_cannot_be(watched: list[list[int]], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        SecondSet.from_pairs(watched, duration_seconds=132.4)
    assert refused.value.errors[0].field == field


def test_a_report_may_overlap_and_reaches_to_the_last_second_that_has_begun() -> None:
    watched = SecondSet.from_pairs([[40, 133], [0, 12], [5, 20]], duration_seconds=132.4)
    assert watched.as_pairs() == [(0, 20), (40, 133)]
    assert SecondSet.from_pairs([[0, 1]] * MAX_INTERVALS, duration_seconds=0.5).total == 1


@pytest.mark.parametrize("duration", [0, -1, float("nan"), float("inf")])
def test_no_length(duration: float) -> None:
    with pytest.raises(ValueError, match="no length"):
        denominator(duration)
