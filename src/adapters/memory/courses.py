"""Courses, their modules and contents, and to whom they are assigned, in memory."""

import unicodedata
from datetime import datetime
from uuid import UUID

from adapters.memory.checks import check_school, require
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.repositories import CourseRepository, Taken
from lms_domain.courses.course import Content, Course, Module


def folded(text: str) -> str:
    """``text`` without differences of case or of compatible characters."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


class MemoryCourseRepository(CourseRepository):
    """Courses, modules and contents of one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._tenants = Rows(database.tenants, tx, tenant_id)
        self._users = Rows(database.users, tx, tenant_id)
        self._courses = Rows(database.courses, tx, tenant_id)
        self._assignments = Rows(database.course_assignments, tx, tenant_id)
        self._modules = Rows(database.modules, tx, tenant_id)
        self._contents = Rows(database.contents, tx, tenant_id)

    async def add(self, course: Course) -> None:
        check_school(course.tenant_id, self._tenant_id)
        require(self._tenants.get(self._tenant_id))
        await self._check_unique(course)
        self._courses.put(course.id, course)

    async def get(self, course_id: UUID, *, for_update: bool = False) -> Course | None:
        return await self._courses.lock(course_id) if for_update else self._courses.get(course_id)

    async def save(self, course: Course) -> None:
        check_school(course.tenant_id, self._tenant_id)
        if await self._courses.lock(course.id) is not None:
            await self._check_unique(course)
            self._courses.put(course.id, course)

    async def assign(self, course_id: UUID, teacher_ids: frozenset[UUID], *, on: datetime) -> None:
        if teacher_ids:
            require(self._courses.get(course_id), *(self._users.get(teacher_id) for teacher_id in teacher_ids))
        for key, _ in self._assignments.keyed():
            if key[0] == course_id and key[1] not in teacher_ids:
                self._assignments.remove(key)
        for teacher_id in teacher_ids:
            if self._assignments.get((course_id, teacher_id)) is None:
                self._assignments.put((course_id, teacher_id), on)

    async def content_count(self, course_id: UUID) -> int:
        return sum(content.course_id == course_id for content in self._contents.values())

    async def add_module(self, module: Module) -> None:
        check_school(module.tenant_id, self._tenant_id)
        require(self._courses.get(module.course_id))
        self._modules.put(module.id, module)

    async def get_module(self, course_id: UUID, module_id: UUID) -> Module | None:
        module = self._modules.get(module_id)
        return module if module is not None and module.course_id == course_id else None

    async def module_count(self, course_id: UUID) -> int:
        return sum(module.course_id == course_id for module in self._modules.values())

    async def add_content(self, content: Content) -> None:
        check_school(content.tenant_id, self._tenant_id)
        require(await self.get_module(content.course_id, content.module_id))
        self._contents.put(content.id, content)

    async def get_content(self, course_id: UUID, module_id: UUID, content_id: UUID) -> Content | None:
        content = self._contents.get(content_id)
        is_there = content is not None and (content.course_id, content.module_id) == (course_id, module_id)
        return content if is_there else None

    async def module_content_count(self, module_id: UUID) -> int:
        return sum(content.module_id == module_id for content in self._contents.values())

    async def _check_unique(self, course: Course) -> None:
        title = folded(course.title)
        await self._courses.lock_value(("title", title))
        await self._courses.lock_value(("slug", course.slug))
        others = [other for other in self._courses.values() if other.id != course.id]
        if any(folded(other.title) == title for other in others):
            raise Taken("course_title")
        if any(other.slug == course.slug for other in others):
            raise Taken("course_slug")
