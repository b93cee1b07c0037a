"""Whether a person is done with a course, and if not, what is missing. The one place that says so."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.seconds import SecondSet
from lms_domain.learning.submission import Standing


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What matters of a content that is a video. ``duration_seconds``: None until there is something to watch."""

    duration_seconds: float | None
    required_coverage: int
    watched: SecondSet


@dataclass(frozen=True, slots=True)
class ContentFacts:
    """One content of the course, and how far the person is with it."""

    id: UUID
    title: str
    is_mandatory: bool
    started_at: datetime | None
    completed_at: datetime | None
    video: VideoFacts | None
    """None: not a video."""


@dataclass(frozen=True, slots=True)
class AssignmentFacts:
    """One assignment of the course, and how the person stands with it. Of a quiz the best attempt counts."""

    id: UUID
    title: str
    kind: AssignmentKind
    is_mandatory: bool
    is_published: bool
    standing: Standing
    attempts_left: int | None = None
    """QUIZ only."""


@dataclass(frozen=True, slots=True)
class EarnedCompletion:
    """That a person once completed the course, as it was in that version. Nothing takes it back."""

    course_version: int
    completed_at: datetime


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """A course with everything in it in order, seen by one person."""

    course_id: UUID
    contents: tuple[ContentFacts, ...]
    assignments: tuple[AssignmentFacts, ...]
    earned: EarnedCompletion | None = None
