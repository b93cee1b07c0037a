"""Screens of those who write courses, in memory. Nobody's progress is kept here: every completion rate is 0."""

from uuid import UUID

import msgspec

from adapters.memory.courses import folded
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.courses.views import ContentView, CourseDetailView, CourseView, ModuleView
from lms_app.files.addresses import public_address
from lms_app.listing import Listing, PageRequest
from lms_app.ports.queries import CourseFilter, CourseQueries
from lms_app.scope import TenantScope
from lms_domain.courses.course import Content, Course


class MemoryCourseQueries(CourseQueries):
    """Reads what is committed in ``database``."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    async def courses(self, scope: TenantScope, filters: CourseFilter, page: PageRequest) -> Listing[CourseView]:
        with self._database.transaction() as tx:
            screens = _Screens(self._database, tx, scope.tenant_id)
            found = [
                course for course in screens.courses() if _matches(course, filters) and screens.is_of(course, filters)
            ]
            found.sort(key=lambda course: (course.created_at, course.id), reverse=True)
            shown = found[page.offset : page.offset + page.size]
            return Listing(count=len(found), results=[screens.course(course) for course in shown])

    async def course(self, scope: TenantScope, course_id: UUID) -> CourseDetailView | None:
        with self._database.transaction() as tx:
            screens = _Screens(self._database, tx, scope.tenant_id)
            course = screens.course_row(course_id)
            if course is None:
                return None
            view = msgspec.structs.asdict(screens.course(course))
            return CourseDetailView(**view, modules=screens.modules_of(course_id))

    async def modules(self, scope: TenantScope, course_id: UUID) -> list[ModuleView] | None:
        with self._database.transaction() as tx:
            screens = _Screens(self._database, tx, scope.tenant_id)
            return screens.modules_of(course_id) if screens.course_row(course_id) is not None else None

    async def content(
        self, scope: TenantScope, course_id: UUID, module_id: UUID, content_id: UUID
    ) -> ContentView | None:
        with self._database.transaction() as tx:
            screens = _Screens(self._database, tx, scope.tenant_id)
            content = screens.contents.get(content_id)
            is_there = content is not None and (content.course_id, content.module_id) == (course_id, module_id)
            is_there = is_there and screens.course_row(course_id) is not None
            return screens.content(content) if content is not None and is_there else None


class _Screens:
    """Views of one school's rows."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._courses = Rows(database.courses, tx, tenant_id)
        self.contents = Rows(database.contents, tx, tenant_id)
        self._modules = Rows(database.modules, tx, tenant_id)
        self._videos = Rows(database.videos, tx, tenant_id)
        self._assignments = Rows(database.course_assignments, tx, tenant_id)
        self._groups = Rows(database.course_groups, tx, tenant_id)
        self._members = Rows(database.group_members, tx, tenant_id)
        self._users = Rows(database.users, tx, tenant_id)

    def courses(self) -> list[Course]:
        return list(self._courses.values())

    def is_of(self, course: Course, filters: CourseFilter) -> bool:
        return filters.group is None or self._groups.get((course.id, filters.group)) is not None

    def course_row(self, course_id: UUID) -> Course | None:
        course = self._courses.get(course_id)
        return course if course is not None and course.deleted_at is None else None

    def course(self, course: Course) -> CourseView:
        learners = {user.id for user in self._users.values() if user.is_learner}
        named = [user_id for (course_id, user_id), _ in self._assignments.keyed() if course_id == course.id]
        assigned = [user_id for user_id in named if user_id in learners]
        groups = [group_id for (course_id, group_id), _ in self._groups.keyed() if course_id == course.id]
        members = {user_id for (group_id, user_id), _ in self._members.keyed() if group_id in groups}
        return CourseView(
            id=course.id,
            title=course.title,
            slug=course.slug,
            description=course.description,
            thumbnail_url=public_address(course.thumbnail_key),
            is_mandatory=course.is_mandatory,
            deadline=course.deadline,
            estimated_hours=course.estimated_hours,
            is_published=course.is_published,
            assigned_to_all=course.assigned_to_all,
            assigned_groups=sorted(groups),
            assigned_teachers=assigned,
            module_count=sum(module.course_id == course.id for module in self._modules.values()),
            content_count=sum(content.course_id == course.id for content in self.contents.values()),
            assigned_teacher_count=(
                len(learners) if course.assigned_to_all else len(learners & ({*assigned} | members))
            ),
            completion_rate=0.0,
            version=course.version,
            created_at=course.created_at,
            updated_at=course.updated_at,
            deleted_at=course.deleted_at,
        )

    def modules_of(self, course_id: UUID) -> list[ModuleView]:
        modules = [module for module in self._modules.values() if module.course_id == course_id]
        return [
            ModuleView(
                id=module.id,
                title=module.title,
                description=module.description,
                order=module.position + 1,
                contents=self._contents_of(module.id),
            )
            for module in sorted(modules, key=lambda module: module.position)
        ]

    def content(self, content: Content) -> ContentView:
        video = next((video for video in self._videos.values() if video.content_id == content.id), None)
        return ContentView(
            id=content.id,
            title=content.title,
            content_type=content.content_type,
            order=content.position + 1,
            is_mandatory=content.is_mandatory,
            url=content.url,
            file_url=str(content.file_id) if content.file_id is not None else None,
            text=content.text,
            duration_seconds=video.duration_seconds if video is not None else None,
            required_coverage=content.required_coverage,
            video_status=video.status if video is not None else None,
            created_at=content.created_at,
            updated_at=content.updated_at,
        )

    def _contents_of(self, module_id: UUID) -> list[ContentView]:
        contents = [content for content in self.contents.values() if content.module_id == module_id]
        return [self.content(content) for content in sorted(contents, key=lambda content: content.position)]


def _matches(course: Course, filters: CourseFilter) -> bool:
    return (
        filters.is_deleted == (course.deleted_at is not None)
        and filters.is_published in {None, course.is_published}
        and filters.is_mandatory in {None, course.is_mandatory}
        and folded(filters.search) in folded(course.title)
    )
