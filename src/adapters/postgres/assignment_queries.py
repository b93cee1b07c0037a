"""Assignments for those who set and grade them."""

from uuid import UUID

import msgspec
from sqlalchemy import Boolean, Integer, Text, Uuid, and_, case, func, literal_column, or_, select, true
from sqlalchemy.sql.elements import SQLCoreOperations

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.folding import folded
from adapters.postgres.screen_sql import LIMIT, OFFSET, as_text, json_object, listed, listing
from adapters.postgres.sql import Row
from adapters.postgres.statements import Statement, fixed, of_tenant, parameter
from adapters.postgres.tables import assignments, courses, questions, quiz_attempts, quizzes, submissions, users
from adapters.postgres.work_sql import files_of_submission
from lms_app.learning.assignment_views import AssignmentView, QuizSummaryView, SubmissionView, SubmittedFileView
from lms_app.listing import Listing, PageRequest
from lms_app.ports.assignment_queries import AssignmentFilter, AssignmentQueries, SubmissionFilter
from lms_app.scope import TenantScope
from lms_domain.learning.assignment import AssignmentKind, AssignmentOrigin
from lms_domain.learning.quiz import QuizState, Review
from lms_domain.learning.submission import SubmissionStatus

_ID = parameter("assignment_id", Uuid)
_STATUS = parameter("status", Text)
_COURSE, _KIND = parameter("course", Uuid), parameter("kind", Text)
_IS_PUBLISHED = parameter("is_published", Boolean)
_IS_LATE = parameter("is_late", Boolean)
_ZERO = literal_column("0", Integer)

_handed_in = submissions.c.status != fixed(SubmissionStatus.DRAFT)
_submitted = (
    select(
        func.count().label("all"),
        func.count().filter(submissions.c.status == fixed(SubmissionStatus.SUBMITTED)).label("waiting"),
    )
    .where(of_tenant(submissions), submissions.c.assignment_id == assignments.c.id, _handed_in)
    .correlate(assignments)
    .lateral("submitted")
)
_attempted = (
    select(
        func.count(quiz_attempts.c.user_id.distinct()).label("all"),
        func.count(quiz_attempts.c.user_id.distinct()).filter(quiz_attempts.c.graded_at.is_(None)).label("waiting"),
    )
    .join_from(quizzes, quiz_attempts, quiz_attempts.c.quiz_id == quizzes.c.id)
    .where(
        of_tenant(quizzes),
        of_tenant(quiz_attempts),
        quizzes.c.assignment_id == assignments.c.id,
        quiz_attempts.c.submitted_at.is_not(None),
    )
    .correlate(assignments)
    .lateral("attempted")
)
_asked = (
    select(
        func.count().label("all"),
        func.count().filter(questions.c.review == fixed(Review.ACCEPTED)).label("accepted"),
    )
    .where(of_tenant(questions), questions.c.quiz_id == quizzes.c.id)
    .correlate(quizzes)
    .lateral("asked")
)
_summary: dict[str, SQLCoreOperations[object]] = {
    **{
        name: quizzes.c[name]
        for name in ("id", "version", "state", "state_reason", "state_codes", "attempts_allowed", "time_limit_seconds")
    },
    "question_count": _asked.c.all,
    "accepted_count": _asked.c.accepted,
}
# The draft, else what learners meet, else the last one: `lms_app.learning.edit_questions.worked_on`.
_rank = case(
    (quizzes.c.state == fixed(QuizState.DRAFT), _ZERO),
    (quizzes.c.state == fixed(QuizState.PUBLISHED), literal_column("1", Integer)),
    else_=literal_column("2", Integer),
)
_quiz = (
    select(json_object(_summary))
    .select_from(quizzes.join(_asked, true()))
    .where(of_tenant(quizzes), quizzes.c.assignment_id == assignments.c.id)
    .order_by(_rank, quizzes.c.version.desc())
    .limit(literal_column("1", Integer))
    .correlate(assignments)
    .scalar_subquery()
)
_of_courses = assignments.join(
    courses,
    and_(of_tenant(courses), courses.c.id == assignments.c.course_id, courses.c.deleted_at.is_(None)),
)
_figures = (
    (_submitted.c.all + _attempted.c.all).label("submission_count"),
    (_submitted.c.waiting + _attempted.c.waiting).label("to_grade_count"),
    as_text(_quiz).label("quiz"),
)
_read = (
    select(assignments, courses.c.title.label("course_title"), *_figures)
    .select_from(_of_courses.join(_submitted, true()).join(_attempted, true()))
    .where(of_tenant(assignments))
)
_ASSIGNMENT = Statement(_read.where(assignments.c.id == _ID))
_wanted = (
    of_tenant(assignments),
    or_(_COURSE.is_(None), assignments.c.course_id == _COURSE),
    or_(_KIND.is_(None), assignments.c.kind == _KIND),
    or_(_IS_PUBLISHED.is_(None), assignments.c.is_published == _IS_PUBLISHED),
    func.strpos(func.lower(assignments.c.title), parameter("search", Text)) > _ZERO,
)
_matching = select(assignments.c.id).select_from(_of_courses).where(*_wanted)
_newest = _matching.order_by(assignments.c.created_at.desc(), assignments.c.id.desc()).limit(LIMIT).offset(OFFSET)
_ASSIGNMENTS = Statement(listing(_matching, _read.where(assignments.c.id.in_(_newest)), ("created_at DESC", "id DESC")))

