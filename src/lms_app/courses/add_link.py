"""Add a link to a module."""

from uuid import UUID

from lms_app.actor import Actor
from lms_app.courses.views import ContentView, view_of_content
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.courses.course import Content, ContentType, check_link, clean_title
from lms_domain.errors import NotFound


class AddLink:
    """Add a web address at the end of a module."""

    def __init__(self, uow: UnitOfWork, clock: Clock, ids: Ids) -> None:
        self._uow = uow
        self._clock = clock
        self._ids = ids

    async def __call__(
        self, actor: Actor, course_id: UUID, module_id: UUID, *, title: str, url: str, is_mandatory: bool
    ) -> ContentView:
        """Raises:
        NotFound: no such module in that course.
        InvalidInput: title or address are refused.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        now = self._clock.now()
        async with self._uow.begin(scope) as tx:
            # The lock keeps two additions at once from taking the same position.
            course = await tx.courses.get(course_id, for_update=True)
            if course is None or await tx.courses.get_module(course_id, module_id) is None:
                raise NotFound("There is no such module.")
            content = Content(
                id=self._ids.new(),
                tenant_id=scope.tenant_id,
                course_id=course_id,
                module_id=module_id,
                title=clean_title(title),
                content_type=ContentType.LINK,
                position=await tx.courses.module_content_count(module_id),
                is_mandatory=is_mandatory,
                url=check_link(url),
                required_coverage=None,
                created_at=now,
                updated_at=now,
            )
            await tx.courses.add_content(content)
            await tx.commit()
        return view_of_content(content)
