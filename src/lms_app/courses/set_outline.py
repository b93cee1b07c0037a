"""Put a course into another order."""

from dataclasses import replace
from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditTrail
from lms_app.courses.course_facts import audited_course
from lms_app.courses.edit_course import lock_course
from lms_app.courses.show_course import ShowCourse
from lms_app.courses.views import CourseDetailView
from lms_app.ports.clock import Clock
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.courses.outline import Outline, arrange


class SetOutline:
    """Put all modules and contents of a course into an order, in one request: each of them exactly once. A content may
    change its module."""

    def __init__(self, uow: UnitOfWork, show: ShowCourse, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._show = show
        self._trail = trail
        self._clock = clock

    async def __call__(
        self, actor: Actor, course_id: UUID, wanted: Outline, *, if_version: int | None = None
    ) -> CourseDetailView:
        """Raises:
        NotFound: no such course.
        InvalidInput: something is missing, comes twice or belongs elsewhere.
        StaleVersion: somebody else changed the course since ``if_version``.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        async with self._uow.begin(scope) as tx:
            course = await lock_course(tx, course_id, if_version=if_version)
            current = await tx.courses.outline(course_id)
            if arrange(current, wanted) != current:
                await tx.courses.set_outline(course_id, wanted)
                await tx.courses.save(replace(course, version=course.version + 1, updated_at=self._clock.now()))
                await self._trail.record(
                    tx,
                    actor,
                    "course.reordered",
                    audited_course(course),
                    before={"modules": _as_json(current)},
                    after={"modules": _as_json(wanted)},
                )
            await tx.commit()
        return await self._show(actor, course_id)


def _as_json(outline: Outline) -> list[dict[str, object]]:
    return [{"id": str(module.module_id), "contents": list(map(str, module.content_ids))} for module in outline]
