"""Add a module to a course."""

from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditTrail
from lms_app.courses.course_facts import audited_module, facts_of_module
from lms_app.courses.edit_course import lock_course
from lms_app.courses.views import ModuleView
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.courses.course import Module, clean_description, clean_title


class AddModule:
    """Add a module at the end of a course."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail, clock: Clock, ids: Ids) -> None:
        self._uow = uow
        self._trail = trail
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, course_id: UUID, *, title: str, description: str) -> ModuleView:
        """Raises:
        NotFound: no such course.
        InvalidInput: title or description are refused.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        async with self._uow.begin(scope) as tx:
            # The lock keeps two additions at once from taking the same position.
            await lock_course(tx, course_id)
            module = Module(
                id=self._ids.new(),
                tenant_id=scope.tenant_id,
                course_id=course_id,
                title=clean_title(title),
                description=clean_description(description),
                position=await tx.courses.module_count(course_id),
                created_at=self._clock.now(),
            )
            await tx.courses.add_module(module)
            await self._trail.record(tx, actor, "module.created", audited_module(module), after=facts_of_module(module))
            await tx.commit()
        return ModuleView(
            id=module.id,
            title=module.title,
            description=module.description,
            order=module.position + 1,
            contents=[],
        )
