"""Rows of reports. What is a field here is a column in files."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from lms_app.accounts.people_views import CourseStatus
from lms_domain.learning.assignment import AssignmentKind


class ReportKind(StrEnum):
    """What a report is about."""

    COURSE_COMPLETION = "course-completion"
    ASSIGNMENT_STATUS = "assignment-status"
    ENGAGEMENT = "engagement"


class ReportFormat(StrEnum):
    """What a report comes as. JSON comes in pages, files are whole."""

    JSON = "json"
    CSV = "csv"
    PDF = "pdf"


class WorkStatus(StrEnum):
    """How somebody stands with an assignment. OVERDUE: not handed in, and its due date is over."""

    PENDING = "PENDING"
    SUBMITTED = "SUBMITTED"
    GRADED = "GRADED"
    PASSED = "PASSED"
    FAILED = "FAILED"
    OVERDUE = "OVERDUE"


class CompletionRow(msgspec.Struct, frozen=True, kw_only=True):
    """How one person stands with one of their courses. ``percentage`` is 0 to 100."""

    teacher_id: UUID
    teacher_name: str
    teacher_email: str
    department: str
    course_id: UUID
    course_title: str
    deadline: date | None
    status: CourseStatus
    percentage: float
    completed_at: datetime | None


class WorkRow(msgspec.Struct, frozen=True, kw_only=True):
    """How one person stands with one of their assignments. ``score`` is 0 to ``max_score``, of a quiz the best."""

    teacher_id: UUID
    teacher_name: str
    teacher_email: str
    department: str
    course_id: UUID
    course_title: str
    assignment_id: UUID
    assignment_title: str
    kind: AssignmentKind
    due_date: date | None
    status: WorkStatus
    score: float | None
    max_score: int
    submitted_at: datetime | None
    graded_at: datetime | None


class EngagementRow(msgspec.Struct, frozen=True, kw_only=True):
    """What one person did in the days asked for. ``active_days`` counts days on which they did anything."""

    teacher_id: UUID
    teacher_name: str
    teacher_email: str
    department: str
    last_active_at: datetime | None
    active_days: int
    contents_started: int
    contents_completed: int
    submissions: int
    quiz_attempts: int


ReportRow = CompletionRow | WorkRow | EngagementRow


class ReportFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows. ``since`` and ``until`` are days at the school, both included: of the completion, of the due date, or
    of what people did. ``status`` is one of the report's own."""

    course: UUID | None = None
    group: UUID | None = None
    teacher: UUID | None = None
    department: str | None = None
    status: str | None = None
    since: date | None = None
    until: date | None = None


class EngagementPoint(msgspec.Struct, frozen=True, kw_only=True):
    """A week, named by its Monday. ``active_people`` did anything in it."""

    week: date
    active_people: int
    contents_completed: int
    submissions: int


class CompletionPoint(msgspec.Struct, frozen=True, kw_only=True):
    """A month, named by its first day: how many courses people completed in it, and until its end."""

    month: date
    completed: int
    total_completed: int


class DepartmentFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A department; empty: people without one. ``average_progress`` and ``completion_rate`` are 0 to 100."""

    department: str
    people: int
    average_progress: float
    completion_rate: float
    overdue: int


class WorkFigures(msgspec.Struct, frozen=True, kw_only=True):
    """How many assignments of how many people stand how."""

    pending: int
    submitted: int
    graded: int
    passed: int
    failed: int
    overdue: int


class AnalyticsView(msgspec.Struct, frozen=True, kw_only=True):
    """Series for charts. A week or a month in which nothing happened is there with zeros."""

    months: int
    course_id: UUID | None
    engagement: list[EngagementPoint]
    completion_trend: list[CompletionPoint]
    departments: list[DepartmentFigures]
    assignments: WorkFigures
