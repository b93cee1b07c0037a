"""Courses, their modules and contents, and to whom they are assigned, in memory."""

import unicodedata
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from adapters.memory.checks import check_school, require
from adapters.memory.database import MemoryDatabase
from adapters.memory.removal import Removal
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.deleted_courses import CourseRef, DeletedCourseRepository
from lms_app.ports.repositories import Census, CourseReferences, CourseRepository, Taken, WholeModule
from lms_domain.courses.course import Content, Course, Module
from lms_domain.courses.outline import ModuleOrder, Outline
from lms_domain.files.stored_file import FilePurpose


def folded(text: str) -> str:
    """``text`` without differences of case or of compatible characters."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


class MemoryCourseRepository(CourseRepository):
    """Courses, modules and contents of one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._removal = Removal(database, tx, tenant_id)
        self._tenants = Rows(database.tenants, tx, tenant_id)
        self._users = Rows(database.users, tx, tenant_id)
        self._courses = Rows(database.courses, tx, tenant_id)
        self._assignments = Rows(database.course_assignments, tx, tenant_id)
        self._files = Rows(database.files, tx, tenant_id)
        self._groups = Rows(database.groups, tx, tenant_id)
        self._members = Rows(database.group_members, tx, tenant_id)
        self._group_assignments = Rows(database.course_groups, tx, tenant_id)
        self._modules = Rows(database.modules, tx, tenant_id)
        self._contents = Rows(database.contents, tx, tenant_id)

    async def add(self, course: Course, modules: tuple[Module, ...] = (), contents: tuple[Content, ...] = ()) -> None:
        for tenant_id in {course.tenant_id, *(m.tenant_id for m in modules), *(c.tenant_id for c in contents)}:
            check_school(tenant_id, self._tenant_id)
        require(self._tenants.get(self._tenant_id))
        await self._check_unique(course)
        self._courses.put(course.id, course)
        for module in modules:
            await self.add_module(module)
        for content in contents:
            await self.add_content(content)

    async def get(self, course_id: UUID, *, for_update: bool = False) -> Course | None:
        course = await self._courses.lock(course_id) if for_update else self._courses.get(course_id)
        return course if course is not None and course.deleted_at is None else None

    async def lock_deleted(self, course_id: UUID) -> Course | None:
        course = await self._courses.lock(course_id)
        return course if course is not None and course.deleted_at is not None else None

    async def save(self, course: Course) -> None:
        check_school(course.tenant_id, self._tenant_id)
        if await self._courses.lock(course.id) is not None:
            await self._check_unique(course)
            self._courses.put(course.id, course)

    async def purge(self, course_id: UUID) -> None:
        if await self.lock_deleted(course_id) is not None:
            self._removal.course(course_id)

    async def references(
        self, *, teacher_ids: frozenset[UUID], group_ids: frozenset[UUID], picture_id: UUID | None
    ) -> CourseReferences:
        file = self._files.get(picture_id) if picture_id is not None else None
        return CourseReferences(
            frozenset(user.id for user in self._users.values() if user.id in teacher_ids and user.is_learner),
            frozenset(group.id for group in self._groups.values() if group.id in group_ids),
            file.key if file is not None and file.purpose is FilePurpose.COURSE_THUMBNAIL else None,
        )

    async def assign(self, course_id: UUID, teacher_ids: frozenset[UUID], *, on: datetime) -> None:
        if teacher_ids:
            require(self._courses.get(course_id), *(self._users.get(teacher_id) for teacher_id in teacher_ids))
        _assign(self._assignments, course_id, teacher_ids, on)

    async def assign_groups(self, course_id: UUID, group_ids: frozenset[UUID], *, on: datetime) -> None:
        if group_ids:
            require(self._courses.get(course_id), *(self._groups.get(group_id) for group_id in group_ids))
        _assign(self._group_assignments, course_id, group_ids, on)

    async def assignees(self, course_id: UUID) -> frozenset[UUID]:
        course = await self.get(course_id)
        if course is None:
            return frozenset()
        groups = {group_id for (of_course, group_id), _ in self._group_assignments.keyed() if of_course == course_id}
        named = {user_id for (of_course, user_id), _ in self._assignments.keyed() if of_course == course_id}
        named |= {user_id for (group_id, user_id), _ in self._members.keyed() if group_id in groups}
        return frozenset(
            user.id for user in self._users.values() if user.is_learner and (course.assigned_to_all or user.id in named)
        )

    async def census(self, titles: frozenset[str] = frozenset(), *, slug: str | None = None) -> Census:
        there = [course for course in self._courses.values() if course.deleted_at is None]
        kept = {folded(course.title) for course in there}
        return Census(
            len(there),
            frozenset(title for title in titles if folded(title) in kept),
            frozenset(course.slug for course in there if slug is not None and course.slug.startswith(slug)),
        )

    async def published_of_group(self, group_id: UUID) -> tuple[Course, ...]:
        assigned = {course_id for (course_id, of_group), _ in self._group_assignments.keyed() if of_group == group_id}
        found = [
            course
            for course in self._courses.values()
            if course.id in assigned and course.is_published and course.deleted_at is None
        ]
        return tuple(sorted(found, key=lambda course: (course.created_at, course.id)))

    async def content_count(self, course_id: UUID) -> int:
        return sum(content.course_id == course_id for content in self._contents.values())

    async def add_module(self, module: Module) -> None:
        check_school(module.tenant_id, self._tenant_id)
        require(self._courses.get(module.course_id))
        self._modules.put(module.id, module)

    async def get_module(self, course_id: UUID, module_id: UUID) -> Module | None:
        module = self._modules.get(module_id)
        is_there = module is not None and module.course_id == course_id and await self.get(course_id) is not None
        return module if is_there else None

    async def modules(self, course_id: UUID) -> tuple[Module, ...]:
        modules = [module for module in self._modules.values() if module.course_id == course_id]
        return tuple(sorted(modules, key=lambda module: module.position))

    async def save_module(self, module: Module) -> None:
        check_school(module.tenant_id, self._tenant_id)
        kept = await self._modules.lock(module.id)
        if kept is not None:
            self._modules.put(module.id, replace(kept, title=module.title, description=module.description))

    async def remove_module(self, module_id: UUID) -> None:
        module = await self._modules.lock(module_id)
        if module is None:
            return
        self._removal.module(module_id)
        for place, behind in enumerate(await self.modules(module.course_id)):
            self._modules.put(behind.id, replace(behind, position=place))

    async def module_count(self, course_id: UUID) -> int:
        return sum(module.course_id == course_id for module in self._modules.values())

    async def add_content(self, content: Content) -> None:
        check_school(content.tenant_id, self._tenant_id)
        require(await self.get_module(content.course_id, content.module_id))
        self._check_file(content)
        self._contents.put(content.id, content)

    async def get_content(self, course_id: UUID, module_id: UUID, content_id: UUID) -> Content | None:
        content = self._contents.get(content_id)
        is_there = content is not None and (content.course_id, content.module_id) == (course_id, module_id)
        return content if is_there and await self.get(course_id) is not None else None

    async def lock_content(self, course_id: UUID, module_id: UUID, content_id: UUID) -> Content | None:
        course = await self.get(course_id, for_update=True)
        return await self.get_content(course_id, module_id, content_id) if course is not None else None

    async def find_content(self, content_id: UUID) -> Content | None:
        return self._contents.get(content_id)

    async def whole(self, course_id: UUID) -> tuple[WholeModule, ...]:
        found = await self.modules(course_id)
        return tuple(WholeModule(module, tuple(self._contents_of(module.id))) for module in found)

    async def contents(self, course_id: UUID) -> tuple[Content, ...]:
        return tuple([content for module in await self.modules(course_id) for content in self._contents_of(module.id)])

    async def save_content(self, content: Content) -> None:
        check_school(content.tenant_id, self._tenant_id)
        kept = await self._contents.lock(content.id)
        if kept is None:
            return
        self._check_file(content)
        changed = replace(
            content,
            course_id=kept.course_id,
            module_id=kept.module_id,
            position=kept.position,
            content_type=kept.content_type,
            created_at=kept.created_at,
        )
        self._contents.put(content.id, changed)

    async def remove_content(self, content_id: UUID) -> None:
        content = await self._contents.lock(content_id)
        if content is None:
            return
        self._removal.content(content_id)
        for place, behind in enumerate(self._contents_of(content.module_id)):
            self._contents.put(behind.id, replace(behind, position=place))

    async def outline(self, course_id: UUID) -> Outline:
        return tuple(
            ModuleOrder(module.id, tuple(content.id for content in self._contents_of(module.id)))
            for module in await self.modules(course_id)
        )

    async def set_outline(self, course_id: UUID, outline: Outline) -> None:
        for place, order in enumerate(outline):
            module = await self.get_module(course_id, order.module_id)
            if module is None:
                continue
            self._modules.put(module.id, replace(module, position=place))
            for content_place, content_id in enumerate(order.content_ids):
                content = self._contents.get(content_id)
                if content is not None and content.course_id == course_id:
                    moved = replace(content, module_id=module.id, position=content_place)
                    self._contents.put(content.id, moved)

    async def module_content_count(self, course_id: UUID, module_id: UUID) -> int | None:
        if await self.get_module(course_id, module_id) is None:
            return None
        return sum(content.module_id == module_id for content in self._contents.values())

    def _contents_of(self, module_id: UUID) -> list[Content]:
        contents = [content for content in self._contents.values() if content.module_id == module_id]
        return sorted(contents, key=lambda content: content.position)

    def _check_file(self, content: Content) -> None:
        if content.file_id is not None:
            require(self._files.get(content.file_id))

    async def _check_unique(self, course: Course) -> None:
        if course.deleted_at is not None:
            return
        title = folded(course.title)
        await self._courses.lock_value(("title", title))
        await self._courses.lock_value(("slug", course.slug))
        others = [other for other in self._courses.values() if other.id != course.id and other.deleted_at is None]
        if any(folded(other.title) == title for other in others):
            raise Taken("course_title")
        if any(other.slug == course.slug for other in others):
            raise Taken("course_slug")


class MemoryDeletedCourseRepository(DeletedCourseRepository):
    """Deleted courses of all schools."""

    def __init__(self, database: MemoryDatabase, tx: Transaction) -> None:
        self._courses = Rows(database.courses, tx, None)

    async def deleted_before(self, instant: datetime, limit: int) -> tuple[CourseRef, ...]:
        found = [
            (course.deleted_at, CourseRef(course.tenant_id, course.id))
            for course in self._courses.values()
            if course.deleted_at is not None and course.deleted_at < instant
        ]
        return tuple(ref for _, ref in sorted(found, key=lambda each: (each[0], each[1].course_id))[:limit])


def _assign(assignments: Rows[tuple[UUID, UUID], datetime], course_id: UUID, to: frozenset[UUID], on: datetime) -> None:
    """Exactly these; those that stay keep their date."""
    for key, _ in assignments.keyed():
        if key[0] == course_id and key[1] not in to:
            assignments.remove(key)
    for each in to:
        if assignments.get((course_id, each)) is None:
            assignments.put((course_id, each), on)
