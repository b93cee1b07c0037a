"""Courses as clients see them."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from lms_domain.courses.course import Content, ContentType
from lms_domain.video.asset import VideoAsset, VideoStatus


class ContentView(msgspec.Struct, frozen=True, kw_only=True):
    """One content, for those who write courses. ``order`` counts from 1."""

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


class ModuleView(msgspec.Struct, frozen=True, kw_only=True):
    """A module with its contents. ``order`` counts from 1."""

    id: UUID
    title: str
    description: str
    order: int
    contents: list[ContentView]


class CourseView(msgspec.Struct, frozen=True, kw_only=True):
    """A course in a list, for those who write courses. ``completion_rate`` is 0 to 100 percent of assigned people."""

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
    assigned_teacher_count: int
    completion_rate: float
    version: int
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None
    """It can be restored for 30 days from then on."""


class CourseDetailView(CourseView, frozen=True, kw_only=True):
    """A course with everything in it."""

    modules: list[ModuleView]


class LeftOutView(msgspec.Struct, frozen=True, kw_only=True):
    """A content that a copy does not have."""

    id: UUID
    title: str
    content_type: ContentType


class DuplicatedCourseView(CourseDetailView, frozen=True, kw_only=True):
    """A copy of a course. ``left_out`` are the contents of the original that it does not have: videos, which belong to
    one content each; upload them anew where they are wanted."""

    left_out: list[LeftOutView]


def view_of_content(content: Content, asset: VideoAsset | None = None, *, file_url: str | None = None) -> ContentView:
    """A content that is in hand, with its video if it has one."""
    return ContentView(
        id=content.id,
        title=content.title,
        content_type=content.content_type,
        order=content.position + 1,
        is_mandatory=content.is_mandatory,
        url=content.url,
        file_url=file_url,
        text=content.text,
        duration_seconds=asset.duration_seconds if asset else None,
        required_coverage=content.required_coverage,
        video_status=asset.status if asset else None,
        created_at=content.created_at,
        updated_at=content.updated_at,
    )
