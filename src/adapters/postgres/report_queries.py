"""Reports about many people, counted in bulk."""

from decimal import Decimal
from uuid import UUID

import msgspec
from sqlalchemy import (
    ColumnElement,
    Date,
    Double,
    FromClause,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.folding import folded
from adapters.postgres.learning_sql import visible_to
from adapters.postgres.people_sql import is_learner
from adapters.postgres.screen_sql import LIMIT, OFFSET, TOTAL, as_text, json_list, json_object
from adapters.postgres.sql import Row
from adapters.postgres.standing_sql import everybodys_courses
from adapters.postgres.statements import Statement, fixed, of_tenant, parameter
from adapters.postgres.tables import (
    assignments,
    content_progress,
    contents,
    courses,
    group_members,
    quiz_attempts,
    quizzes,
    submissions,
    teacher_groups,
    users,
)
from adapters.postgres.tables.base import TIMESTAMP
from adapters.postgres.work_sql import tried_quizzes, with_work_of, work_fields
from lms_app.accounts.people_views import CourseStatus
from lms_app.listing import Listing, PageRequest
from lms_app.ports.report_queries import Figures, FilterNames, ReportQueries, SchoolDay
from lms_app.reports.views import (
    CompletionPoint,
    CompletionRow,
    DepartmentFigures,
    EngagementPoint,
    EngagementRow,
    ReportFilter,
    WorkFigures,
    WorkRow,
    WorkStatus,
)
from lms_app.scope import TenantScope
from lms_domain.learning.assignment import AssignmentKind

_COURSE, _GROUP, _TEACHER = parameter("course", Uuid), parameter("group", Uuid), parameter("teacher", Uuid)
_DEPARTMENT, _STATUS = parameter("department", Text), parameter("status", Text)
_SINCE, _UNTIL = parameter("since", Date), parameter("until", Date)
_BEGINS, _ENDS = parameter("begins_at", TIMESTAMP), parameter("ends_at", TIMESTAMP)
_TODAY, _UTC_OFFSET = parameter("today", Date), parameter("utc_offset", Integer)
_ZERO = literal_column("0", Integer)

_full_name = func.concat_ws(literal_column("' '"), users.c.first_name, users.c.last_name)
_NAMES = Statement(
    select(
        select(courses.c.title).where(of_tenant(courses), courses.c.id == _COURSE).scalar_subquery().label("course"),
        select(teacher_groups.c.name)
        .where(of_tenant(teacher_groups), teacher_groups.c.id == _GROUP)
        .scalar_subquery()
        .label("group"),
        select(_full_name).where(of_tenant(users), users.c.id == _TEACHER).scalar_subquery().label("teacher"),
    )
)
_in_group = (
    select(group_members.c.user_id)
    .where(of_tenant(group_members), group_members.c.group_id == _GROUP, group_members.c.user_id == users.c.id)
    .correlate(users)
    .exists()
)
_who = (
    or_(_GROUP.is_(None), _in_group),
    or_(_TEACHER.is_(None), users.c.id == _TEACHER),
    or_(_DEPARTMENT.is_(None), users.c.department_folded == _DEPARTMENT),
)
_person = (
    users.c.id.label("teacher_id"),
    _full_name.label("teacher_name"),
    users.c.email.label("teacher_email"),
    users.c.department.label("department"),
    users.c.name_folded.label("name_folded"),
)


def _within(moment: ColumnElement[object]) -> ColumnElement[bool]:
    return and_(or_(_BEGINS.is_(None), moment >= _BEGINS), or_(_ENDS.is_(None), moment < _ENDS))


def _paged(rows: Select[*tuple[object, ...]], *, order: str) -> Statement:
    """One page of ``rows``, and how many there are: found once, counted beside the page, and there when it is empty."""
    matching = rows.cte("matching")
    total = select(func.count().label(TOTAL)).select_from(matching).subquery("total")
    terms: list[ColumnElement[object]] = [literal_column(f"matching.{term}") for term in order.split(", ")]
    page = select(matching).order_by(*terms).limit(LIMIT).offset(OFFSET).subquery("page")
    sorted_terms: list[ColumnElement[object]] = [literal_column(f"page.{term}") for term in order.split(", ")]
    return Statement(
        select(total.c[TOTAL], page).select_from(total.outerjoin(page, literal_column("true"))).order_by(*sorted_terms)
    )


_pairs = (
    everybodys_courses()
    .where(*_who, or_(_COURSE.is_(None), courses.c.id == _COURSE))
    .add_columns(*_person, courses.c.title.label("course_title"), courses.c.title_folded)
)
_pair = _pairs.subquery("pair")
_completion_rows = select(
    *(column for column in _pair.columns if column.name != "status"),
    case(
        (_pair.c.is_complete, fixed(CourseStatus.COMPLETED)),
        (_pair.c.deadline < _TODAY, fixed(CourseStatus.OVERDUE)),
        else_=_pair.c.status,
    ).label("status"),
).where(
    or_(
        and_(_BEGINS.is_(None), _ENDS.is_(None)), and_(_pair.c.completed_at.is_not(None), _within(_pair.c.completed_at))
    )
)


def _with_status(rows: Select[*tuple[object, ...]]) -> Select[*tuple[object, ...]]:
    found = rows.subquery("found")
    return select(found).where(or_(_STATUS.is_(None), found.c.status == _STATUS))


_COMPLETION = _paged(_with_status(_completion_rows), order="name_folded, teacher_id, title_folded, course_id")

_tried = tried_quizzes()
_work = work_fields(_tried)
_of_everybody = with_work_of(
    users.join(assignments, and_(of_tenant(assignments), assignments.c.is_published)).join(
        courses, and_(of_tenant(courses), courses.c.id == assignments.c.course_id, visible_to(courses, users.c.id))
    ),
    _tried,
    users.c.id,
)
_is_overdue = and_(_work["submission_status"] == fixed(WorkStatus.PENDING), assignments.c.due_date < _TODAY)
_work_rows = (
    select(
        *_person,
        courses.c.id.label("course_id"),
        courses.c.title.label("course_title"),
        assignments.c.id.label("assignment_id"),
        assignments.c.title.label("assignment_title"),
        assignments.c.kind,
        assignments.c.due_date,
        case((_is_overdue, fixed(WorkStatus.OVERDUE)), else_=_work["submission_status"]).label("status"),
        _work["score"].label("score"),
        assignments.c.max_score,
        _work["submitted_at"].label("submitted_at"),
        _work["graded_at"].label("graded_at"),
    )
    .select_from(_of_everybody)
    .where(
        of_tenant(users),
        is_learner(users),
        *_who,
        or_(_COURSE.is_(None), courses.c.id == _COURSE),
        or_(_SINCE.is_(None), assignments.c.due_date >= _SINCE),
        or_(_UNTIL.is_(None), assignments.c.due_date <= _UNTIL),
    )
)
_WORK = _paged(_with_status(_work_rows), order="name_folded, teacher_id, due_date, assignment_title, assignment_id")


def deeds(course: ColumnElement[object]) -> Select[*tuple[object, ...]]:
    """Everything that people did, with its time: ``user_id``, ``course_id``, ``deed``, ``at``. Of a course, or of all
    when ``course`` is null."""
    of_content = (
        of_tenant(contents),
        of_tenant(content_progress),
        or_(course.is_(None), contents.c.course_id == course),
    )
    of_work = (of_tenant(assignments), or_(course.is_(None), assignments.c.course_id == course))

    def progress(deed: str, moment: ColumnElement[object]) -> Select[*tuple[object, ...]]:
        return (
            select(
                content_progress.c.user_id,
                contents.c.course_id,
                literal_column(f"'{deed}'", Text).label("deed"),
                moment.label("at"),
            )
            .join_from(contents, content_progress, content_progress.c.content_id == contents.c.id)
            .where(*of_content, moment.is_not(None))
        )

    handed_in = (
        select(
            submissions.c.user_id,
            assignments.c.course_id,
            literal_column("'submitted'", Text),
            submissions.c.submitted_at,
        )
        .join_from(assignments, submissions, submissions.c.assignment_id == assignments.c.id)
        .where(*of_work, of_tenant(submissions), submissions.c.submitted_at.is_not(None))
    )
    attempted = (
        select(
            quiz_attempts.c.user_id,
            assignments.c.course_id,
            literal_column("'attempted'", Text),
            quiz_attempts.c.submitted_at,
        )
        .join_from(assignments, quizzes, quizzes.c.assignment_id == assignments.c.id)
        .join(quiz_attempts, quiz_attempts.c.quiz_id == quizzes.c.id)
        .where(*of_work, of_tenant(quizzes), of_tenant(quiz_attempts), quiz_attempts.c.submitted_at.is_not(None))
    )
    return select(
        union_all(
            progress("started", content_progress.c.started_at),
            progress("watched", content_progress.c.last_report_at),
            progress("completed", content_progress.c.completed_at),
            handed_in,
            attempted,
        ).subquery("deed")
    )


_deed = deeds(_COURSE).subquery("deeds")
_local_day = cast(
    func.timezone(literal_column("'UTC'"), _deed.c.at) + func.make_interval(0, 0, 0, 0, 0, 0, _UTC_OFFSET), Date
)


def _tenths(value: ColumnElement[float] | ColumnElement[float | Decimal]) -> ColumnElement[float | Decimal]:
    """With one decimal, rounded down: 100 means all of it."""
    return func.floor(cast(value, Double) * literal_column("10.0", Double)) / literal_column("10.0", Double)


def _times(deed: str) -> ColumnElement[int]:
    return func.count().filter(_deed.c.deed == literal_column(f"'{deed}'"))


_done = (
    select(
        _deed.c.user_id,
        func.max(_deed.c.at).label("last_active_at"),
        func.count(_local_day.distinct()).label("active_days"),
        _times("started").label("contents_started"),
        _times("completed").label("contents_completed"),
        _times("submitted").label("submissions"),
        _times("attempted").label("quiz_attempts"),
    )
    .where(_within(_deed.c.at))
    .group_by(_deed.c.user_id)
    .subquery("done")
)
_counts = ("active_days", "contents_started", "contents_completed", "submissions", "quiz_attempts")
_is_active = case((_done.c.user_id.is_(None), literal_column("'INACTIVE'")), else_=literal_column("'ACTIVE'"))
_engagement_rows = (
    select(
        *_person,
        _done.c.last_active_at,
        *(func.coalesce(_done.c[name], _ZERO).label(name) for name in _counts),
        _is_active.label("status"),
    )
    .select_from(users.outerjoin(_done, _done.c.user_id == users.c.id))
    .where(of_tenant(users), is_learner(users), *_who)
)
_ENGAGEMENT = _paged(_with_status(_engagement_rows), order="name_folded, teacher_id")


def _local(moment: ColumnElement[object]) -> ColumnElement[object]:
    return func.timezone(literal_column("'UTC'"), moment) + func.make_interval(0, 0, 0, 0, 0, 0, _UTC_OFFSET)


def _first_day(unit: str, moment: ColumnElement[object]) -> ColumnElement[object]:
    return cast(func.date_trunc(literal_column(f"'{unit}'"), _local(moment)), Date)


_learners = select(users.c.id).where(of_tenant(users), is_learner(users))
_week = _first_day("week", _deed.c.at).label("week")
_weeks = (
    select(
        _week,
        func.count(_deed.c.user_id.distinct()).label("active_people"),
        _times("completed").label("contents_completed"),
        (_times("submitted") + _times("attempted")).label("submissions"),
    )
    .where(_deed.c.at >= _BEGINS, _deed.c.user_id.in_(_learners))
    .group_by(_week)
    .subquery("weeks")
)
_all_pairs = (
    everybodys_courses()
    .where(or_(_COURSE.is_(None), courses.c.id == _COURSE))
    .add_columns(users.c.department)
    .cte("pairs")
)
_month = _first_day("month", _all_pairs.c.completed_at).label("month")
_months = (
    select(_month, func.count().label("completed"), _ZERO.label("total_completed"))
    .where(_all_pairs.c.is_complete, _all_pairs.c.completed_at >= _BEGINS)
    .group_by(_month)
    .subquery("months")
)
_before = (
    select(func.count()).select_from(_all_pairs).where(_all_pairs.c.is_complete, _all_pairs.c.completed_at < _BEGINS)
)
_pair_is_late = and_(~_all_pairs.c.is_complete, _all_pairs.c.deadline < _TODAY)
_departments = (
    select(
        _all_pairs.c.department,
        func.count(_all_pairs.c.user_id.distinct()).label("people"),
        _tenths(func.avg(_all_pairs.c.percentage)).label("average_progress"),
        _tenths(func.count().filter(_all_pairs.c.is_complete) * literal_column("100.0") / func.count()).label(
            "completion_rate"
        ),
        func.count().filter(_pair_is_late).label("overdue"),
    )
    .group_by(_all_pairs.c.department)
    .subquery("departments")
)
_all_work = (
    select(
        case((_is_overdue, fixed(WorkStatus.OVERDUE)), else_=_work["submission_status"]).label("status"),
    )
    .select_from(_of_everybody)
    .where(of_tenant(users), is_learner(users), or_(_COURSE.is_(None), courses.c.id == _COURSE))
    .subquery("work")
)
_standings = {status.value.lower(): func.count().filter(_all_work.c.status == fixed(status)) for status in WorkStatus}


def _as_json(rows: FromClause, order: str) -> ColumnElement[str]:
    fields = {column.name: column for column in rows.columns}
    return as_text(select(json_list(json_object(fields), rows.c[order])).scalar_subquery())


_FIGURES = Statement(
    select(
        _as_json(_weeks, "week").label("engagement"),
        _as_json(_months, "month").label("trend"),
        _before.scalar_subquery().label("before"),
        _as_json(_departments, "department").label("departments"),
        as_text(select(json_object(_standings)).select_from(_all_work).scalar_subquery()).label("work"),
    )
)
_decode_weeks = msgspec.json.Decoder(list[EngagementPoint])
_decode_months = msgspec.json.Decoder(list[CompletionPoint])
_decode_departments = msgspec.json.Decoder(list[DepartmentFigures])
_decode_work = msgspec.json.Decoder(WorkFigures)


def _who_values(filters: ReportFilter) -> dict[str, object]:
    return {
        "course": filters.course,
        "group": filters.group,
        "teacher": filters.teacher,
        "department": folded(filters.department) if filters.department is not None else None,
        "status": filters.status,
    }


def _page_values(page: PageRequest) -> dict[str, object]:
    return {"limit": page.size, "offset": page.offset}


def _completion_from_row(row: Row) -> CompletionRow:
    return CompletionRow(
        teacher_id=row["teacher_id"],
        teacher_name=row["teacher_name"],
        teacher_email=row["teacher_email"],
        department=row["department"],
        course_id=row["course_id"],
        course_title=row["course_title"],
        deadline=row["deadline"],
        status=CourseStatus(row["status"]),
        percentage=row["percentage"],
        completed_at=row["completed_at"],
    )


def _work_from_row(row: Row) -> WorkRow:
    return WorkRow(
        teacher_id=row["teacher_id"],
        teacher_name=row["teacher_name"],
        teacher_email=row["teacher_email"],
        department=row["department"],
        course_id=row["course_id"],
        course_title=row["course_title"],
        assignment_id=row["assignment_id"],
        assignment_title=row["assignment_title"],
        kind=AssignmentKind(row["kind"]),
        due_date=row["due_date"],
        status=WorkStatus(row["status"]),
        score=row["score"],
        max_score=row["max_score"],
        submitted_at=row["submitted_at"],
        graded_at=row["graded_at"],
    )


def _engagement_from_row(row: Row) -> EngagementRow:
    return EngagementRow(
        teacher_id=row["teacher_id"],
        teacher_name=row["teacher_name"],
        teacher_email=row["teacher_email"],
        department=row["department"],
        last_active_at=row["last_active_at"],
        active_days=row["active_days"],
        contents_started=row["contents_started"],
        contents_completed=row["contents_completed"],
        submissions=row["submissions"],
        quiz_attempts=row["quiz_attempts"],
    )


class PostgresReportQueries(ReportQueries):
    """Active learners and what they do."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def completion(
        self, scope: TenantScope, filters: ReportFilter, day: SchoolDay, page: PageRequest
    ) -> Listing[CompletionRow]:
        values = {"today": day.today, "begins_at": day.begins_at, "ends_at": day.ends_at}
        rows = await self._rows(scope, _COMPLETION, {**values, **_who_values(filters), **_page_values(page)})
        return Listing(rows[0][TOTAL], [_completion_from_row(row) for row in rows if row["teacher_id"] is not None])

    async def work(
        self, scope: TenantScope, filters: ReportFilter, day: SchoolDay, page: PageRequest
    ) -> Listing[WorkRow]:
        values = {"today": day.today, "since": filters.since, "until": filters.until}
        rows = await self._rows(scope, _WORK, {**values, **_who_values(filters), **_page_values(page)})
        return Listing(rows[0][TOTAL], [_work_from_row(row) for row in rows if row["teacher_id"] is not None])

    async def engagement(
        self, scope: TenantScope, filters: ReportFilter, day: SchoolDay, page: PageRequest
    ) -> Listing[EngagementRow]:
        values = {"utc_offset": day.utc_offset_seconds, "begins_at": day.begins_at, "ends_at": day.ends_at}
        rows = await self._rows(scope, _ENGAGEMENT, {**values, **_who_values(filters), **_page_values(page)})
        return Listing(rows[0][TOTAL], [_engagement_from_row(row) for row in rows if row["teacher_id"] is not None])

    async def names(self, scope: TenantScope, filters: ReportFilter) -> FilterNames:
        named: dict[str, object] = {
            "course": filters.course,
            "group": filters.group,
            "teacher": filters.teacher,
        }
        row = (await self._rows(scope, _NAMES, named))[0]
        return FilterNames(course=row["course"], group=row["group"], teacher=row["teacher"])

    async def figures(self, scope: TenantScope, course_id: UUID | None, day: SchoolDay) -> Figures:
        async with self._database.read(scope) as sql:
            row = await sql.row(
                _FIGURES,
                course=course_id,
                today=day.today,
                begins_at=day.begins_at,
                utc_offset=day.utc_offset_seconds,
            )
        if row is None:
            raise LookupError("a select without a table gives a row")
        return Figures(
            engagement=_decode_weeks.decode(row["engagement"]),
            completion_trend=_decode_months.decode(row["trend"]),
            completed_before=row["before"],
            departments=_decode_departments.decode(row["departments"]),
            assignments=_decode_work.decode(row["work"]),
        )

    async def _rows(self, scope: TenantScope, statement: Statement, values: dict[str, object]) -> list[Row]:
        async with self._database.read(scope) as sql:
            return await sql.rows(statement, **values)
