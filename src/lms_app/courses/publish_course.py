"""Publish a course, or take it back."""

from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditTrail
from lms_app.courses.course_facts import audited_course
from lms_app.courses.edit_course import lock_course
from lms_app.courses.show_course import ShowCourse
from lms_app.courses.views import CourseDetailView
from lms_app.notices.tell_of_courses import TellOfCourses
from lms_app.ports.clock import Clock
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission


class PublishCourse:
    """Make a course visible to those it is assigned to, or invisible again. An empty course cannot be published; a
    video that is not ready yet is no obstacle. Those it is assigned to are told, once in its life."""

    def __init__(self, uow: UnitOfWork, show: ShowCourse, tell: TellOfCourses, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._show = show
        self._tell = tell
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, course_id: UUID, *, is_published: bool) -> CourseDetailView:
        """Raises:
        NotFound: no such course.
        Conflict: ``course_empty``.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        now = self._clock.now()
        async with self._uow.begin(scope) as tx:
            course = await lock_course(tx, course_id)
            if is_published:
                changed = course.publish(content_count=await tx.courses.content_count(course_id), now=now)
            else:
                changed = course.unpublish(now=now)
            await tx.courses.save(changed)
            if changed.is_published != course.is_published:
                action = "course.published" if is_published else "course.unpublished"
                await self._trail.record(tx, actor, action, audited_course(course))
            if is_published:
                # Whoever did everything while it was published before is done with it now.
                await tx.progress.record_completions(course_id, at=now)
                await self._tell.of_course(tx, course_id)
            await tx.commit()
        return await self._show(actor, course_id)
