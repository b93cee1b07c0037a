"""How people stand with their courses, for screens about many people."""

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    and_,
    case,
    literal_column,
    select,
    true,
)

from adapters.postgres.learning_sql import (
    achieved_by,
    achieved_everywhere,
    completed_at,
    completion,
    is_enough,
    required_everywhere,
    required_in,
    visible_to,
)
from adapters.postgres.people_sql import is_learner
from adapters.postgres.statements import fixed, of_tenant
from adapters.postgres.tables import (
    assignments,
    courses,
    quiz_attempts,
    quizzes,
    submissions,
    users,
)
from lms_app.accounts.people_views import CourseStatus
from lms_domain.learning.assignment import AssignmentKind

_ZERO: ColumnElement[int] = literal_column("0", Integer)


def standing(course: FromClause, user_id: ColumnElement[object]) -> FromClause:
    """One row: how much there is to do in ``course``, and how much of it somebody did."""
    size, achieved = required_in(course), achieved_by(course, user_id)
    done = completion(size, achieved)
    return (
        select(
            done.percentage.label("percentage"),
            done.is_complete.label("is_complete"),
            achieved.c.begun,
            completed_at(achieved).label("last_completed_at"),
        )
        .select_from(size.join(achieved, true()))
        .lateral("standing")
    )


def status_before_deadline(counts: FromClause) -> ColumnElement[str]:
    """A course's status for somebody, as long as its deadline is not over: what day it is at the school, Python says,
    whose time zones may differ from the server's."""
    return case(
        (counts.c.is_complete, fixed(CourseStatus.COMPLETED)),
        (counts.c.begun > _ZERO, fixed(CourseStatus.IN_PROGRESS)),
        else_=fixed(CourseStatus.NOT_STARTED),
    )


def everybodys_courses() -> Select[*tuple[object, ...]]:
    """A row for every active learner and each of their courses, from ``users`` and ``courses``. Counted in bulk: once
    per course, once per person."""
    size, done = required_everywhere(), achieved_everywhere()
    rule = completion(size, done)
    status = case(
        (rule.is_complete, fixed(CourseStatus.COMPLETED)),
        (done.c.begun > _ZERO, fixed(CourseStatus.IN_PROGRESS)),
        else_=fixed(CourseStatus.NOT_STARTED),
    )
    return (
        select(
            users.c.id.label("user_id"),
            courses.c.id.label("course_id"),
            courses.c.deadline,
            rule.percentage.label("percentage"),
            rule.is_complete.label("is_complete"),
            status.label("status"),
            case((rule.is_complete, completed_at(done))).label("completed_at"),
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
            is_enough(submissions),
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