_submission = (
    select(
        submissions,
        func.concat_ws(literal_column("' '"), users.c.first_name, users.c.last_name).label("teacher_name"),
        users.c.email.label("teacher_email"),
        files_of_submission().label("files"),
    )
    .join_from(submissions, users, and_(of_tenant(users), users.c.id == submissions.c.user_id))
    .where(of_tenant(submissions))
)
_SUBMISSION = Statement(_submission.where(submissions.c.id == parameter("submission_id", Uuid)))
_of_assignment = (
    of_tenant(submissions),
    submissions.c.assignment_id == _ID,
    _handed_in,
    or_(_STATUS.is_(None), submissions.c.status == _STATUS),
    or_(_IS_LATE.is_(None), submissions.c.is_late == _IS_LATE),
)
# SUBMITTED comes before GRADED when sorted downwards.
_longest_waiting = (
    select(submissions.c.id)
    .where(*_of_assignment)
    .order_by(submissions.c.status.desc(), submissions.c.submitted_at, submissions.c.id)
    .limit(LIMIT)
    .offset(OFFSET)
)
_known = select(courses.c.id).select_from(_of_courses).where(of_tenant(assignments), assignments.c.id == _ID).exists()
_SUBMISSIONS = Statement(
    listing(
        select(submissions.c.id).where(*_of_assignment),
        _submission.where(submissions.c.id.in_(_longest_waiting)),
        ("status DESC", "submitted_at", "id"),
    ).add_columns(_known.label("is_known"))
)

_decode_files = msgspec.json.Decoder(list[SubmittedFileView])
_decode_quiz = msgspec.json.Decoder(QuizSummaryView)


def _assignment_from_row(row: Row) -> AssignmentView:
    return AssignmentView(
        id=row["id"],
        course_id=row["course_id"],
        course_title=row["course_title"],
        module_id=row["module_id"],
        content_id=row["content_id"],
        kind=AssignmentKind(row["kind"]),
        origin=AssignmentOrigin(row["origin"]),
        title=row["title"],
        instructions=row["instructions"],
        due_date=row["due_date"],
        max_score=row["max_score"],
        passing_score=row["passing_score"],
        is_mandatory=row["is_mandatory"],
        is_published=row["is_published"],
        submission_count=row["submission_count"],
        to_grade_count=row["to_grade_count"],
        quiz=_decode_quiz.decode(row["quiz"]) if row["quiz"] is not None else None,
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )


def _submission_from_row(row: Row) -> SubmissionView:
    return SubmissionView(
        id=row["id"],
        assignment_id=row["assignment_id"],
        teacher_id=row["user_id"],
        teacher_name=row["teacher_name"],
        teacher_email=row["teacher_email"],
        status=SubmissionStatus(row["status"]),
        text=row["text"],
        files=_decode_files.decode(row["files"]),
        is_late=row["is_late"],
        score=row["score"],
        feedback=row["feedback"],
        submitted_at=row["submitted_at"],
        graded_at=row["graded_at"],
    )


class PostgresAssignmentQueries(AssignmentQueries):
    """Assignments and submissions of a school."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def assignments(
        self, scope: TenantScope, filters: AssignmentFilter, page: PageRequest
    ) -> Listing[AssignmentView]:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(
                _ASSIGNMENTS,
                course=filters.course,
                kind=filters.kind,
                is_published=filters.is_published,
                search=folded(filters.search),
                limit=page.size,
                offset=page.offset,
            )
        count, found = listed(rows)
        return Listing(count, [_assignment_from_row(row) for row in found])

    async def assignment(self, scope: TenantScope, assignment_id: UUID) -> AssignmentView | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_ASSIGNMENT, assignment_id=assignment_id)
        return _assignment_from_row(row) if row is not None else None

    async def submissions(
        self, scope: TenantScope, assignment_id: UUID, filters: SubmissionFilter, page: PageRequest
    ) -> Listing[SubmissionView] | None:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(
                _SUBMISSIONS,
                assignment_id=assignment_id,
                status=filters.status,
                is_late=filters.is_late,
                limit=page.size,
                offset=page.offset,
            )
        if not rows[0]["is_known"]:
            return None
        count, found = listed(rows)
        return Listing(count, [_submission_from_row(row) for row in found])

    async def submission(self, scope: TenantScope, submission_id: UUID) -> SubmissionView | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_SUBMISSION, submission_id=submission_id)
        return _submission_from_row(row) if row is not None else None
