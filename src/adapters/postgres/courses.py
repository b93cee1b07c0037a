"""Courses, their modules and contents, and to whom they are assigned."""

from datetime import datetime
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Integer,
    Table,
    Text,
    Uuid,
    all_,
    and_,
    any_,
    bindparam,
    column,
    delete,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from adapters.postgres.folding import folded
from adapters.postgres.learning_sql import assigned_to
from adapters.postgres.people_sql import is_learner
from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import (
    TENANT,
    Given,
    Statement,
    any_id,
    assign,
    fixed,
    insert_row,
    of_tenant,
    parameter,
)
from adapters.postgres.tables import (
    assignments,
    contents,
    course_groups,
    course_teachers,
    courses,
    modules,
    stored_files,
    teacher_groups,
    users,
)
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.repositories import Census, CourseReferences, CourseRepository, Taken, WholeModule
from lms_domain.courses.course import Content, ContentType, Course, Module
from lms_domain.courses.outline import ModuleOrder, Outline
from lms_domain.files.stored_file import FilePurpose

_COURSE = parameter("course_id", Uuid)
_MODULE = parameter("module_id", Uuid)

_TITLE_TAKEN = Statement(
    select(func.count())
    .select_from(courses)
    .where(
        of_tenant(courses), courses.c.title_folded == parameter("title_folded", Text), courses.c.deleted_at.is_(None)
    )
)
_is_asked = courses.c.title_folded == any_(bindparam("titles", type_=ARRAY(Text)))
_CENSUS = Statement(
    select(
        func.count().label("number"),
        func.array_agg(courses.c.title_folded).filter(_is_asked).label("taken_titles"),
        func.array_agg(courses.c.slug)
        .filter(func.starts_with(courses.c.slug, parameter("slug", Text)))
        .label("taken_slugs"),
    ).where(of_tenant(courses), courses.c.deleted_at.is_(None))
)
_any = select(courses).where(of_tenant(courses), courses.c.id == parameter("id", Uuid))
_get = _any.where(courses.c.deleted_at.is_(None))
_GET = Statement(_get)
_GET_LOCKED = Statement(_get.with_for_update(key_share=True))
_LOCK_DELETED = Statement(_any.where(courses.c.deleted_at.is_not(None)).with_for_update(key_share=True))
# Everything below it goes with it: tables.base.part_of.
_PURGE = Statement(
    delete(courses).where(of_tenant(courses), courses.c.id == parameter("id", Uuid), courses.c.deleted_at.is_not(None))
)
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


def _assign(table: Table, whom: str) -> Statement:
    """One statement: those who leave are deleted, those who are new inserted, those who stay are not touched."""
    ids = bindparam("ids", type_=ARRAY(Uuid))
    left = (
        delete(table)
        .where(of_tenant(table), table.c.course_id == _COURSE, table.c[whom] != all_(ids))
        .cte(f"left_{table.name}")
    )
    wanted = func.unnest(ids).table_valued(column("id", Uuid), name="wanted").render_derived()
    return Statement(
        insert(table)
        .from_select(
            ["tenant_id", "course_id", whom, "assigned_at"],
            select(TENANT, _COURSE, wanted.c.id, parameter("assigned_at", TIMESTAMP)),
        )
        .on_conflict_do_nothing()
        .add_cte(left)
    )


_ASSIGN = _assign(course_teachers, "user_id")
_ASSIGN_GROUPS = _assign(course_groups, "group_id")
_REFERENCES = Statement(
    select(
        func.array(
            select(users.c.id)
            .where(of_tenant(users), users.c.id == any_id("teacher_ids"), is_learner(users))
            .scalar_subquery()
        ).label("teacher_ids"),
        func.array(
            select(teacher_groups.c.id)
            .where(of_tenant(teacher_groups), teacher_groups.c.id == any_id("group_ids"))
            .scalar_subquery()
        ).label("group_ids"),
        select(stored_files.c.key)
        .where(
            of_tenant(stored_files),
            stored_files.c.id == parameter("picture_id", Uuid),
            stored_files.c.purpose == fixed(FilePurpose.COURSE_THUMBNAIL),
        )
        .scalar_subquery()
        .label("picture_key"),
    )
)
_ASSIGNEES = Statement(
    select(users.c.id)
    .join_from(users, courses, courses.c.tenant_id == users.c.tenant_id)
    .where(
        of_tenant(users),
        is_learner(users),
        courses.c.id == _COURSE,
        courses.c.deleted_at.is_(None),
        assigned_to(courses, users.c.id),
    )
)
_PUBLISHED_OF_GROUP = Statement(
    select(courses)
    .join_from(
        course_groups,
        courses,
        and_(courses.c.tenant_id == course_groups.c.tenant_id, courses.c.id == course_groups.c.course_id),
    )
    .where(
        of_tenant(course_groups),
        course_groups.c.group_id == parameter("group_id", Uuid),
        courses.c.is_published,
        courses.c.deleted_at.is_(None),
    )
    .order_by(courses.c.created_at, courses.c.id)
)

