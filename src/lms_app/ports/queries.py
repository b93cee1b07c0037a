"""Ports: what screens read. One statement per screen, straight into what the client gets.

Rows of videos carry storage keys; the use case turns them into addresses with a grant. So it is with documents: their
``file_url`` is the file's id until the use case has made an address of it.
"""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec

from lms_app.courses.views import ContentView, CourseDetailView, CourseView, ModuleView
from lms_app.learning.views import SegmentView, TeacherCourseDetailView, TeacherCourseView
from lms_app.listing import Listing, PageRequest
from lms_app.schools.views import TenantView, ThemeView
from lms_app.scope import SystemScope, TenantScope
from lms_app.video.views import AssignmentSummaryView, TranscriptSummaryView, TroubledStepView, VideoAssetView
from lms_domain.schools.tenant import Plan


class TenantFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which schools. ``ordering`` is one of created_at, name, trial_ends_on, with ``-`` in front for descending."""

    is_active: bool | None = None
    is_trial: bool | None = None
    plan: Plan | None = None
    search: str = ""
    ordering: str = "-created_at"


class SchoolQueries(Protocol):
    """Screens about schools."""

    async def theme(self, scope: TenantScope) -> ThemeView | None:
        """The looks of a school."""
        ...

    async def tenants(
        self, scope: SystemScope, filters: TenantFilter, page: PageRequest, *, now: datetime
    ) -> Listing[TenantView]:
        """Schools for the operator."""
        ...

    async def tenant(self, scope: SystemScope, tenant_id: UUID, *, now: datetime) -> TenantView | None:
        """One school for the operator."""
        ...


class CourseFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which courses. With ``is_deleted`` those that are deleted and not yet gone for good, and no others; with
    ``group`` those that are assigned to it by name."""

    is_deleted: bool = False
    is_published: bool | None = None
    is_mandatory: bool | None = None
    group: UUID | None = None
    search: str = ""


class CourseQueries(Protocol):
    """Screens of those who write courses."""

    async def courses(self, scope: TenantScope, filters: CourseFilter, page: PageRequest) -> Listing[CourseView]:
        """All courses, the newest first."""
        ...

    async def course(self, scope: TenantScope, course_id: UUID) -> CourseDetailView | None:
        """One course with everything in it."""
        ...

    async def modules(self, scope: TenantScope, course_id: UUID) -> list[ModuleView] | None:
        """The modules of a course in order; None when there is no such course."""
        ...

    async def content(
        self, scope: TenantScope, course_id: UUID, module_id: UUID, content_id: UUID
    ) -> ContentView | None:
        """One content of that module of that course."""
        ...


class MediaKeys(msgspec.Struct, frozen=True, kw_only=True):
    """Where a content's media lie. ``hls`` is None until the video is playable."""

    hls: str | None
    captions: str | None
    poster: str | None
    duration_seconds: float | None


class TeacherCourseScreen(msgspec.Struct, frozen=True, kw_only=True):
    """A course for its learner, with the addresses still missing: ``media`` says by content id where things lie."""

    course: TeacherCourseDetailView
    media: dict[UUID, MediaKeys]


class TranscriptRow(msgspec.Struct, frozen=True, kw_only=True):
    """A transcript with the key of its captions."""

    content_id: UUID
    language: str
    full_text: str
    segments: list[SegmentView]
    captions_key: str
    duration_seconds: float | None
    generated_at: datetime


class LearningQueries(Protocol):
    """Screens of learners. One predicate decides everywhere what a person may see: published, and assigned to them."""

    async def courses(
        self, scope: TenantScope, user_id: UUID, search: str, page: PageRequest
    ) -> Listing[TeacherCourseView]:
        """The person's courses: those with a deadline first, the nearest first."""
        ...

    async def course(self, scope: TenantScope, user_id: UUID, course_id: UUID) -> TeacherCourseScreen | None:
        """One of the person's courses."""
        ...

    async def transcript(self, scope: TenantScope, user_id: UUID, content_id: UUID) -> TranscriptRow | None:
        """The transcript of a video in one of the person's courses."""
        ...


class VideoScreen(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a content's video, with the addresses still missing."""

    content: ContentView
    video_asset: VideoAssetView
    transcript: TranscriptSummaryView | None
    assignments: list[AssignmentSummaryView]
    media: MediaKeys


class PipelineRow(msgspec.Struct, frozen=True, kw_only=True):
    """A video somewhere on the platform, for operators."""

    tenant_id: UUID
    subdomain: str
    content_id: UUID
    content_title: str
    video_asset: VideoAssetView
    created_at: datetime


class VideoQueries(Protocol):
    """Screens about videos."""

    async def status(
        self, scope: TenantScope, course_id: UUID, module_id: UUID, content_id: UUID
    ) -> VideoScreen | None:
        """One content's video."""
        ...

    async def pipeline(self, scope: SystemScope, *, content_id: UUID | None, limit: int) -> list[PipelineRow]:
        """Videos of all schools, those that are not READY first, then the newest; or the one of ``content_id``."""
        ...

    async def troubled_steps(
        self, scope: SystemScope, *, tenant_id: UUID | None, stuck_after_seconds: float, page: PageRequest
    ) -> Listing[TroubledStepView]:
        """Steps that are FAILED, or that any worker could have taken up for more than ``stuck_after_seconds`` by the
        database's clock (QUEUED and due, RUNNING with an ended lease); the newest trouble first. Of one school or of
        all."""
        ...

    async def may_fetch_media(self, scope: TenantScope, content_id: UUID) -> bool:
        """Whether the content still exists."""
        ...
