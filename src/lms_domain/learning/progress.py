"""How far a person is with one content. Progress never goes down."""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from lms_domain.errors import Conflict, InvalidInput
from lms_domain.learning.seconds import SecondSet, denominator

MAX_PLAYBACK_RATE = 2.0
MIN_PLAYBACK_RATE = 0.25
SLACK_SECONDS = 10
"""Seconds that a report may be ahead of the clock: players round to whole seconds, and networks delay."""


@dataclass(frozen=True, slots=True)
class ContentProgress:
    """A person's way through a content. ``watched`` stays empty for anything but a video."""

    user_id: UUID
    content_id: UUID
    watched: SecondSet
    position_seconds: float
    """Where to go on; says nothing about what was watched."""
    started_at: datetime
    last_report_at: datetime | None
    completed_at: datetime | None
    """Kept for good, whatever happens to the content later."""

    def coverage(self, duration_seconds: float) -> float:
        """Percent of the video's seconds that were watched, 0 to 100, rounded down to one decimal."""
        return coverage_percent(self.watched, duration_seconds)

    def report(
        self,
        watched: SecondSet,
        *,
        position_seconds: float,
        playback_rate: float,
        duration_seconds: float,
        required_coverage: int,
        busy_until: datetime,
        now: datetime,
    ) -> "WatchReport":
        """Take in what a player says was watched, as far as there was time to watch it.

        Every new second takes a second of the person's time, divided by the playback rate. That time begins with the
        last report of this video, or with its start, and is spent once, whatever else they watch in other tabs: what
        they watched elsewhere meanwhile has used it up. Some slack may be borrowed from the time to come. Of more than
        that the earliest seconds count; the rest may be reported again later. Seconds watched before cost nothing.

        Args:
            playback_rate: as the player says; 0.25 to 2.
            duration_seconds: of the video.
            required_coverage: percent at which the content is complete.
            busy_until: up to when the person's time is accounted for by what they watched, over all videos.

        Raises:
            InvalidInput: a position or a rate that cannot be.
        """
        if not MIN_PLAYBACK_RATE <= playback_rate <= MAX_PLAYBACK_RATE:
            message = f"Between {MIN_PLAYBACK_RATE} and {MAX_PLAYBACK_RATE:g}."
            raise InvalidInput.for_field("playback_rate", "out_of_range", message)
        if not 0 <= position_seconds <= denominator(duration_seconds):
            raise InvalidInput.for_field("position_seconds", "out_of_range", "Not a second of this video.")
        new = watched.intersect(SecondSet.whole(duration_seconds)).minus(self.watched)
        free_since = max(busy_until, self.last_report_at or self.started_at)
        free_seconds = (now - free_since).total_seconds() + SLACK_SECONDS / playback_rate
        # Never more than the time since the start has room for, should a clock have gone back in between.
        since_start = max(0.0, (now - self.started_at).total_seconds())
        room = since_start * MAX_PLAYBACK_RATE + SLACK_SECONDS - self.watched.total
        credited = new.first(max(0, math.floor(min(free_seconds * playback_rate, room))))
        progress = replace(
            self,
            watched=self.watched.union(credited),
            position_seconds=position_seconds,
            last_report_at=now if self.last_report_at is None else max(now, self.last_report_at),
        )
        if progress.completed_at is None and is_covered(progress.watched, duration_seconds, required_coverage):
            progress = replace(progress, completed_at=now)
        spent = timedelta(seconds=credited.total / playback_rate)
        return WatchReport(
            progress=progress,
            credited=credited,
            rejected=new.minus(credited),
            busy_until=free_since + spent if credited else busy_until,
        )

    def marked_complete(self, *, now: datetime) -> "ContentProgress":
        """A document, link or text that its reader is done with. Doing it again changes nothing."""
        return self if self.completed_at is not None else replace(self, completed_at=now)

    def video_completed(
        self, *, duration_seconds: float | None, required_coverage: int, now: datetime
    ) -> "ContentProgress":
        """A video that its viewer says is done. Doing it again changes nothing.

        Raises:
            Conflict: ``video_not_ready`` or ``not_watched_enough``.
        """
        if self.completed_at is not None:
            return self
        if duration_seconds is None:
            raise Conflict("This video is not ready yet.", code="video_not_ready")
        if not is_covered(self.watched, duration_seconds, required_coverage):
            detail = (
                f"Watch at least {required_coverage} % of this video; so far {self.coverage(duration_seconds):g} %."
            )
            raise Conflict(detail, code="not_watched_enough")
        return replace(self, completed_at=now)


@dataclass(frozen=True, slots=True)
class WatchReport:
    """What became of a player's report. ``credited`` and ``rejected`` are both new seconds."""

    progress: ContentProgress
    credited: SecondSet
    rejected: SecondSet
    """Not believed: there was no time to watch them."""
    busy_until: datetime
    """Up to when the person's time is accounted for now. At most the slack ahead of the clock."""


def started(*, user_id: UUID, content_id: UUID, now: datetime) -> ContentProgress:
    """Somebody opened a content for the first time."""
    return ContentProgress(
        user_id=user_id,
        content_id=content_id,
        watched=SecondSet(),
        position_seconds=0.0,
        started_at=now,
        last_report_at=None,
        completed_at=None,
    )


def coverage_percent(watched: SecondSet, duration_seconds: float) -> float:
    """Percent of the video's seconds in ``watched``, 0 to 100, rounded down to one decimal: 100 means all of them."""
    return percent(watched.intersect(SecondSet.whole(duration_seconds)).total, denominator(duration_seconds))


def is_covered(watched: SecondSet, duration_seconds: float, required_coverage: int) -> bool:
    """Whether enough of a video was watched, compared exactly."""
    seen = watched.intersect(SecondSet.whole(duration_seconds)).total
    return seen * 100 >= required_coverage * denominator(duration_seconds)


def percent(part: int, whole: int) -> float:
    """0 to 100, rounded down to one decimal: 100 means all of it. ``whole`` is above 0, ``part`` at most as much."""
    return part * 1000 // whole / 10
