"""Assignments and what is handed in for them, as clients see them."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from lms_domain.learning.assignment import AssignmentKind, AssignmentOrigin
from lms_domain.learning.quiz import QuizState
from lms_domain.learning.quiz_reasons import QuizReason
from lms_domain.learning.submission import Standing, SubmissionStatus


class MyAssignmentView(msgspec.Struct, frozen=True, kw_only=True):
    """An assignment, and how the person stands with it. ``score`` is 0 to ``max_score``, of a quiz the best. It is
    late when it was handed in after the due date, or is not handed in and the due date is over."""

    id: UUID
    course_id: UUID
    course_title: str
    content_id: UUID | None
    title: str
    instructions: str
    kind: AssignmentKind
    due_date: date | None
    is_mandatory: bool
    max_score: int
    passing_score: int
    submission_status: Standing
    score: float | None
    feedback: str
    is_quiz: bool
    is_late: bool


class SubmittedFileView(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was handed in. ``url`` holds for some hours."""

    file_id: UUID
    file_name: str
    media_type: str
    size_bytes: int
    url: str


class MyAssignmentDetailView(MyAssignmentView, frozen=True, kw_only=True):
    """The same with what was handed in."""

    submission_text: str
    files: list[SubmittedFileView]
    submitted_at: datetime | None
    graded_at: datetime | None


class QuizSummaryView(msgspec.Struct, frozen=True, kw_only=True):
    """The version of an assignment's quiz that its administrators see: the draft, or what learners meet."""

    id: UUID
    version: int
    state: QuizState
    state_reason: str
    state_codes: list[QuizReason]
    question_count: int
    accepted_count: int
    attempts_allowed: int
    time_limit_seconds: int | None


class AssignmentView(msgspec.Struct, frozen=True, kw_only=True):
    """An assignment for its administrators. ``submission_count`` counts people who handed something in,
    ``to_grade_count`` those who wait for a grade."""

    id: UUID
    course_id: UUID
    course_title: str
    module_id: UUID | None
    content_id: UUID | None
    kind: AssignmentKind
    origin: AssignmentOrigin
    title: str
    instructions: str
    due_date: date | None
    max_score: int
    passing_score: int
    is_mandatory: bool
    is_published: bool
    submission_count: int
    to_grade_count: int
    quiz: QuizSummaryView | None
    created_at: datetime
    updated_at: datetime


class SubmissionView(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody handed in, for those who grade it."""

    id: UUID
    assignment_id: UUID
    teacher_id: UUID
    teacher_name: str
    teacher_email: str
    status: SubmissionStatus
    text: str
    files: list[SubmittedFileView]
    is_late: bool
    score: float | None
    feedback: str
    submitted_at: datetime | None
    graded_at: datetime | None
