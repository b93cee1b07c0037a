"""How people stand with their courses, for screens about many people."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Uuid,
    and_,
    any_,
    case,
    cast,
    false,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
    true,
    union,
    union_all,
)

from adapters.postgres.learning_sql import (
    DEED,
    achieved_by,
    achieved_rows,
    completed_at,
    completion,
    is_enough,
    required_in,
    summed_deeds,
    visible_to,
)
from adapters.postgres.people_sql import is_learner
from adapters.postgres.statements import fixed, of_tenant
from adapters.postgres.tables import (
    assignments,
    course_groups,
    course_teachers,
    courses,
    group_members,
    quiz_attempts,
    quizzes,
    submissions,
    users,
)
from adapters.postgres.tables.base import TIMESTAMP
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


def everybodys_courses(among: FromClause | None = None) -> Select[*tuple[object, ...]]:
    """A row for every active learner and each of their courses, from ``users`` and ``courses``.

    Args:
        among: only these people, and only what they did is counted: rows with their ``id``.

    Who has which course and what people did are put below each other and grouped. A join of the two would be a matter
    of estimates: where PostgreSQL takes a school for small, it does the counting anew for every pair.
    """
    every, person = courses.alias("every_course"), users.alias("person")
    size = required_in(every)
    sized = (
        select(every, size.c.total, size.c.mandatory)
        .select_from(every.join(size, true()))
        .where(of_tenant(every), every.c.is_published, every.c.deleted_at.is_(None))
        .cte("sized")
        .prefix_with("MATERIALIZED")
    )
    pairs = (
        select(sized.c.id.label("course_id"), person.c.id.label("user_id"), sized.c.total, sized.c.mandatory)
        .select_from(person.join(sized, visible_to(sized, person.c.id)))
        .where(of_tenant(person), is_learner(person))
    )
    rows = achieved_rows().subquery("deed")
    # As an array it is known before anything is counted, and reaches every index by person.
    ids = None if among is None else func.array(select(among.c.id).scalar_subquery(), type_=ARRAY(Uuid))
    if ids is not None:
        pairs = pairs.where(person.c.id == any_(ids))
    deeds = select(
        rows.c.course_id, rows.c.user_id, null(), null(), *(rows.c[name] for name in DEED), literal_column("0", Integer)
    )
    if ids is not None:
        deeds = deeds.where(rows.c.user_id == any_(ids))
    pair = pairs.subquery("pair")
    both = union_all(
        select(
            pair.c.course_id,
            pair.c.user_id,
            pair.c.total,
            pair.c.mandatory,
            *(_ZERO.label(name) for name in DEED[:3]),
            false().label("earned"),
            cast(null(), TIMESTAMP).label("at"),
            literal_column("1", Integer).label("is_pair"),
        ),
        deeds,
    ).subquery("both")
    done = (
        select(
            both.c.course_id,
            both.c.user_id,
            func.max(both.c.total).label("total"),
            func.max(both.c.mandatory).label("mandatory"),
            *summed_deeds(both),
        )
        .group_by(both.c.course_id, both.c.user_id)
        .having(func.max(both.c.is_pair) > _ZERO)
        .subquery("done")
    )
    rule = completion(done, done)
    status = case(
        (rule.is_complete, fixed(CourseStatus.COMPLETED)),
        (done.c.begun > _ZERO, fixed(CourseStatus.IN_PROGRESS)),
        else_=fixed(CourseStatus.NOT_STARTED),
    )
    return select(
        users.c.id.label("user_id"),
        courses.c.id.label("course_id"),
        courses.c.title,
        courses.c.title_folded,
        courses.c.is_mandatory,
        courses.c.deadline,
        rule.percentage.label("percentage"),
        rule.is_complete.label("is_complete"),
        status.label("status"),
        case((rule.is_complete, completed_at(done))).label("completed_at"),
    ).select_from(
        done.join(users, and_(of_tenant(users), users.c.id == done.c.user_id)).join(
            courses, and_(of_tenant(courses), courses.c.id == done.c.course_id)
        )
    )


def course_figures() -> Select[*tuple[object, ...]]:
    """A row for every published course: ``deadline``, how many active learners have it (``people``), how many of them
    completed it (``completed``), and the ``tenths`` of a percent that all of them have together.

    The same as `everybodys_courses` added up, a test compares them; but only who did something is looked at one by one.
    Who did nothing has 0 %, and completed nothing: the rule knows no exception.
    """
    every = courses.alias("every_course")
    size = required_in(every)
    sized = (
        select(every.c.id, every.c.deadline, every.c.assigned_to_all, size.c.total, size.c.mandatory)
        .select_from(every.join(size, true()))
        .where(of_tenant(every), every.c.is_published, every.c.deleted_at.is_(None))
        .cte("sized")
        .prefix_with("MATERIALIZED")
    )
    learner = select(users.c.id).where(of_tenant(users), is_learner(users)).cte("learner").prefix_with("MATERIALIZED")
    named = union(
        select(course_teachers.c.course_id, course_teachers.c.user_id).where(of_tenant(course_teachers)),
        select(course_groups.c.course_id, group_members.c.user_id)
        .join_from(course_groups, group_members, group_members.c.group_id == course_groups.c.group_id)
        .where(of_tenant(course_groups), of_tenant(group_members)),
    ).subquery("named")
    theirs = (
        select(named.c.course_id, named.c.user_id)
        .join_from(named, learner, learner.c.id == named.c.user_id)
        .join(sized, and_(sized.c.id == named.c.course_id, not_(sized.c.assigned_to_all)))
        .cte("theirs")
        .prefix_with("MATERIALIZED")
    )
    having = select(theirs.c.course_id, func.count().label("people")).group_by(theirs.c.course_id).subquery("having")
    everybody = select(func.count()).select_from(learner).scalar_subquery()
    rows = achieved_rows().subquery("deed")
    did = (
        select(rows.c.course_id, rows.c.user_id, *summed_deeds(rows))
        # What is only begun adds nothing.
        .where(or_(rows.c.completed > _ZERO, rows.c.counted > _ZERO, rows.c.earned))
        .group_by(rows.c.course_id, rows.c.user_id)
        .subquery("did")
    )
    rule = completion(sized, did)
    added_up = (
        select(
            sized.c.id,
            func.count().filter(rule.is_complete).label("completed"),
            cast(func.sum(func.round(rule.percentage * literal_column("10"))), BigInteger).label("tenths"),
        )
        .select_from(
            sized.join(did, did.c.course_id == sized.c.id)
            .join(learner, learner.c.id == did.c.user_id)
            .outerjoin(theirs, and_(theirs.c.course_id == did.c.course_id, theirs.c.user_id == did.c.user_id))
        )
        .where(or_(sized.c.assigned_to_all, theirs.c.user_id.is_not(None)))
        .group_by(sized.c.id)
        .subquery("added_up")
    )
    return select(
        sized.c.id.label("course_id"),
        sized.c.deadline,
        case((sized.c.assigned_to_all, everybody), else_=func.coalesce(having.c.people, _ZERO)).label("people"),
        func.coalesce(added_up.c.completed, _ZERO).label("completed"),
        func.coalesce(added_up.c.tenths, _ZERO).label("tenths"),
    ).select_from(
        sized.outerjoin(having, having.c.course_id == sized.c.id).outerjoin(added_up, added_up.c.id == sized.c.id)
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
