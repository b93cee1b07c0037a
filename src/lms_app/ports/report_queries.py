"""Port: reports about many people. One statement for each page."""

from datetime import date, datetime
from typing import Protocol
from uuid import UUID

import msgspec

from lms_app.listing import Listing, PageRequest
from lms_app.reports.views import (
    CompletionPoint,
    CompletionRow,
    DepartmentFigures,
    EngagementPoint,
    EngagementRow,
    ReportFilter,
    WorkFigures,
    WorkRow,
)
from lms_app.scope import TenantScope


class SchoolDay(msgspec.Struct, frozen=True, kw_only=True):
    """What day it is at the school, and the instants at which the filter's days begin and end there. The last day's end
    belongs to the next."""

    today: date
    utc_offset_seconds: int
    begins_at: datetime | None
    ends_at: datetime | None


class FilterNames(msgspec.Struct, frozen=True, kw_only=True):
    """What people call what a filter names by its id; None where nothing is named, or the school has no such thing."""

    course: str | None
    group: str | None
    teacher: str | None


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted for charts; weeks and months in which nothing happened are left out."""

    engagement: list[EngagementPoint]
    completion_trend: list[CompletionPoint]
    """``total_completed`` is 0: the use case adds them up from ``completed_before``."""
    completed_before: int
    departments: list[DepartmentFigures]
    assignments: WorkFigures


class ReportQueries(Protocol):
    """Active learners and what they do. By name, so that a page is the same when it is asked for again."""

    async def completion(
        self, scope: TenantScope, filters: ReportFilter, day: SchoolDay, page: PageRequest
    ) -> Listing[CompletionRow]:
        """Everybody with each of their courses."""
        ...

    async def work(
        self, scope: TenantScope, filters: ReportFilter, day: SchoolDay, page: PageRequest
    ) -> Listing[WorkRow]:
        """Everybody with each of their assignments."""
        ...

    async def engagement(
        self, scope: TenantScope, filters: ReportFilter, day: SchoolDay, page: PageRequest
    ) -> Listing[EngagementRow]:
        """Everybody with what they did."""
        ...

    async def names(self, scope: TenantScope, filters: ReportFilter) -> FilterNames:
        """The names of the filter's course, group and person."""
        ...

    async def figures(self, scope: TenantScope, course_id: UUID | None, day: SchoolDay) -> Figures:
        """Everything for the charts from ``day.begins_at`` on, by one statement; of one course, or of all."""
        ...
