"""Change and remove modules."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from msgspec import UNSET, UnsetType

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditTrail
from lms_app.courses.course_facts import audited_module, facts_of_module
from lms_app.courses.edit_course import lock_course
from lms_app.courses.remove_contents import remove_with_files
from lms_app.courses.show_course import ShowCourse
from lms_app.courses.views import ModuleView
from lms_app.ports.clock import Clock
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.courses.course import Module, clean_description, clean_title
from lms_domain.errors import NotFound


class EditModule:
    """Change a module's title or description: only what is given changes."""

    def __init__(self, uow: UnitOfWork, show: ShowCourse, trail: AuditTrail) -> None:
        self._uow = uow
        self._show = show
        self._trail = trail

    async def __call__(
        self,
        actor: Actor,
        course_id: UUID,
        module_id: UUID,
        *,
        title: str | UnsetType = UNSET,
        description: str | UnsetType = UNSET,
    ) -> ModuleView:
        """Raises:
        NotFound: no such module in that course.
        InvalidInput: title or description are refused.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        async with self._uow.begin(scope) as tx:
            module = await _lock_module(tx, course_id, module_id)
            changed = replace(
                module,
                title=module.title if title is UNSET else clean_title(title),
                description=module.description if description is UNSET else clean_description(description),
            )
            await tx.courses.save_module(changed)
            await self._trail.record(
                tx,
                actor,
                "module.updated",
                audited_module(changed),
                before=facts_of_module(module),
                after=facts_of_module(changed),
            )
            await tx.commit()
        return await self._show.module(actor, course_id, module_id)


class RemoveModule:
    """Remove a module for good, with its contents, their files and what people did in them."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, course_id: UUID, module_id: UUID) -> None:
        """Raises NotFound: no such module in that course."""
        scope = actor.school(Permission.MANAGE_SCHOOL)
        now = self._clock.now()
        async with self._uow.begin(scope) as tx:
            await lock_course(tx, course_id)
            whole = next((each for each in await tx.courses.whole(course_id) if each.module.id == module_id), None)
            if whole is None:
                raise _no_such_module()
            module, contents = whole.module, whole.contents
            await remove_with_files(tx, contents, partial(tx.courses.remove_module, module_id), now=now)
            # Who lacked nothing else is done now.
            await tx.progress.record_completions(course_id, at=now)
            before = {**facts_of_module(module), "contents": [content.title for content in contents]}
            await self._trail.record(tx, actor, "module.deleted", audited_module(module), before=before)
            await tx.commit()


async def _lock_module(tx: TenantTransaction, course_id: UUID, module_id: UUID) -> Module:
    """One module; its course is locked: everything about its outline happens one after the other."""
    await lock_course(tx, course_id)
    module = await tx.courses.get_module(course_id, module_id)
    if module is None:
        raise _no_such_module()
    return module


def _no_such_module() -> NotFound:
    return NotFound("There is no such module.")
