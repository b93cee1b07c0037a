"""Publish a course, or take it back."""

from uuid import UUID

from lms_app.actor import Actor
from lms_app.courses.views import CourseDetailView
from lms_app.ports.clock import Clock
from lms_app.ports.queries import CourseQueries
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound


class PublishCourse:
    """Make a course visible to those it is assigned to, or invisible again. An empty course cannot be published; a
    video that is not ready yet is no obstacle."""

    def __init__(self, uow: UnitOfWork, queries: CourseQueries, clock: Clock) -> None:
        self._uow = uow
        self._queries = queries
        self._clock = clock

    async def __call__(self, actor: Actor, course_id: UUID, *, is_published: bool) -> CourseDetailView:
        """Raises:
        NotFound: no such course.
        Conflict: ``course_empty``.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        now = self._clock.now()
        async with self._uow.begin(scope) as tx:
            course = await tx.courses.get(course_id, for_update=True)
            if course is None:
                raise NotFound("There is no such course.")
            if is_published:
                changed = course.publish(content_count=await tx.courses.content_count(course_id), now=now)
            else:
                changed = course.unpublish(now=now)
            await tx.courses.save(changed)
            await tx.commit()
        view = await self._queries.course(scope, course_id)
        if view is None:
            raise NotFound("There is no such course.")
        return view
