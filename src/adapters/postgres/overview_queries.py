"""How many people stand with their courses: a team, a whole school."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    Text,
    Uuid,
    and_,
    any_,
    cast,
    func,
    literal_column,
    not_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.sql.elements import SQLCoreOperations

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.learning_sql import visible_to
from adapters.postgres.people_queries import has_all_words, words_of
from adapters.postgres.people_sql import is_erased, is_learner
from adapters.postgres.screen_sql import LIMIT, OFFSET, as_text, json_list, json_object, listed, listing
from adapters.postgres.sql import Row
from adapters.postgres.standing_sql import (
    course_figures,
    everybodys_courses,
    is_open_work,
)
from adapters.postgres.statements import TENANT, Statement, fixed, of_tenant, parameter
from adapters.postgres.tables import (
    assignments,
    courses,
    quiz_attempts,
    quizzes,
    submissions,
    teacher_groups,
    tenant_usage,
    tenants,
    users,
)
from adapters.postgres.team_sql import is_seen_by
from adapters.postgres.work_sql import tried_quizzes, with_work_of, work_fields
from lms_app.accounts.people_views import (
    CourseFiguresView,
    CourseStatus,
    HandedInView,
    OverdueAssignmentView,
    PeopleFiguresView,
    SchoolStatsView,
    StorageFiguresView,
    TeamCourseView,
    TeamMemberView,
)
from lms_app.files.addresses import public_address
from lms_app.listing import Listing, PageRequest
from lms_app.ports.people_queries import OverviewQueries
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.learning.submission import Standing, SubmissionStatus

_LATEST_TODAY = parameter("latest_today", Date)
"""The date where it is latest on earth: what is not due there is due nowhere."""
_FARTHEST_EAST = timedelta(hours=14)
NEWEST_SUBMISSIONS = 5
"""Of each person of a team."""

_zone = select(tenants.c.time_zone).where(tenants.c.id == TENANT).scalar_subquery()

_viewer = users.alias("viewer")
_is_viewer = and_(of_tenant(_viewer), _viewer.c.id == parameter("viewer_id", Uuid))
_team = (
    select(users)
    .join_from(users, _viewer, _is_viewer)
    .where(of_tenant(users), is_learner(users), is_seen_by(users, _viewer), has_all_words(users))
)
# First the page, then figures of the people on it, and of nobody else.
_person = (
    _team.order_by(users.c.name_folded, users.c.id)
    .limit(LIMIT)
    .offset(OFFSET)
    .cte("person")
    .prefix_with("MATERIALIZED")
)
_theirs = everybodys_courses(_person).subquery("theirs")
_course: dict[str, SQLCoreOperations[object]] = {
    "course_id": _theirs.c.course_id,
    "title": _theirs.c.title,
    "is_mandatory": _theirs.c.is_mandatory,
    "deadline": _theirs.c.deadline,
    "status": _theirs.c.status,
    "percentage": _theirs.c.percentage,
    "completed_at": _theirs.c.completed_at,
}
_courses = (
    select(_theirs.c.user_id, json_list(json_object(_course), _theirs.c.title_folded).label("courses"))
    .group_by(_theirs.c.user_id)
    .subquery("courses_of")
)
_work: dict[str, SQLCoreOperations[object]] = {
    "assignment_id": assignments.c.id,
    "title": assignments.c.title,
    "course_id": assignments.c.course_id,
    "due_date": assignments.c.due_date,
}
_overdue_work = (
    select(json_list(json_object(_work), assignments.c.due_date))
    .select_from(assignments.join(courses, and_(of_tenant(courses), courses.c.id == assignments.c.course_id)))
    .where(
        of_tenant(assignments),
        assignments.c.is_published,
        assignments.c.due_date < _LATEST_TODAY,
        visible_to(courses, _person.c.id),
        is_open_work(_person.c.id),
    )
    .correlate(_person)
    .scalar_subquery()
)
_ids: ColumnElement[list[UUID]] = func.array(select(_person.c.id).scalar_subquery(), type_=ARRAY(Uuid))
_tried = tried_quizzes(_ids)
_of_tried = (
    select(_tried.c.assignment_id, _tried.c.user_id)
    .where(_tried.c.handed_in > literal_column("0", Integer))
    .select_from(_tried)
)
_of_work = select(submissions.c.assignment_id, submissions.c.user_id).where(
    of_tenant(submissions),
    submissions.c.user_id == any_(_ids),
    submissions.c.status != fixed(SubmissionStatus.DRAFT),
)
_given = union_all(_of_work, _of_tried).subquery("given")
_did = work_fields(_tried)
_newest = func.row_number().over(
    partition_by=_given.c.user_id, order_by=(_did["submitted_at"].desc(), assignments.c.id.desc())
)
# What stands in courses that learners can see: nobody learns here of what is not published.
_done = (
    select(
        _given.c.user_id,
        assignments.c.id.label("assignment_id"),
        assignments.c.title,
        assignments.c.kind,
        courses.c.id.label("course_id"),
        courses.c.title.label("course_title"),
        assignments.c.max_score,
        _did["submission_status"].label("status"),
        *(_did[name].label(name) for name in ("score", "submitted_at", "graded_at")),
        _newest.label("place"),
    )
    .select_from(
        with_work_of(
            _given.join(
                assignments,
                and_(of_tenant(assignments), assignments.c.id == _given.c.assignment_id, assignments.c.is_published),
            ).join(
                courses,
                and_(
                    of_tenant(courses),
                    courses.c.id == assignments.c.course_id,
                    courses.c.is_published,
                    courses.c.deleted_at.is_(None),
                ),
            ),
            _tried,
            _given.c.user_id,
        )
    )
    .subquery("done")
)
_of_done: dict[str, SQLCoreOperations[object]] = {
    column.name: column for column in _done.columns if column.name not in {"user_id", "place"}
}
_handed_in_by = (
    select(
        _done.c.user_id,
        func.count().label("submissions"),
        func.count().filter(_done.c.status == fixed(Standing.SUBMITTED)).label("waiting"),
        func.json_agg(aggregate_order_by(json_object(_of_done), _done.c.place))
        .filter(_done.c.place <= literal_column(str(NEWEST_SUBMISSIONS), Integer))
        .label("newest"),
    )
    .group_by(_done.c.user_id)
    .subquery("handed_in_by")
)
_TEAM = Statement(
    listing(
        _team,
        select(
            _person,
            _zone.label("time_zone"),
            func.coalesce(as_text(_courses.c.courses), literal_column("'[]'")).label("courses"),
            as_text(_overdue_work).label("overdue_work"),
            func.coalesce(_handed_in_by.c.submissions, literal_column("0")).label("submission_count"),
            func.coalesce(_handed_in_by.c.waiting, literal_column("0")).label("waiting_count"),
            func.coalesce(as_text(_handed_in_by.c.newest), literal_column("'[]'")).label("submissions"),
        ).select_from(
            _person.outerjoin(_courses, _courses.c.user_id == _person.c.id).outerjoin(
                _handed_in_by, _handed_in_by.c.user_id == _person.c.id
            )
        ),
        ("name_folded", "id"),
    )
)

_of_school = and_(of_tenant(users), not_(is_erased(users)), users.c.role != fixed(Role.SCHOOL_ADMIN))
_has_password = users.c.password_hash != literal_column("''", Text)
_people = (
    select(
        func.count().filter(users.c.is_active, _has_password).label("active"),
        func.count().filter(users.c.is_active, not_(_has_password)).label("invited"),
        func.count().filter(not_(users.c.is_active)).label("inactive"),
    )
    .where(_of_school)
    .subquery("people")
)
_all_courses = (
    select(func.count().label("courses"), func.count().filter(courses.c.is_published).label("published"))
    .where(of_tenant(courses), courses.c.deleted_at.is_(None))
    .subquery("all_courses")
)
_figures = course_figures().cte("figures")
_late = (
    select(_figures.c.deadline, func.sum(_figures.c.people - _figures.c.completed).label("people"))
    .where(_figures.c.deadline < _LATEST_TODAY, _figures.c.people > _figures.c.completed)
    .group_by(_figures.c.deadline)
    .subquery("late")
)
_late_days = select(json_list(func.json_build_array(_late.c.deadline, _late.c.people), _late.c.deadline))
_handed_in = (
    select(func.count())
    .select_from(submissions)
    .join(assignments, and_(of_tenant(assignments), assignments.c.id == submissions.c.assignment_id))
    .join(courses, and_(of_tenant(courses), courses.c.id == assignments.c.course_id))
    .where(
        of_tenant(submissions),
        submissions.c.status == fixed(SubmissionStatus.SUBMITTED),
        courses.c.deleted_at.is_(None),
    )
)
_attempted = (
    select(func.count())
    .select_from(quiz_attempts)
    .join(quizzes, and_(of_tenant(quizzes), quizzes.c.id == quiz_attempts.c.quiz_id))
    .join(assignments, and_(of_tenant(assignments), assignments.c.id == quizzes.c.assignment_id))
    .join(courses, and_(of_tenant(courses), courses.c.id == assignments.c.course_id))
    .where(
        of_tenant(quiz_attempts),
        quiz_attempts.c.submitted_at.is_not(None),
        quiz_attempts.c.graded_at.is_(None),
        courses.c.deleted_at.is_(None),
    )
)
_STATS = Statement(
    select(
        tenants.c.time_zone,
        tenants.c.limit_teachers,
        tenants.c.limit_courses,
        tenants.c.limit_storage_bytes,
        tenants.c.limit_video_seconds,
        tenants.c.is_converted,
        tenants.c.trial_ends_on,
        tenant_usage.c.stored_bytes,
        _people,
        _all_courses,
        select(func.count()).where(of_tenant(teacher_groups)).scalar_subquery().label("groups"),
        cast(select(func.sum(_figures.c.tenths)).scalar_subquery(), BigInteger).label("tenths"),
        cast(select(func.sum(_figures.c.people)).scalar_subquery(), BigInteger).label("pairs"),
        as_text(_late_days.scalar_subquery()).label("late"),
        cast(_handed_in.scalar_subquery() + _attempted.scalar_subquery(), BigInteger).label("to_grade"),
    )
    .select_from(
        tenants.join(tenant_usage, tenant_usage.c.tenant_id == tenants.c.id)
        .join(_people, true())
        .join(_all_courses, true())
    )
    .where(tenants.c.id == TENANT)
)

_decode_courses = msgspec.json.Decoder(list[TeamCourseView])
_decode_work = msgspec.json.Decoder(list[OverdueAssignmentView])
_decode_submissions = msgspec.json.Decoder(list[HandedInView])
_decode_late = msgspec.json.Decoder(list[tuple[date, int]])


def _standing_on(course: TeamCourseView, today: date) -> TeamCourseView:
    if course.status is CourseStatus.COMPLETED:
        return course
    is_over = course.deadline is not None and course.deadline < today
    status = CourseStatus.OVERDUE if is_over else course.status
    return msgspec.structs.replace(course, status=status, completed_at=None)


def _member_from_row(row: Row, now: datetime) -> TeamMemberView:
    today = now.astimezone(ZoneInfo(row["time_zone"])).date()
    theirs = [_standing_on(course, today) for course in _decode_courses.decode(row["courses"])]
    work = [work for work in _decode_work.decode(row["overdue_work"]) if work.due_date < today]
    late = sum(course.status is CourseStatus.OVERDUE for course in theirs)
    return TeamMemberView(
        id=row["id"],
        email=row["email"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        role=Role(row["role"]),
        department=row["department"],
        designation=row["designation"],
        profile_picture_url=public_address(row["picture_key"]),
        overall_progress=_mean([course.percentage for course in theirs]),
        completed_courses=sum(course.status is CourseStatus.COMPLETED for course in theirs),
        overdue_count=late + len(work),
        courses=theirs,
        overdue_assignments=work,
        submission_count=row["submission_count"],
        waiting_count=row["waiting_count"],
        submissions=_decode_submissions.decode(row["submissions"]),
    )


def _mean(percentages: list[float]) -> float:
    """With one decimal, rounded down: 100 means all of it."""
    return int(sum(percentages) / len(percentages) * 10) / 10 if percentages else 0.0


class PostgresOverviewQueries(OverviewQueries):
    """How many people stand with their courses."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def team(
        self, scope: TenantScope, viewer_id: UUID, search: str, page: PageRequest, *, now: datetime
    ) -> Listing[TeamMemberView]:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(
                _TEAM,
                viewer_id=viewer_id,
                words=words_of(search),
                latest_today=(now + _FARTHEST_EAST).date(),
                limit=page.size,
                offset=page.offset,
            )
        count, found = listed(rows)
        return Listing(count, [_member_from_row(row, now) for row in found])

    async def stats(self, scope: TenantScope, *, now: datetime) -> SchoolStatsView | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_STATS, latest_today=(now + _FARTHEST_EAST).date())
        if row is None:
            return None
        today = now.astimezone(ZoneInfo(row["time_zone"])).date()
        return SchoolStatsView(
            teachers=PeopleFiguresView(
                active=row["active"], invited=row["invited"], inactive=row["inactive"], limit=row["limit_teachers"]
            ),
            courses=CourseFiguresView(total=row["courses"], published=row["published"], limit=row["limit_courses"]),
            groups=row["groups"],
            average_completion=row["tenths"] // row["pairs"] / 10 if row["pairs"] else 0.0,
            overdue=sum(people for deadline, people in _decode_late.decode(row["late"]) if deadline < today),
            pending_gradings=row["to_grade"],
            storage=StorageFiguresView(used_bytes=row["stored_bytes"], limit_bytes=row["limit_storage_bytes"]),
            video_seconds_limit=row["limit_video_seconds"],
            trial_ends_on=None if row["is_converted"] else row["trial_ends_on"],
        )
