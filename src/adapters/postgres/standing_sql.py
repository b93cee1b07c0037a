"""How people stand with their courses, for screens about many people."""

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    and_,
    case,
    func,
    literal_column,
    select,
)

from adapters.postgres.learning_sql import Completion, visible_to
from adapters.postgres.people_sql import is_learner
from adapters.postgres.statements import fixed, of_tenant
from adapters.postgres.tables import (
    assignments,
    content_progress,
    contents,
    courses,
    quiz_attempts,
    quizzes,
    submissions,
    users,
)
from lms_app.accounts.people_views import CourseStatus
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.submission import SubmissionStatus

_ZERO: ColumnElement[int] = literal_column("0", Integer)


def standing(course: FromClause, user_id: ColumnElement[object]) -> FromClause:
    """One row: how many contents of ``course`` there are, and how many of them somebody has begun and completed."""
    own = and_(
        of_tenant(content_progress),
        content_progress.c.user_id == user_id,
        content_progress.c.content_id == contents.c.id,
    )
    return (
        select(
            func.count().label("total"),
            func.count().filter(contents.c.is_mandatory).label("mandatory"),
            func.count(content_progress.c.completed_at).label("completed"),
            func.count(content_progress.c.completed_at).filter(contents.c.is_mandatory).label("completed_mandatory"),
            func.count(content_progress.c.started_at).label("started"),
            func.max(content_progress.c.completed_at).label("last_completed_at"),
        )
        .select_from(contents.outerjoin(content_progress, own))
        .where(of_tenant(contents), contents.c.course_id == course.c.id)
        .lateral("standing")
    )


def completion(counts: FromClause) -> Completion:
    """The rule of completion over counted contents."""
    return Completion(counts.c.total, counts.c.mandatory, counts.c.completed, counts.c.completed_mandatory)


def status_before_deadline(counts: FromClause) -> ColumnElement[str]:
    """A course's status for somebody, as long as its deadline is not over: what day it is at the school, Python says,
    whose time zones may differ from the server's."""
    return case(
        (completion(counts).is_complete, fixed(CourseStatus.COMPLETED)),
        (counts.c.started > _ZERO, fixed(CourseStatus.IN_PROGRESS)),
        else_=fixed(CourseStatus.NOT_STARTED),
    )


def everybodys_courses() -> Select[*tuple[object, ...]]:
    """A row for every active learner and each of their courses. Counted in bulk: once per course, once per person."""
    size = (
        select(
            contents.c.course_id,
            func.count().label("total"),
            func.count().filter(contents.c.is_mandatory).label("mandatory"),
        )
        .where(of_tenant(contents))
        .group_by(contents.c.course_id)
        .subquery("size")
    )
    done = (
        select(
            contents.c.course_id,
            content_progress.c.user_id,
            func.count().label("completed"),
            func.count().filter(contents.c.is_mandatory).label("completed_mandatory"),
        )
        .join_from(contents, content_progress, content_progress.c.content_id == contents.c.id)
        .where(of_tenant(contents), of_tenant(content_progress), content_progress.c.completed_at.is_not(None))
        .group_by(contents.c.course_id, content_progress.c.user_id)
        .subquery("done")
    )
    counted = Completion(
        func.coalesce(size.c.total, _ZERO),
        func.coalesce(size.c.mandatory, _ZERO),
        func.coalesce(done.c.completed, _ZERO),
        func.coalesce(done.c.completed_mandatory, _ZERO),
    )
    return (
        select(
            courses.c.deadline,
            counted.percentage.label("percentage"),
            counted.is_complete.label("is_complete"),
        )
        .select_from(
            users.join(courses, and_(of_tenant(courses), visible_to(courses, users.c.id)))
            .outerjoin(size, size.c.course_id == courses.c.id)
            .outerjoin(done, and_(done.c.course_id == courses.c.id, done.c.user_id == users.c.id))
        )
        .where(of_tenant(users), is_learner(users))
    )


def is_open_work(user_id: ColumnElement[object]) -> ColumnElement[bool]:
    """Whether somebody has neither handed in nor passed an assignment (see ``lms_domain.learning.completion``)."""
    handed_in = (
        select(submissions.c.id)
        .where(
            of_tenant(submissions),
            submissions.c.assignment_id == assignments.c.id,
            submissions.c.user_id == user_id,
            case(
                (submissions.c.status == fixed(SubmissionStatus.GRADED), _passes(submissions.c.score)),
                else_=submissions.c.status == fixed(SubmissionStatus.SUBMITTED),
            ),
        )
        .correlate_except(submissions)
        .exists()
    )
    passed = (
        select(quiz_attempts.c.id)
        .join_from(quiz_attempts, quizzes, and_(of_tenant(quizzes), quizzes.c.id == quiz_attempts.c.quiz_id))
        .where(
            of_tenant(quiz_attempts),
            quizzes.c.assignment_id == assignments.c.id,
            quiz_attempts.c.user_id == user_id,
            quiz_attempts.c.passed,
        )
        .correlate_except(quiz_attempts, quizzes)
        .exists()
    )
    return case((assignments.c.kind == fixed(AssignmentKind.QUIZ), ~passed), else_=~handed_in)


def _passes(score: ColumnElement[object]) -> ColumnElement[bool]:
    return func.coalesce(score, _ZERO) >= assignments.c.passing_score
