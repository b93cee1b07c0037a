"""Courses as learners see them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from lms_domain.courses.course import ContentType
from lms_domain.video.asset import VideoStatus


class ContentStatus(StrEnum):
    """How far a person is with one content."""

    NOT_STARTED = "NOT_STARTED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"


class CourseProgressView(msgspec.Struct, frozen=True, kw_only=True):
    """How far a person is with a course. ``percentage`` is 0 to 100. It is started once a content was opened or an
    assignment done: a video half watched adds nothing to the percentage yet."""

    completed_content_count: int
    total_content_count: int
    percentage: float
    is_started: bool
    is_complete: bool


class TeacherCourseView(msgspec.Struct, frozen=True, kw_only=True):
    """A course that was assigned to the person who asks.

    It has every field of a course. Who else it is assigned to, and how they are doing, is not for learners to know:
    those fields are always empty here.
    """

    id: UUID
    title: str
    slug: str
    description: str
    thumbnail_url: str | None
    is_mandatory: bool
    deadline: date | None
    estimated_hours: float | None
    is_published: bool
    assigned_to_all: bool
    assigned_groups: list[UUID]
    assigned_teachers: list[UUID]
    module_count: int
    content_count: int
    assigned_teacher_count: int | None
    completion_rate: float | None
    version: int
    created_at: datetime
    updated_at: datetime
    progress: CourseProgressView


class TeacherContentView(msgspec.Struct, frozen=True, kw_only=True):
    """One content with the person's progress and, for a playable video, leave to play it.

    ``order`` counts from 1; ``coverage`` is 0 to 100 percent; ``watched`` holds half-open intervals of whole seconds.
    The addresses hold until ``playback_expires_at``.
    """

    id: UUID
    title: str
    content_type: ContentType
    order: int
    is_mandatory: bool
    url: str | None
    file_url: str | None
    text: str | None
    duration_seconds: float | None
    required_coverage: int | None
    video_status: VideoStatus | None
    created_at: datetime
    updated_at: datetime
    status: ContentStatus
    coverage: float
    watched: list[tuple[int, int]]
    resume_seconds: float
    hls_url: str | None
    captions_url: str | None
    thumbnail_url: str | None
    storyboard_url: str | None
    playback_expires_at: datetime | None


class TeacherModuleView(msgspec.Struct, frozen=True, kw_only=True):
    """A module as a learner sees it."""

    id: UUID
    title: str
    description: str
    order: int
    contents: list[TeacherContentView]


class TeacherCourseDetailView(TeacherCourseView, frozen=True, kw_only=True):
    """A course with everything in it, ready to be learned from."""

    modules: list[TeacherModuleView]


class SegmentView(msgspec.Struct, frozen=True):
    """One line of a transcript, in seconds from the video's start."""

    start: float
    end: float
    text: str


class TranscriptView(msgspec.Struct, frozen=True, kw_only=True):
    """What is said in a video, and when."""

    content_id: UUID
    language: str
    full_text: str
    segments: list[SegmentView]
    vtt_url: str
    generated_at: datetime