_ADD_MODULE = Statement(insert_row(modules))
_is_there = (
    select(courses.c.id).where(of_tenant(courses), courses.c.id == _COURSE, courses.c.deleted_at.is_(None)).exists()
)
_GET_MODULE = Statement(
    select(modules).where(
        of_tenant(modules), modules.c.course_id == _COURSE, modules.c.id == parameter("id", Uuid), _is_there
    )
)
_MODULES = Statement(
    select(modules).where(of_tenant(modules), modules.c.course_id == _COURSE).order_by(modules.c.position, modules.c.id)
)
_WHOLE = Statement(
    select(modules, *(column.label(f"content_{column.name}") for column in contents.columns))
    .join_from(modules, contents, and_(of_tenant(contents), contents.c.module_id == modules.c.id), isouter=True)
    .where(of_tenant(modules), modules.c.course_id == _COURSE)
    .order_by(modules.c.position, modules.c.id, contents.c.position, contents.c.id)
)
_SAVE_MODULE = Statement(
    update(modules)
    .where(of_tenant(modules), modules.c.id == parameter("id", Uuid))
    .values(assign(modules, "title", "description"))
)


def _remove(table: Table, siblings: str) -> Statement:
    """One row with all that is part of it; those behind it in the same parent move up."""
    gone = (
        delete(table)
        .where(of_tenant(table), table.c.id == parameter("id", Uuid))
        .returning(table.c[siblings], table.c.position)
        .cte("gone")
    )
    return Statement(
        update(table)
        .where(
            of_tenant(table),
            table.c[siblings] == gone.c[siblings],
            table.c.position > gone.c.position,
        )
        .values(position=table.c.position - literal_column("1"))
    )


_REMOVE_MODULE = _remove(modules, "course_id")
_REMOVE_CONTENT = _remove(contents, "module_id")
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
        _is_there,
    )
)
_LOCK_CONTENT = Statement(
    select(contents)
    .join_from(
        contents, courses, and_(courses.c.tenant_id == contents.c.tenant_id, courses.c.id == contents.c.course_id)
    )
    .where(
        of_tenant(contents),
        of_tenant(courses),
        courses.c.deleted_at.is_(None),
        contents.c.course_id == _COURSE,
        contents.c.module_id == _MODULE,
        contents.c.id == parameter("id", Uuid),
    )
    # Both: what is locked is read as it is once it is ours.
    .with_for_update(of=[courses, contents], key_share=True)
)
_FIND_CONTENT = Statement(select(contents).where(of_tenant(contents), contents.c.id == parameter("id", Uuid)))
_CONTENTS = Statement(
    select(contents)
    .join_from(
        contents, modules, and_(modules.c.tenant_id == contents.c.tenant_id, modules.c.id == contents.c.module_id)
    )
    .where(of_tenant(contents), contents.c.course_id == _COURSE)
    .order_by(modules.c.position, modules.c.id, contents.c.position, contents.c.id)
)
_SAVE_CONTENT = Statement(
    update(contents)
    .where(of_tenant(contents), contents.c.id == parameter("id", Uuid))
    .values(assign(contents, "title", "is_mandatory", "url", "required_coverage", "updated_at", "text", "file_id"))
)

