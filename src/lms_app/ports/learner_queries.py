"""Ports: what a learner may see and do now. One statement each; `visible_to` decides everywhere."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec

from lms_app.learning.assignment_views import MyAssignmentDetailView, MyAssignmentView
from lms_app.learning.progress_views import DashboardView
from lms_app.listing import Listing, PageRequest
from lms_app.scope import TenantScope
from lms_domain.courses.course import ContentType
from lms_domain.learning.completion import CourseFacts
from lms_domain.learning.submission import Standing


class OpenContent(msgspec.Struct, frozen=True, kw_only=True):
    """A content that the person may learn from. ``duration_seconds``: None until there is something to watch."""

    id: UUID
    course_id: UUID
    content_type: ContentType
    required_coverage: int
    duration_seconds: float | None


class LearnerQueries(Protocol):
    """Contents and work of the published courses that are assigned to a person."""

    async def content(self, scope: TenantScope, user_id: UUID, content_id: UUID) -> OpenContent | None:
        """One content; None when there is no such content for this person."""
        ...

    async def course_facts(self, scope: TenantScope, user_id: UUID, course_id: UUID) -> CourseFacts | None:
        """Everything that decides whether the person is done with one of their courses, in the course's order; None
        when there is no such course for this person."""
        ...

    async def assignments(
        self,
        scope: TenantScope,
        user_id: UUID,
        status: Standing | None,
        search: str,
        page: PageRequest,
        *,
        now: datetime,
    ) -> Listing[MyAssignmentView]:
        """The person's published assignments: those with a due date first, the nearest first."""
        ...

    async def assignment(
        self, scope: TenantScope, user_id: UUID, assignment_id: UUID, *, now: datetime
    ) -> MyAssignmentDetailView | None:
        """One of them. The addresses of its files are empty: the use case gives leave to fetch them."""
        ...

    async def dashboard(self, scope: TenantScope, user_id: UUID, *, now: datetime) -> DashboardView:
        """The person at a glance."""
        ...
