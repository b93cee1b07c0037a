"""Sets of whole seconds, kept as few intervals: what somebody watched of a video."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lms_domain.errors import InvalidInput

MAX_INTERVALS = 200
"""In one report."""

_MAX_SECOND = 2**31 - 2
"""PostgreSQL's int4multirange ends there."""


@dataclass(frozen=True, slots=True)
class SecondSet:
    """A set of whole seconds, as sorted half-open intervals that neither overlap nor touch. ``[3, 5)`` is 3 and 4."""

    intervals: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        for start, end in self.intervals:
            if not 0 <= start < end <= _MAX_SECOND:
                raise ValueError(f"no interval of seconds: [{start}, {end})")
        for (_, end), (start, _) in pairwise(self.intervals):
            if start <= end:
                raise ValueError(f"intervals must be sorted and apart: {self.intervals}")

    @classmethod
    def merged(cls, pairs: Iterable[tuple[int, int]]) -> "SecondSet":
        """The set that these intervals cover together, in any order, overlapping or not; empty ones are fine."""
        intervals: list[tuple[int, int]] = []
        for start, end in sorted(pair for pair in pairs if pair[0] < pair[1]):
            if intervals and start <= intervals[-1][1]:
                intervals[-1] = (intervals[-1][0], max(end, intervals[-1][1]))
            else:
                intervals.append((start, end))
        return cls(tuple(intervals))

    @classmethod
    def whole(cls, duration_seconds: float) -> "SecondSet":
        """Every second of a video of that length."""
        return cls.merged([(0, denominator(duration_seconds))])

    @classmethod
    def from_pairs(cls, pairs: Sequence[Sequence[int]], *, duration_seconds: float) -> "SecondSet":
        """The seconds of a report from a player.

        Raises:
            InvalidInput: more than MAX_INTERVALS, not pairs, or not ``0 <= a < b <= denominator(duration)``.
        """
        if len(pairs) > MAX_INTERVALS:
            raise InvalidInput.for_field("watched", "too_many", f"At most {MAX_INTERVALS} intervals in one report.")
        last = denominator(duration_seconds)
        checked: list[tuple[int, int]] = []
        for place, pair in enumerate(pairs):
            field = f"watched.{place}"
            if len(pair) != 2:
                raise InvalidInput.for_field(field, "invalid", "An interval is a pair of seconds.")
            start, end = pair
            if not 0 <= start < end <= last:
                message = f"Whole seconds, the second after the first, between 0 and {last}."
                raise InvalidInput.for_field(field, "out_of_range", message)
            checked.append((start, end))
        return cls.merged(checked)

    @property
    def total(self) -> int:
        """How many seconds."""
        return sum(end - start for start, end in self.intervals)

    def __bool__(self) -> bool:
        return bool(self.intervals)

    def union(self, other: "SecondSet") -> "SecondSet":
        """Seconds of either."""
        return SecondSet.merged((*self.intervals, *other.intervals))

    def intersect(self, other: "SecondSet") -> "SecondSet":
        """Seconds of both."""
        found: list[tuple[int, int]] = []
        mine, theirs = 0, 0
        while mine < len(self.intervals) and theirs < len(other.intervals):
            (a, b), (c, d) = self.intervals[mine], other.intervals[theirs]
            found.append((max(a, c), min(b, d)))  # Empty where the two do not meet: left out below.
            if b <= d:
                mine += 1
            else:
                theirs += 1
        return SecondSet.merged(found)

    def minus(self, other: "SecondSet") -> "SecondSet":
        """Seconds of this set that are not in the other."""
        if not self.intervals or not other.intervals:
            return self
        gaps: list[tuple[int, int]] = []
        cursor = 0
        for start, end in other.intervals:
            gaps.append((cursor, start))
            cursor = end
        gaps.append((cursor, max(cursor, self.intervals[-1][1])))
        return self.intersect(SecondSet.merged(gaps))

    def first(self, count: int) -> "SecondSet":
        """Its ``count`` earliest seconds; all when it has fewer, none when ``count`` is not positive."""
        kept: list[tuple[int, int]] = []
        left = count
        for start, end in self.intervals:
            if left <= 0:
                break
            kept.append((start, min(end, start + left)))
            left -= end - start
        return SecondSet(tuple(kept))

    def missing(self, duration_seconds: float) -> "SecondSet":
        """The seconds of a video of that length that are not in this set."""
        return SecondSet.whole(duration_seconds).minus(self)

    def as_pairs(self) -> list[tuple[int, int]]:
        """The intervals as clients get them."""
        return list(self.intervals)


def denominator(duration_seconds: float) -> int:
    """How many seconds a video of that length has: the last one that has begun counts.

    Raises:
        ValueError: not a length.
    """
    if not 0 < duration_seconds <= _MAX_SECOND:
        raise ValueError(f"no length of a video: {duration_seconds}")
    return math.ceil(duration_seconds)
