"""What a learner may see and do now."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Double, Integer, Text, Uuid, and_, case, func, literal_column, or_, select, true
from sqlalchemy.sql.elements import SQLCoreOperations

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.folding import folded
from adapters.postgres.learning_sql import achieved_by, completion, required_in, visible_to
from adapters.postgres.progress import FACTS_OF_VISIBLE, facts_from_row
from adapters.postgres.screen_sql import LIMIT, OFFSET, as_text, json_list, json_object, labelled, listed, listing
from adapters.postgres.sql import Row
from adapters.postgres.statements import TENANT, Statement, of_tenant, parameter
from adapters.postgres.tables import (
    assignments,
    content_progress,
    contents,
    courses,
    modules,
    submissions,
    tenants,
    video_assets,
)
from adapters.postgres.work_sql import files_of_submission, is_quiz, tried_quizzes, with_work_of, work_fields
from lms_app.learning.assignment_views import MyAssignmentDetailView, MyAssignmentView, SubmittedFileView
from lms_app.learning.progress_views import (
    ContinueLearningView,
    DashboardStatsView,
    DashboardView,
    DeadlineView,
)
from lms_app.listing import Listing, PageRequest
from lms_app.ports.learner_queries import LearnerQueries, OpenContent
from lms_app.scope import TenantScope
from lms_domain.courses.course import DEFAULT_REQUIRED_COVERAGE, ContentType
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.completion import CourseFacts
from lms_domain.learning.submission import Standing

MAX_DEADLINES = 10
"""On a dashboard."""

_USER = parameter("user_id", Uuid)
_zone = select(tenants.c.time_zone).where(tenants.c.id == TENANT).scalar_subquery().label("time_zone")

_CONTENT = Statement(
    select(
        contents.c.id,
        contents.c.course_id,
        contents.c.content_type,
        contents.c.required_coverage,
        case((video_assets.c.playable, video_assets.c.duration_seconds)).label("duration_seconds"),
    )
    .select_from(
        contents.join(courses, and_(of_tenant(courses), courses.c.id == contents.c.course_id)).outerjoin(
            video_assets, and_(of_tenant(video_assets), video_assets.c.content_id == contents.c.id)
        )
    )
    .where(of_tenant(contents), contents.c.id == parameter("content_id", Uuid), visible_to(courses, _USER))
)

_tried = tried_quizzes()
_with_work = with_work_of(
    assignments.join(courses, and_(of_tenant(courses), courses.c.id == assignments.c.course_id)), _tried, _USER
)
_is_mine = and_(of_tenant(assignments), assignments.c.is_published, visible_to(courses, _USER))
_fields = work_fields(_tried)
_mine = (
    select(
        assignments.c.id,
        assignments.c.course_id,
        courses.c.title.label("course_title"),
        assignments.c.content_id,
        assignments.c.title,
        assignments.c.instructions,
        assignments.c.kind,
        assignments.c.due_date,
        assignments.c.is_mandatory,
        assignments.c.max_score,
        assignments.c.passing_score,
        *labelled(_fields),
    )
    .select_from(_with_work)
    .where(_is_mine)
)
_STATUS = parameter("status", Text)
_matching = _mine.where(
    or_(_STATUS.is_(None), _fields["submission_status"] == _STATUS),
    func.strpos(func.lower(assignments.c.title), parameter("search", Text)) > literal_column("0"),
)
_page = (
    _matching.order_by(assignments.c.due_date.asc().nulls_last(), assignments.c.title, assignments.c.id)
    .limit(LIMIT)
    .offset(OFFSET)
    .subquery("mine")
)
_ASSIGNMENTS = Statement(listing(_matching, select(_page, _zone), ("due_date ASC NULLS LAST", "title", "id")))
_ASSIGNMENT = Statement(
    _mine.where(assignments.c.id == parameter("assignment_id", Uuid)).add_columns(
        _zone,
        func.coalesce(submissions.c.text, literal_column("''")).label("submission_text"),
        files_of_submission().label("files"),
    )
)

_size, _achieved = required_in(courses), achieved_by(courses, _USER)
_done = completion(_size, _achieved)
_activity = (
    select(
        contents.c.course_id,
        func.max(
            func.greatest(
                content_progress.c.started_at, content_progress.c.last_report_at, content_progress.c.completed_at
            )
        ).label("at"),
    )
    .join_from(contents, content_progress, content_progress.c.content_id == contents.c.id)
    .where(of_tenant(contents), of_tenant(content_progress), content_progress.c.user_id == _USER)
    .group_by(contents.c.course_id)
    .subquery("activity")
)
_courses = (
    select(
        courses.c.id,
        courses.c.title,
        courses.c.deadline,
        _done.percentage.label("percentage"),
        _done.is_complete.label("is_complete"),
        _activity.c.at,
    )
    .select_from(
        courses.join(_size, true()).join(_achieved, true()).outerjoin(_activity, _activity.c.course_id == courses.c.id)
    )
    .where(of_tenant(courses), visible_to(courses, _USER))
    .cte("my_courses")
)
_course: Mapping[str, SQLCoreOperations[object]] = {
    name: _courses.c[name] for name in ("id", "title", "deadline", "percentage", "is_complete")
}
_next = (
    select(contents.c.id, contents.c.title, contents.c.content_type, content_progress.c.position_seconds)
    .select_from(
        contents.join(modules, and_(of_tenant(modules), modules.c.id == contents.c.module_id)).outerjoin(
            content_progress,
            and_(
                of_tenant(content_progress),
                content_progress.c.content_id == contents.c.id,
                content_progress.c.user_id == _USER,
            ),
        )
    )
    .where(of_tenant(contents), contents.c.course_id == _courses.c.id, content_progress.c.completed_at.is_(None))
    .order_by(contents.c.is_mandatory.desc(), modules.c.position, contents.c.position)
    .limit(literal_column("1", Integer))
    .correlate(_courses)
    .lateral("next")
)
_continue: Mapping[str, SQLCoreOperations[object]] = {
    "course_id": _courses.c.id,
    "course_title": _courses.c.title,
    "percentage": _courses.c.percentage,
    "content_id": _next.c.id,
    "content_title": _next.c.title,
    "content_type": _next.c.content_type,
    "resume_seconds": func.coalesce(_next.c.position_seconds, literal_column("0", Double)),
}
_going_on = (
    select(json_object(_continue))
    .select_from(_courses.outerjoin(_next, true()))
    .where(~_courses.c.is_complete)
    .order_by(_courses.c.at.desc().nulls_last(), _courses.c.deadline.asc().nulls_last(), _courses.c.title)
    .limit(literal_column("1", Integer))
    .scalar_subquery()
)
_open: Mapping[str, SQLCoreOperations[object]] = {
    "id": assignments.c.id,
    "title": assignments.c.title,
    "is_quiz": is_quiz,
    "due_date": assignments.c.due_date,
    "standing": _fields["submission_status"],
}
_work = select(json_list(json_object(_open), assignments.c.due_date)).select_from(_with_work).where(_is_mine)
_DASHBOARD = Statement(
    select(
        _zone,
        as_text(select(json_list(json_object(_course), _courses.c.title)).scalar_subquery()).label("courses"),
        as_text(_going_on).label("going_on"),
        as_text(_work.scalar_subquery()).label("work"),
    )
)


class _Course(msgspec.Struct, frozen=True):
    id: UUID
    title: str
    deadline: date | None
    percentage: float
    is_complete: bool


class _Work(msgspec.Struct, frozen=True):
    id: UUID
    title: str
    is_quiz: bool
    due_date: date | None
    standing: Standing


_decode_courses = msgspec.json.Decoder(list[_Course])
_decode_work = msgspec.json.Decoder(list[_Work])
_decode_continue = msgspec.json.Decoder(ContinueLearningView)
_decode_files = msgspec.json.Decoder(list[SubmittedFileView])


def _assignment_from_row(row: Row, now: datetime) -> MyAssignmentView:
    kind = AssignmentKind(row["kind"])
    return MyAssignmentView(
        id=row["id"],
        course_id=row["course_id"],
        course_title=row["course_title"],
        content_id=row["content_id"],
        title=row["title"],
        instructions=row["instructions"],
        kind=kind,
        due_date=row["due_date"],
        is_mandatory=row["is_mandatory"],
        max_score=row["max_score"],
        passing_score=row["passing_score"],
        submission_status=Standing(row["submission_status"]),
        score=row["score"],
        feedback=row["feedback"],
        is_quiz=kind is AssignmentKind.QUIZ,
        is_late=is_late(row, now),
    )


def is_late(row: Row, now: datetime) -> bool:
    """Whether a row of work is late, by the days of the school: what was handed in, or what still is not."""
    if row["due_date"] is None:
        return False
    if row["submitted_at"] is not None and row["kind"] != AssignmentKind.QUIZ:
        return bool(row["was_late"])
    counted: datetime = row["submitted_at"] or now
    due: date = row["due_date"]
    return counted.astimezone(ZoneInfo(row["time_zone"])).date() > due


def _deadlines(theirs: list[_Course], work: list[_Work], today: date) -> list[DeadlineView]:
    due = [("course", each.id, each.title, each.deadline) for each in theirs if not each.is_complete]
    due += [
        ("quiz" if each.is_quiz else "assignment", each.id, each.title, each.due_date)
        for each in work
        if each.standing in {Standing.PENDING, Standing.FAILED}
    ]
    found = [
        DeadlineView(type=kind, id=about, title=title, due=day, days_left=(day - today).days)
        for kind, about, title, day in due
        if day is not None
    ]
    return sorted(found, key=lambda each: (each.due, each.title))[:MAX_DEADLINES]


class PostgresLearnerQueries(LearnerQueries):
    """What a learner may see and do now."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def content(self, scope: TenantScope, user_id: UUID, content_id: UUID) -> OpenContent | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_CONTENT, user_id=user_id, content_id=content_id)
        if row is None:
            return None
        return OpenContent(
            id=row["id"],
            course_id=row["course_id"],
            content_type=ContentType(row["content_type"]),
            required_coverage=row["required_coverage"] or DEFAULT_REQUIRED_COVERAGE,
            duration_seconds=row["duration_seconds"],
        )

    async def course_facts(self, scope: TenantScope, user_id: UUID, course_id: UUID) -> CourseFacts | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(FACTS_OF_VISIBLE, user_id=user_id, course_id=course_id)
        return facts_from_row(course_id, row) if row is not None else None

    async def assignments(
        self,
        scope: TenantScope,
        user_id: UUID,
        status: Standing | None,
        search: str,
        page: PageRequest,
        *,
        now: datetime,
    ) -> Listing[MyAssignmentView]:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(
                _ASSIGNMENTS,
                user_id=user_id,
                status=status,
                search=folded(search),
                limit=page.size,
                offset=page.offset,
            )
        count, found = listed(rows)
        return Listing(count, [_assignment_from_row(row, now) for row in found])

    async def assignment(
        self, scope: TenantScope, user_id: UUID, assignment_id: UUID, *, now: datetime
    ) -> MyAssignmentDetailView | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_ASSIGNMENT, user_id=user_id, assignment_id=assignment_id)
        if row is None:
            return None
        return MyAssignmentDetailView(
            **msgspec.structs.asdict(_assignment_from_row(row, now)),
            submission_text=row["submission_text"],
            files=_decode_files.decode(row["files"]),
            submitted_at=row["submitted_at"],
            graded_at=row["graded_at"],
        )

    async def dashboard(self, scope: TenantScope, user_id: UUID, *, now: datetime) -> DashboardView:
        async with self._database.read(scope) as sql:
            row = await sql.row(_DASHBOARD, user_id=user_id)
        if row is None:
            raise LookupError("a select without a table gives a row")
        theirs, work = _decode_courses.decode(row["courses"]), _decode_work.decode(row["work"])
        today = now.astimezone(ZoneInfo(row["time_zone"])).date()
        return DashboardView(
            stats=DashboardStatsView(
                overall_progress=_mean([course.percentage for course in theirs]),
                total_courses=len(theirs),
                completed_courses=sum(course.is_complete for course in theirs),
                pending_assignments=sum(each.standing is Standing.PENDING for each in work),
            ),
            continue_learning=_decode_continue.decode(row["going_on"]) if row["going_on"] is not None else None,
            deadlines=_deadlines(theirs, work, today),
        )


def _mean(percentages: list[float]) -> float:
    """With one decimal, rounded down: 100 means all of it."""
    return int(sum(percentages) / len(percentages) * 10) / 10 if percentages else 0.0