# One array for each column, so that any outline is one statement that is always the same text.
_module_order = (
    func.unnest(parameter("module_ids", ARRAY(Uuid)), parameter("module_positions", ARRAY(Integer)))
    .table_valued(column("id", Uuid), column("position", Integer))
    .render_derived(name="module_order")
)
_content_order = (
    func.unnest(
        parameter("content_ids", ARRAY(Uuid)),
        parameter("parent_ids", ARRAY(Uuid)),
        parameter("content_positions", ARRAY(Integer)),
    )
    .table_valued(column("id", Uuid), column("module_id", Uuid), column("position", Integer))
    .render_derived(name="content_order")
)
_ordered_modules = (
    update(modules)
    .where(of_tenant(modules), modules.c.course_id == _COURSE, modules.c.id == _module_order.c.id)
    .values(position=_module_order.c.position)
    .cte("ordered_modules")
)
# Work on a content goes where the content goes.
_moved_assignments = (
    update(assignments)
    .where(
        of_tenant(assignments),
        assignments.c.course_id == _COURSE,
        assignments.c.content_id == _content_order.c.id,
        assignments.c.module_id != _content_order.c.module_id,
    )
    .values(module_id=_content_order.c.module_id)
    .cte("moved_assignments")
)
_SET_OUTLINE = Statement(
    update(contents)
    .where(of_tenant(contents), contents.c.course_id == _COURSE, contents.c.id == _content_order.c.id)
    .values(module_id=_content_order.c.module_id, position=_content_order.c.position)
    .add_cte(_ordered_modules, _moved_assignments)
)
_COUNT_CONTENTS = Statement(
    select(func.count()).select_from(contents).where(of_tenant(contents), contents.c.course_id == _COURSE)
)
_contents_of_module = (
    select(func.count())
    .select_from(contents)
    # The course leads the index.
    .where(of_tenant(contents), contents.c.course_id == _COURSE, contents.c.module_id == _MODULE)
    .scalar_subquery()
)
_COUNT_CONTENTS_OF_MODULE = Statement(
    select(_contents_of_module).where(of_tenant(modules), modules.c.course_id == _COURSE, modules.c.id == _MODULE)
)
_contents_in_order = (
    select(func.array_agg(aggregate_order_by(contents.c.id, contents.c.position, contents.c.id)))
    .where(of_tenant(contents), contents.c.course_id == _COURSE, contents.c.module_id == modules.c.id)
    .scalar_subquery()
)
_OUTLINE = Statement(
    select(modules.c.id, func.coalesce(_contents_in_order, literal_column("'{}'::uuid[]")).label("content_ids"))
    .where(of_tenant(modules), modules.c.course_id == _COURSE)
    .order_by(modules.c.position, modules.c.id)
)


_given_modules = Given(
    modules, "id", "course_id", "title", "description", "position", "created_at", rows="modules_given"
)
_given_contents = Given(
    contents,
    "id",
    "course_id",
    "module_id",
    "title",
    "content_type",
    "position",
    "is_mandatory",
    "url",
    "required_coverage",
    "created_at",
    "updated_at",
    "text",
    "file_id",
)
# Two things are unique, and ON CONFLICT can name one: it names none, and _TITLE_TAKEN tells afterwards.
_added = insert_row(courses).on_conflict_do_nothing().returning(courses.c.id).cte("added")
_ADD = Statement(
    select(_added.c.id).add_cte(
        *(
            insert(table)
            .from_select(["tenant_id", *given.columns], select(TENANT, *given.fields).select_from(_added, given.rows))
            .cte(f"added_{table.name}")
            for table, given in ((modules, _given_modules), (contents, _given_contents))
        )
    )
)


def content_to_values(content: Content) -> dict[str, object]:
    """Everything of a new content but its school."""
    return {
        "id": content.id,
        "course_id": content.course_id,
        "module_id": content.module_id,
        "title": content.title,
        "content_type": content.content_type.value,
        "position": content.position,
        "is_mandatory": content.is_mandatory,
        "url": content.url,
        "required_coverage": content.required_coverage,
        "created_at": content.created_at,
        "updated_at": content.updated_at,
        "text": content.text,
        "file_id": content.file_id,
    }


def module_to_values(module: Module) -> dict[str, object]:
    """Everything of a new module but its school."""
    return {
        "id": module.id,
        "course_id": module.course_id,
        "title": module.title,
        "description": module.description,
        "position": module.position,
        "created_at": module.created_at,
    }


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


