"""Courses, their modules and contents, and to whom they are assigned."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, all_, bindparam, column, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.folding import folded
from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import TENANT, Statement, assign, insert_row, of_tenant, parameter
from adapters.postgres.tables import contents, course_teachers, courses, modules
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.repositories import CourseRepository, Taken
from lms_domain.courses.course import Content, ContentType, Course, Module

_COURSE = parameter("course_id", Uuid)
_MODULE = parameter("module_id", Uuid)
_TEACHERS = bindparam("teacher_ids", type_=ARRAY(Uuid))

# Two things are unique, and ON CONFLICT can name one: it names none, and _TITLE_TAKEN tells afterwards.
_ADD = Statement(insert_row(courses).on_conflict_do_nothing().returning(courses.c.id))
_TITLE_TAKEN = Statement(
    select(func.count())
    .select_from(courses)
    .where(
        of_tenant(courses), courses.c.title_folded == parameter("title_folded", Text), courses.c.deleted_at.is_(None)
    )
)
_get = select(courses).where(of_tenant(courses), courses.c.id == parameter("id", Uuid))
_GET = Statement(_get)
_GET_LOCKED = Statement(_get.with_for_update(key_share=True))
_SAVE = Statement(
    update(courses)
    .where(of_tenant(courses), courses.c.id == parameter("id", Uuid))
    .values(
        assign(
            courses,
            "title",
            "title_folded",
            "slug",
            "description",
            "is_mandatory",
            "deadline",
            "estimated_hours",
            "is_published",
            "assigned_to_all",
            "version",
            "updated_at",
            "thumbnail_key",
            "deleted_at",
        )
    )
)

# One statement: those who leave are deleted, those who are new inserted, those who stay are not touched.
_left = (
    delete(course_teachers)
    .where(
        of_tenant(course_teachers),
        course_teachers.c.course_id == _COURSE,
        course_teachers.c.user_id != all_(_TEACHERS),
    )
    .cte("left_course")
)
_wanted = func.unnest(_TEACHERS).table_valued(column("user_id", Uuid), name="wanted").render_derived()
_ASSIGN = Statement(
    insert(course_teachers)
    .from_select(
        ["tenant_id", "course_id", "user_id", "assigned_at"],
        select(TENANT, _COURSE, _wanted.c.user_id, parameter("assigned_at", TIMESTAMP)),
    )
    .on_conflict_do_nothing()
    .add_cte(_left)
)

_ADD_MODULE = Statement(insert_row(modules))
_GET_MODULE = Statement(
    select(modules).where(of_tenant(modules), modules.c.course_id == _COURSE, modules.c.id == parameter("id", Uuid))
)
_COUNT_MODULES = Statement(
    select(func.count()).select_from(modules).where(of_tenant(modules), modules.c.course_id == _COURSE)
)
_ADD_CONTENT = Statement(insert_row(contents))
_GET_CONTENT = Statement(
    select(contents).where(
        of_tenant(contents),
        contents.c.course_id == _COURSE,
        contents.c.module_id == _MODULE,
        contents.c.id == parameter("id", Uuid),
    )
)
_COUNT_CONTENTS = Statement(
    select(func.count()).select_from(contents).where(of_tenant(contents), contents.c.course_id == _COURSE)
)
_COUNT_CONTENTS_OF_MODULE = Statement(
    select(func.count())
    .select_from(contents)
    .where(
        of_tenant(contents),
        # The course leads the index.
        contents.c.course_id
        == select(modules.c.course_id).where(of_tenant(modules), modules.c.id == _MODULE).scalar_subquery(),
        contents.c.module_id == _MODULE,
    )
)


def course_to_values(course: Course) -> dict[str, object]:
    """What of a course can change."""
    return {
        "id": course.id,
        "title": course.title,
        "title_folded": folded(course.title),
        "slug": course.slug,
        "description": course.description,
        "is_mandatory": course.is_mandatory,
        "deadline": course.deadline,
        "estimated_hours": course.estimated_hours,
        "is_published": course.is_published,
        "assigned_to_all": course.assigned_to_all,
        "version": course.version,
        "updated_at": course.updated_at,
        "thumbnail_key": course.thumbnail_key,
        "deleted_at": course.deleted_at,
    }


def course_from_row(row: Row) -> Course:
    """A course from its row."""
    return Course(
        id=row["id"],
        tenant_id=row["tenant_id"],
        title=row["title"],
        slug=row["slug"],
        description=row["description"],
        is_mandatory=row["is_mandatory"],
        deadline=row["deadline"],
        estimated_hours=row["estimated_hours"],
        is_published=row["is_published"],
        assigned_to_all=row["assigned_to_all"],
        version=row["version"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        thumbnail_key=row["thumbnail_key"],
        deleted_at=row["deleted_at"],
    )


def module_from_row(row: Row) -> Module:
    """A module from its row."""
    return Module(
        id=row["id"],
        tenant_id=row["tenant_id"],
        course_id=row["course_id"],
        title=row["title"],
        description=row["description"],
        position=row["position"],
        created_at=row["created_at"],
    )


def content_from_row(row: Row) -> Content:
    """A content from its row."""
    return Content(
        id=row["id"],
        tenant_id=row["tenant_id"],
        course_id=row["course_id"],
        module_id=row["module_id"],
        title=row["title"],
        content_type=ContentType(row["content_type"]),
        position=row["position"],
        is_mandatory=row["is_mandatory"],
        url=row["url"],
        required_coverage=row["required_coverage"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        text=row["text"],
        file_id=row["file_id"],
    )


class PostgresCourseRepository(CourseRepository):
    """Courses, modules and contents of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add(self, course: Course) -> None:
        self._sql.check_school(course.tenant_id)
        values = course_to_values(course)
        if await self._sql.row(_ADD, **values, created_at=course.created_at) is None:
            is_title = await self._sql.count(_TITLE_TAKEN, title_folded=values["title_folded"])
            raise Taken("course_title" if is_title else "course_slug")

    async def get(self, course_id: UUID, *, for_update: bool = False) -> Course | None:
        row = await self._sql.row(_GET_LOCKED if for_update else _GET, id=course_id)
        return course_from_row(row) if row is not None else None

    async def save(self, course: Course) -> None:
        self._sql.check_school(course.tenant_id)
        async with self._sql.survives_taken():
            await self._sql.run(_SAVE, **course_to_values(course))

    async def assign(self, course_id: UUID, teacher_ids: frozenset[UUID], *, on: datetime) -> None:
        await self._sql.run(_ASSIGN, course_id=course_id, teacher_ids=list(teacher_ids), assigned_at=on)

    async def content_count(self, course_id: UUID) -> int:
        return await self._sql.count(_COUNT_CONTENTS, course_id=course_id)

    async def add_module(self, module: Module) -> None:
        self._sql.check_school(module.tenant_id)
        await self._sql.run(
            _ADD_MODULE,
            id=module.id,
            course_id=module.course_id,
            title=module.title,
            description=module.description,
            position=module.position,
            created_at=module.created_at,
        )

    async def get_module(self, course_id: UUID, module_id: UUID) -> Module | None:
        row = await self._sql.row(_GET_MODULE, course_id=course_id, id=module_id)
        return module_from_row(row) if row is not None else None

    async def module_count(self, course_id: UUID) -> int:
        return await self._sql.count(_COUNT_MODULES, course_id=course_id)

    async def add_content(self, content: Content) -> None:
        self._sql.check_school(content.tenant_id)
        await self._sql.run(
            _ADD_CONTENT,
            id=content.id,
            course_id=content.course_id,
            module_id=content.module_id,
            title=content.title,
            content_type=content.content_type.value,
            position=content.position,
            is_mandatory=content.is_mandatory,
            url=content.url,
            required_coverage=content.required_coverage,
            created_at=content.created_at,
            updated_at=content.updated_at,
            text=content.text,
            file_id=content.file_id,
        )

    async def get_content(self, course_id: UUID, module_id: UUID, content_id: UUID) -> Content | None:
        row = await self._sql.row(_GET_CONTENT, course_id=course_id, module_id=module_id, id=content_id)
        return content_from_row(row) if row is not None else None

    async def module_content_count(self, module_id: UUID) -> int:
        return await self._sql.count(_COUNT_CONTENTS_OF_MODULE, module_id=module_id)
