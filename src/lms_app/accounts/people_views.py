"""People of a school as their administrators and their heads see them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from lms_app.accounts.views import UserView
from lms_domain.accounts.roles import Role
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.submission import Standing


class TeacherView(UserView, frozen=True, kw_only=True):
    """A person of the school, for its administrators. ``is_invited``: they have not chosen a password yet.
    ``last_sign_in_at`` is null while they never were here."""

    is_invited: bool
    last_sign_in_at: datetime | None
    group_ids: list[UUID]


class PersonalDataView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is kept about one person, as the rows in which it is kept, without secrets.

    ``audit`` is what they did themselves. Texts of mails are not kept once they are sent.
    """

    person: UserView
    preferences: dict[str, msgspec.Raw]
    groups: list[dict[str, msgspec.Raw]]
    courses: list[dict[str, msgspec.Raw]]
    progress: list[dict[str, msgspec.Raw]]
    completions: list[dict[str, msgspec.Raw]]
    certificates: list[dict[str, msgspec.Raw]]
    submissions: list[dict[str, msgspec.Raw]]
    quiz_attempts: list[dict[str, msgspec.Raw]]
    quiz_extensions: list[dict[str, msgspec.Raw]]
    question_flags: list[dict[str, msgspec.Raw]]
    files: list[dict[str, msgspec.Raw]]
    notifications: list[dict[str, msgspec.Raw]]
    mails: list[dict[str, msgspec.Raw]]
    sessions: list[dict[str, msgspec.Raw]]
    audit: list[dict[str, msgspec.Raw]]


class CourseStatus(StrEnum):
    """How somebody stands with a course. OVERDUE: not completed, and its deadline is over."""

    NOT_STARTED = "NOT_STARTED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    OVERDUE = "OVERDUE"


class TeamCourseView(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody stands with one of their courses. ``percentage`` is 0 to 100."""

    course_id: UUID
    title: str
    is_mandatory: bool
    deadline: date | None
    status: CourseStatus
    percentage: float
    completed_at: datetime | None


class OverdueAssignmentView(msgspec.Struct, frozen=True, kw_only=True):
    """Work that should have been handed in, or passed, by ``due_date``."""

    assignment_id: UUID
    title: str
    course_id: UUID
    due_date: date


class HandedInView(msgspec.Struct, frozen=True, kw_only=True):
    """Work that somebody handed in, or a quiz that they answered: then ``score`` is the best, and ``submitted_at`` the
    first time."""

    assignment_id: UUID
    title: str
    kind: AssignmentKind
    course_id: UUID
    course_title: str
    status: Standing
    score: float | None
    max_score: int
    submitted_at: datetime
    graded_at: datetime | None


class TeamMemberView(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of one's team. ``overall_progress`` is the mean of their courses, 0 to 100; 0 without any.
    ``overdue_count`` counts courses and assignments. ``submission_count`` counts what they handed in,
    ``waiting_count`` what of it waits to be graded; ``submissions`` are the five newest."""

    id: UUID
    email: str
    first_name: str
    last_name: str
    role: Role
    department: str
    designation: str
    profile_picture_url: str | None
    overall_progress: float
    completed_courses: int
    overdue_count: int
    courses: list[TeamCourseView]
    overdue_assignments: list[OverdueAssignmentView]
    submission_count: int
    waiting_count: int
    submissions: list[HandedInView]


class PeopleFiguresView(msgspec.Struct, frozen=True, kw_only=True):
    """People who learn. ``invited`` have not chosen a password yet and are not among the ``active``."""

    active: int
    invited: int
    inactive: int
    limit: int


class CourseFiguresView(msgspec.Struct, frozen=True, kw_only=True):
    """Courses that are not deleted."""

    total: int
    published: int
    limit: int


class StorageFiguresView(msgspec.Struct, frozen=True, kw_only=True):
    """Every byte that is kept."""

    used_bytes: int
    limit_bytes: int


class SchoolStatsView(msgspec.Struct, frozen=True, kw_only=True):
    """The school at a glance. ``average_completion`` is 0 to 100, the mean over everybody and each of their courses.
    ``overdue`` counts courses that people have not completed by the deadline. A video may last
    ``video_seconds_limit``. ``trial_ends_on`` is the last day of the trial; None: the school is on a paid plan."""

    teachers: PeopleFiguresView
    courses: CourseFiguresView
    groups: int
    average_completion: float
    overdue: int
    pending_gradings: int
    storage: StorageFiguresView
    video_seconds_limit: int
    trial_ends_on: date | None
