"""Delete a course, and have it back."""

from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditTrail
from lms_app.courses.course_facts import audited_course, facts_of_course
from lms_app.courses.edit_course import lock_course
from lms_app.courses.show_course import ShowCourse
from lms_app.courses.unique_course import check_room_for_course, keep
from lms_app.courses.views import CourseDetailView
from lms_app.ports.clock import Clock
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound
from lms_domain.video.asset import VideoStatus


class DeleteCourse:
    """Delete a course for everybody. It can be restored for 30 days; then it goes for good, with its files. Videos of
    it that are being processed are stopped; their bytes count until the course goes for good."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, course_id: UUID, *, if_version: int | None = None) -> None:
        """Raises:
        NotFound: no such course.
        StaleVersion: somebody else changed the course since ``if_version``.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        async with self._uow.begin(scope) as tx:
            course = await lock_course(tx, course_id, if_version=if_version)
            await self._stop_videos(tx, course_id)
            await tx.courses.save(course.delete(now=self._clock.now()))
            await self._trail.record(
                tx, actor, "course.deleted", audited_course(course), before=facts_of_course(course)
            )
            await tx.commit()

    async def _stop_videos(self, tx: TenantTransaction, course_id: UUID) -> None:
        assets = await tx.videos.lock_by_course(course_id)
        stopped = [asset for asset in assets if asset.status in {VideoStatus.UPLOADED, VideoStatus.PROCESSING}]
        for asset in stopped:
            asset.cancel(now=self._clock.now())
        if stopped:
            await tx.videos.save(*stopped)


class RestoreCourse:
    """Have a deleted course back, unpublished, within 30 days. It counts against the plan again, and its title must
    still be free. Videos whose processing was stopped can be processed anew."""

    def __init__(self, uow: UnitOfWork, show: ShowCourse, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._show = show
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, course_id: UUID) -> CourseDetailView:
        """Raises:
        NotFound: no such course, or it went for good.
        Conflict: ``not_deleted``, ``not_restorable``, ``course_title_taken``.
        PlanLimitReached: the plan has no room for another course.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        async with self._uow.begin(scope) as tx:
            course = await tx.courses.lock_deleted(course_id) or await tx.courses.get(course_id, for_update=True)
            if course is None:
                raise NotFound("There is no such course.")
            restored = course.restore(now=self._clock.now())
            census = await check_room_for_course(tx, restored.slug)
            await keep(tx.courses.save, restored, census)
            await self._trail.record(tx, actor, "course.restored", audited_course(course))
            await tx.commit()
        return await self._show(actor, course_id)
