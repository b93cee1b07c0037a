"""Show a course to those who write it."""

from uuid import UUID

import msgspec

from lms_app.actor import Actor
from lms_app.courses.views import ContentView, CourseDetailView, ModuleView
from lms_app.files.addresses import FileAddresses
from lms_app.ports.queries import CourseQueries
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound


class ShowCourse:
    """A course with its modules and contents, published or not, and leave to fetch its documents."""

    def __init__(self, queries: CourseQueries, addresses: FileAddresses) -> None:
        self._queries = queries
        self._addresses = addresses

    async def __call__(self, actor: Actor, course_id: UUID) -> CourseDetailView:
        """Raises NotFound: no such course, or it is deleted."""
        scope = actor.school(Permission.MANAGE_SCHOOL)
        course = await self._queries.course(scope, course_id)
        if course is None:
            raise NotFound("There is no such course.")
        return msgspec.structs.replace(course, modules=self._granted(scope, actor, course.modules))

    async def modules(self, actor: Actor, course_id: UUID) -> list[ModuleView]:
        """The modules in order. Raises NotFound: no such course."""
        scope = actor.school(Permission.MANAGE_SCHOOL)
        modules = await self._queries.modules(scope, course_id)
        if modules is None:
            raise NotFound("There is no such course.")
        return self._granted(scope, actor, modules)

    async def module(self, actor: Actor, course_id: UUID, module_id: UUID) -> ModuleView:
        """One module. Raises NotFound: no such module in that course."""
        for module in await self.modules(actor, course_id):
            if module.id == module_id:
                return module
        raise NotFound("There is no such module.")

    async def content(self, actor: Actor, course_id: UUID, module_id: UUID, content_id: UUID) -> ContentView:
        """One content. Raises NotFound: no such content in that module of that course."""
        scope = actor.school(Permission.MANAGE_SCHOOL)
        content = await self._queries.content(scope, course_id, module_id, content_id)
        if content is None:
            raise NotFound("There is no such content.")
        return self._with_address(scope, actor, content)

    def _granted(self, scope: TenantScope, actor: Actor, modules: list[ModuleView]) -> list[ModuleView]:
        return [
            msgspec.structs.replace(
                module, contents=[self._with_address(scope, actor, content) for content in module.contents]
            )
            if any(content.file_url is not None for content in module.contents)
            else module
            for module in modules
        ]

    def _with_address(self, scope: TenantScope, actor: Actor, content: ContentView) -> ContentView:
        if content.file_url is None:
            return content
        url = self._addresses.granted(scope, actor, content.file_url)
        return msgspec.structs.replace(content, file_url=url)
