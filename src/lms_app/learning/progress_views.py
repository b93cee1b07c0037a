"""A person's progress as they see it."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from lms_app.learning.views import ContentStatus
from lms_domain.courses.course import ContentType
from lms_domain.learning.progress import ContentProgress
from lms_domain.learning.seconds import SecondSet

Intervals = list[tuple[int, int]]


class ProgressView(msgspec.Struct, frozen=True, kw_only=True):
    """How far a person is with a content. ``watched``, ``credited`` and ``rejected`` are half-open intervals of whole
    seconds; the last two are what became of the new seconds of this report. ``coverage`` is 0 to 100 percent."""

    content_id: UUID
    status: ContentStatus
    coverage: float
    watched: Intervals
    position_seconds: float
    credited: Intervals
    rejected: Intervals
    completed_at: datetime | None


def view_of_progress(
    progress: ContentProgress,
    duration_seconds: float | None,
    *,
    is_video: bool,
    credited: SecondSet | None = None,
    rejected: SecondSet | None = None,
) -> ProgressView:
    """Progress as its person sees it; ``duration_seconds`` is None until there is something to watch."""
    is_completed = progress.completed_at is not None
    if not is_video:
        coverage = 100.0 if is_completed else 0.0
    else:
        coverage = progress.coverage(duration_seconds) if duration_seconds is not None else 0.0
    return ProgressView(
        content_id=progress.content_id,
        status=ContentStatus.COMPLETED if is_completed else ContentStatus.IN_PROGRESS,
        coverage=coverage,
        watched=progress.watched.as_pairs(),
        position_seconds=progress.position_seconds,
        credited=(credited or SecondSet()).as_pairs(),
        rejected=(rejected or SecondSet()).as_pairs(),
        completed_at=progress.completed_at,
    )


class DashboardStatsView(msgspec.Struct, frozen=True, kw_only=True):
    """A learner at a glance. ``overall_progress`` is the mean of their courses, 0 to 100; 0 without any."""

    overall_progress: float
    total_courses: int
    completed_courses: int
    pending_assignments: int


class ContinueLearningView(msgspec.Struct, frozen=True, kw_only=True):
    """Where to go on: the course worked on last that is not complete, and its first content that is not. Without a
    content only assignments are left."""

    course_id: UUID
    course_title: str
    percentage: float
    content_id: UUID | None
    content_title: str | None
    content_type: ContentType | None
    resume_seconds: float


class DeadlineView(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is due. ``type`` is course, assignment or quiz; ``days_left`` is 0 on the last day and negative
    afterwards."""

    type: str
    id: UUID
    title: str
    due: date
    days_left: int


class DashboardView(msgspec.Struct, frozen=True, kw_only=True):
    """What a learner sees first."""

    stats: DashboardStatsView
    continue_learning: ContinueLearningView | None
    deadlines: list[DeadlineView]
