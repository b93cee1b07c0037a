"""Screens of those who write courses."""

from uuid import UUID

import msgspec
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Double,
    FromClause,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.sql.elements import SQLCoreOperations

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.folding import folded
from adapters.postgres.learning_sql import achieved_in, assigned_to, completion, percent, required_in
from adapters.postgres.people_sql import is_learner
from adapters.postgres.screen_sql import (
    LIMIT,
    OFFSET,
    as_text,
    content_fields,
    json_list,
    json_object,
    labelled,
    listed,
    listing,
)
from adapters.postgres.sql import Row
from adapters.postgres.statements import Statement, of_tenant, parameter
from adapters.postgres.tables import (
    contents,
    course_groups,
    course_teachers,
    courses,
    group_members,
    modules,
    users,
    video_assets,
)
from lms_app.courses.views import ContentView, CourseDetailView, CourseView, ModuleView
from lms_app.files.addresses import public_address
from lms_app.listing import Listing, PageRequest
from lms_app.ports.queries import CourseFilter, CourseQueries
from lms_app.scope import TenantScope
from lms_domain.courses.course import ContentType
from lms_domain.video.asset import VideoStatus

_COURSE = parameter("course_id", Uuid)
_ONE = literal_column("1", Integer)


def _modules(course_id: ColumnElement[UUID]) -> ColumnElement[str]:
    """The modules of a course with their contents, as JSON text."""
    inside = (
        select(json_list(json_object(content_fields()), contents.c.position))
        .select_from(contents)
        .outerjoin(video_assets, and_(of_tenant(video_assets), video_assets.c.content_id == contents.c.id))
        .where(of_tenant(contents), contents.c.course_id == course_id, contents.c.module_id == modules.c.id)
        .correlate(modules)
        .scalar_subquery()
    )
    fields: dict[str, SQLCoreOperations[object]] = {
        "id": modules.c.id,
        "title": modules.c.title,
        "description": modules.c.description,
        "order": modules.c.position + _ONE,
        "contents": inside,
    }
    return as_text(
        select(json_list(json_object(fields), modules.c.position))
        .where(of_tenant(modules), modules.c.course_id == course_id)
        .scalar_subquery()
    )


def _with_figures(course: FromClause) -> Select[*tuple[object, ...]]:
    """Everything of ``course`` (rows of ``courses``), with what is counted for it."""
    size = required_in(course)
    named = (
        select(
            func.coalesce(
                func.array_agg(aggregate_order_by(users.c.id, users.c.id)), literal_column("'{}'::uuid[]")
            ).label("ids")
        )
        .join_from(course_teachers, users, and_(of_tenant(users), users.c.id == course_teachers.c.user_id))
        .where(of_tenant(course_teachers), course_teachers.c.course_id == course.c.id, is_learner(users))
        .lateral("named")
    )
    person = achieved_in(course)
    finished = (
        select(func.count().label("people"))
        .select_from(person.join(users, and_(of_tenant(users), users.c.id == person.c.user_id)))
        .where(is_learner(users), assigned_to(course, users.c.id), completion(size, person).is_complete)
        .correlate(course, size)
        .lateral("finished")
    )
    module_count = (
        select(func.count())
        .select_from(modules)
        .where(of_tenant(modules), modules.c.course_id == course.c.id)
        .scalar_subquery()
    )
    chosen = union(
        select(course_teachers.c.user_id)
        .where(of_tenant(course_teachers), course_teachers.c.course_id == course.c.id)
        .correlate(course),
        select(group_members.c.user_id)
        .join_from(
            course_groups,
            group_members,
            and_(of_tenant(group_members), group_members.c.group_id == course_groups.c.group_id),
        )
        .where(of_tenant(course_groups), course_groups.c.course_id == course.c.id)
        .correlate(course),
    ).subquery("chosen")
    chosen_learners = (
        select(func.count())
        .join_from(chosen, users, and_(of_tenant(users), users.c.id == chosen.c.user_id))
        .where(is_learner(users))
        .scalar_subquery()
    )
    learners = select(func.count()).select_from(users).where(of_tenant(users), is_learner(users)).scalar_subquery()
    audience = (
        select(case((course.c.assigned_to_all, learners), else_=chosen_learners).label("people"))
        .correlate(course)
        .lateral("audience")
    )
    groups = (
        select(
            func.coalesce(
                func.array_agg(aggregate_order_by(course_groups.c.group_id, course_groups.c.group_id)),
                literal_column("'{}'::uuid[]"),
            ).label("ids")
        )
        .where(of_tenant(course_groups), course_groups.c.course_id == course.c.id)
        .lateral("groups")
    )
    return select(
        course,
        named.c.ids.label("assigned_teachers"),
        groups.c.ids.label("assigned_groups"),
        module_count.label("module_count"),
        size.c.total.label("content_count"),
        audience.c.people.label("assigned_teacher_count"),
        case(
            (audience.c.people > literal_column("0"), percent(finished.c.people, audience.c.people)),
            else_=literal_column("0.0::float8", Double),
        ).label("completion_rate"),
    ).select_from(
        course.join(size, true()).join(named, true()).join(groups, true()).join(audience, true()).join(finished, true())
    )