def content_from_row(row: Row, prefix: str = "") -> Content:
    """A content from its row; ``prefix``: of the names of its columns."""
    return Content(
        id=row[f"{prefix}id"],
        tenant_id=row[f"{prefix}tenant_id"],
        course_id=row[f"{prefix}course_id"],
        module_id=row[f"{prefix}module_id"],
        title=row[f"{prefix}title"],
        content_type=ContentType(row[f"{prefix}content_type"]),
        position=row[f"{prefix}position"],
        is_mandatory=row[f"{prefix}is_mandatory"],
        url=row[f"{prefix}url"],
        required_coverage=row[f"{prefix}required_coverage"],
        created_at=row[f"{prefix}created_at"],
        updated_at=row[f"{prefix}updated_at"],
        text=row[f"{prefix}text"],
        file_id=row[f"{prefix}file_id"],
    )


class PostgresCourseRepository(CourseRepository):
    """Courses, modules and contents of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add(self, course: Course, modules: tuple[Module, ...] = (), contents: tuple[Content, ...] = ()) -> None:
        for tenant_id in {course.tenant_id, *(m.tenant_id for m in modules), *(c.tenant_id for c in contents)}:
            self._sql.check_school(tenant_id)
        values = course_to_values(course)
        added = await self._sql.rows_and_waiting(
            _ADD,
            **values,
            created_at=course.created_at,
            **_given_modules.values(map(module_to_values, modules)),
            **_given_contents.values(map(content_to_values, contents)),
        )
        if not added:
            is_title = await self._sql.count(_TITLE_TAKEN, title_folded=values["title_folded"])
            raise Taken("course_title" if is_title else "course_slug")

    async def get(self, course_id: UUID, *, for_update: bool = False) -> Course | None:
        row = await self._sql.row(_GET_LOCKED if for_update else _GET, id=course_id)
        return course_from_row(row) if row is not None else None

    async def census(self, titles: frozenset[str] = frozenset(), *, slug: str | None = None) -> Census:
        as_kept = {title: folded(title) for title in titles}
        row = await self._sql.row(_CENSUS, titles=list(as_kept.values()), slug=slug)
        if row is None:
            raise LookupError("a count is one row")
        taken = frozenset(row["taken_titles"] or ())
        return Census(
            row["number"],
            frozenset(title for title, kept in as_kept.items() if kept in taken),
            frozenset(row["taken_slugs"] or ()),
        )

    async def lock_deleted(self, course_id: UUID) -> Course | None:
        row = await self._sql.row(_LOCK_DELETED, id=course_id)
        return course_from_row(row) if row is not None else None

    async def purge(self, course_id: UUID) -> None:
        await self._sql.run(_PURGE, id=course_id)

    async def save(self, course: Course) -> None:
        self._sql.check_school(course.tenant_id)
        async with self._sql.survives_taken():
            await self._sql.rows_and_waiting(_SAVE, **course_to_values(course))

    async def references(
        self, *, teacher_ids: frozenset[UUID], group_ids: frozenset[UUID], picture_id: UUID | None
    ) -> CourseReferences:
        row = await self._sql.row(
            _REFERENCES, teacher_ids=list(teacher_ids), group_ids=list(group_ids), picture_id=picture_id
        )
        if row is None:
            raise LookupError("a list of values is one row")
        return CourseReferences(frozenset(row["teacher_ids"]), frozenset(row["group_ids"]), row["picture_key"])

    async def assign(self, course_id: UUID, teacher_ids: frozenset[UUID], *, on: datetime) -> None:
        await self._sql.later(_ASSIGN, course_id=course_id, ids=list(teacher_ids), assigned_at=on)

    async def assign_groups(self, course_id: UUID, group_ids: frozenset[UUID], *, on: datetime) -> None:
        await self._sql.later(_ASSIGN_GROUPS, course_id=course_id, ids=list(group_ids), assigned_at=on)

    async def assignees(self, course_id: UUID) -> frozenset[UUID]:
        return frozenset(row["id"] for row in await self._sql.rows(_ASSIGNEES, course_id=course_id))

    async def published_of_group(self, group_id: UUID) -> tuple[Course, ...]:
        return tuple(course_from_row(row) for row in await self._sql.rows(_PUBLISHED_OF_GROUP, group_id=group_id))

    async def content_count(self, course_id: UUID) -> int:
        return await self._sql.count(_COUNT_CONTENTS, course_id=course_id)

    async def add_module(self, module: Module) -> None:
        self._sql.check_school(module.tenant_id)
        await self._sql.run(_ADD_MODULE, **module_to_values(module))

    async def get_module(self, course_id: UUID, module_id: UUID) -> Module | None:
        row = await self._sql.row(_GET_MODULE, course_id=course_id, id=module_id)
        return module_from_row(row) if row is not None else None

    async def modules(self, course_id: UUID) -> tuple[Module, ...]:
        return tuple(module_from_row(row) for row in await self._sql.rows(_MODULES, course_id=course_id))

    async def save_module(self, module: Module) -> None:
        self._sql.check_school(module.tenant_id)
        await self._sql.run(_SAVE_MODULE, id=module.id, title=module.title, description=module.description)

    async def remove_module(self, module_id: UUID) -> None:
        await self._sql.run(_REMOVE_MODULE, id=module_id)

    async def module_count(self, course_id: UUID) -> int:
        return await self._sql.count(_COUNT_MODULES, course_id=course_id)

    async def add_content(self, content: Content) -> None:
        self._sql.check_school(content.tenant_id)
        await self._sql.later(_ADD_CONTENT, **content_to_values(content))

    async def get_content(self, course_id: UUID, module_id: UUID, content_id: UUID) -> Content | None:
        row = await self._sql.row(_GET_CONTENT, course_id=course_id, module_id=module_id, id=content_id)
        return content_from_row(row) if row is not None else None

    async def lock_content(self, course_id: UUID, module_id: UUID, content_id: UUID) -> Content | None:
        row = await self._sql.row(_LOCK_CONTENT, course_id=course_id, module_id=module_id, id=content_id)
        return content_from_row(row) if row is not None else None

    async def find_content(self, content_id: UUID) -> Content | None:
        row = await self._sql.row(_FIND_CONTENT, id=content_id)
        return content_from_row(row) if row is not None else None

    async def whole(self, course_id: UUID) -> tuple[WholeModule, ...]:
        rows = await self._sql.rows(_WHOLE, course_id=course_id)
        return tuple(
            WholeModule(
                module_from_row(of_module[0]),
                tuple(content_from_row(row, "content_") for row in of_module if row["content_id"] is not None),
            )
            for of_module in (list(group) for _, group in groupby(rows, key=itemgetter("id")))
        )

    async def contents(self, course_id: UUID) -> tuple[Content, ...]:
        return tuple(content_from_row(row) for row in await self._sql.rows(_CONTENTS, course_id=course_id))

    async def save_content(self, content: Content) -> None:
        self._sql.check_school(content.tenant_id)
        await self._sql.run(
            _SAVE_CONTENT,
            id=content.id,
            title=content.title,
            is_mandatory=content.is_mandatory,
            url=content.url,
            required_coverage=content.required_coverage,
            updated_at=content.updated_at,
            text=content.text,
            file_id=content.file_id,
        )

    async def remove_content(self, content_id: UUID) -> None:
        await self._sql.run(_REMOVE_CONTENT, id=content_id)

    async def outline(self, course_id: UUID) -> Outline:
        rows = await self._sql.rows(_OUTLINE, course_id=course_id)
        return tuple(ModuleOrder(row["id"], tuple(row["content_ids"])) for row in rows)

    async def set_outline(self, course_id: UUID, outline: Outline) -> None:
        places = [
            (content_id, module.module_id, place)
            for module in outline
            for place, content_id in enumerate(module.content_ids)
        ]
        await self._sql.run(
            _SET_OUTLINE,
            course_id=course_id,
            module_ids=[module.module_id for module in outline],
            module_positions=list(range(len(outline))),
            content_ids=[content_id for content_id, _, _ in places],
            parent_ids=[module_id for _, module_id, _ in places],
            content_positions=[place for _, _, place in places],
        )

    async def module_content_count(self, course_id: UUID, module_id: UUID) -> int | None:
        row = await self._sql.row(_COUNT_CONTENTS_OF_MODULE, course_id=course_id, module_id=module_id)
        return int(row[0]) if row is not None else None