_SEARCH = parameter("search", Text)
_IS_PUBLISHED, _IS_MANDATORY = parameter("is_published", Boolean), parameter("is_mandatory", Boolean)
_GROUP = parameter("group_id", Uuid)
_is_of_group = (
    select(course_groups.c.course_id)
    .where(of_tenant(course_groups), course_groups.c.course_id == courses.c.id, course_groups.c.group_id == _GROUP)
    .exists()
)
_matching = select(courses).where(
    of_tenant(courses),
    courses.c.deleted_at.is_not(None) == parameter("is_deleted", Boolean),
    or_(_IS_PUBLISHED.is_(None), courses.c.is_published == _IS_PUBLISHED),
    or_(_IS_MANDATORY.is_(None), courses.c.is_mandatory == _IS_MANDATORY),
    or_(_GROUP.is_(None), _is_of_group),
    func.strpos(courses.c.title_folded, _SEARCH) > literal_column("0"),
)
_newest_first = _matching.order_by(courses.c.created_at.desc(), courses.c.id.desc()).limit(LIMIT).offset(OFFSET)
_COURSES = Statement(
    listing(_matching, _with_figures(_newest_first.subquery("course")), ("created_at DESC", "id DESC"))
)
_one = (
    select(courses)
    .where(of_tenant(courses), courses.c.id == _COURSE, courses.c.deleted_at.is_(None))
    .subquery("course")
)
_DETAIL = Statement(_with_figures(_one).add_columns(_modules(_COURSE).label("modules")))
_MODULES = Statement(
    select(_modules(_COURSE).label("modules"))
    .select_from(courses)
    .where(of_tenant(courses), courses.c.id == _COURSE, courses.c.deleted_at.is_(None))
)
_CONTENT = Statement(
    select(*labelled(content_fields()))
    .select_from(contents)
    .join(courses, and_(of_tenant(courses), courses.c.id == contents.c.course_id))
    .outerjoin(video_assets, and_(of_tenant(video_assets), video_assets.c.content_id == contents.c.id))
    .where(
        of_tenant(contents),
        contents.c.course_id == _COURSE,
        contents.c.module_id == parameter("module_id", Uuid),
        contents.c.id == parameter("content_id", Uuid),
        courses.c.deleted_at.is_(None),
    )
)

_modules_decoder = msgspec.json.Decoder(list[ModuleView])


def content_from_row(row: Row) -> ContentView:
    """A content from a row with the columns of `content_fields`."""
    return ContentView(
        id=row["id"],
        title=row["title"],
        content_type=ContentType(row["content_type"]),
        order=row["order"],
        is_mandatory=row["is_mandatory"],
        url=row["url"],
        file_url=row["file_url"],
        text=row["text"],
        duration_seconds=row["duration_seconds"],
        required_coverage=row["required_coverage"],
        video_status=VideoStatus(row["video_status"]) if row["video_status"] is not None else None,
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )


def _course_from_row(row: Row) -> CourseView:
    return CourseView(
        id=row["id"],
        title=row["title"],
        slug=row["slug"],
        description=row["description"],
        thumbnail_url=public_address(row["thumbnail_key"]),
        is_mandatory=row["is_mandatory"],
        deadline=row["deadline"],
        estimated_hours=row["estimated_hours"],
        is_published=row["is_published"],
        assigned_to_all=row["assigned_to_all"],
        assigned_groups=row["assigned_groups"],
        assigned_teachers=row["assigned_teachers"],
        module_count=row["module_count"],
        content_count=row["content_count"],
        assigned_teacher_count=row["assigned_teacher_count"],
        completion_rate=row["completion_rate"],
        version=row["version"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        deleted_at=row["deleted_at"],
    )


class PostgresCourseQueries(CourseQueries):
    """Screens of those who write courses."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def courses(self, scope: TenantScope, filters: CourseFilter, page: PageRequest) -> Listing[CourseView]:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(
                _COURSES,
                is_deleted=filters.is_deleted,
                is_published=filters.is_published,
                is_mandatory=filters.is_mandatory,
                group_id=filters.group,
                search=folded(filters.search),
                limit=page.size,
                offset=page.offset,
            )
        count, found = listed(rows)
        return Listing(count, [_course_from_row(row) for row in found])

    async def course(self, scope: TenantScope, course_id: UUID) -> CourseDetailView | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_DETAIL, course_id=course_id)
        if row is None:
            return None
        course = _course_from_row(row)
        return CourseDetailView(**msgspec.structs.asdict(course), modules=_modules_decoder.decode(row["modules"]))

    async def modules(self, scope: TenantScope, course_id: UUID) -> list[ModuleView] | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_MODULES, course_id=course_id)
        return _modules_decoder.decode(row["modules"]) if row is not None else None

    async def content(
        self, scope: TenantScope, course_id: UUID, module_id: UUID, content_id: UUID
    ) -> ContentView | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_CONTENT, course_id=course_id, module_id=module_id, content_id=content_id)
        return content_from_row(row) if row is not None else None
