"""Let deleted courses go for good."""

from datetime import datetime, timedelta
from functools import partial

from lms_app.audit.audit_trail import AuditTrail
from lms_app.courses.course_facts import audited_course, facts_of_course
from lms_app.courses.remove_contents import remove_with_files
from lms_app.ports.clock import Clock
from lms_app.ports.deleted_courses import CourseRef
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope, TenantScope
from lms_domain.courses.course import RESTORE_DAYS

_PAGE = 50
_LOOK = SystemScope("courses that were deleted long ago are looked for")


class PurgeDeletedCourses:
    """Remove courses that were deleted more than 30 days ago for good, with their files and what people did in them.
    The school gets its bytes back."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._trail = trail
        self._clock = clock

    async def __call__(self) -> int:
        """How many. Interrupted, it goes on at the next time; two at once do no harm."""
        purged = 0
        while True:
            now = self._clock.now()
            async with self._uow.begin(_LOOK) as system:
                found = await system.deleted_courses.deleted_before(now - timedelta(days=RESTORE_DAYS), _PAGE)
            for ref in found:
                purged += await self._purge(ref, now)
            if len(found) < _PAGE:
                return purged

    async def _purge(self, ref: CourseRef, now: datetime) -> int:
        async with self._uow.begin(TenantScope(ref.tenant_id)) as tx:
            course = await tx.courses.lock_deleted(ref.course_id)
            if course is None or course.is_restorable(now):
                return 0
            contents = await tx.courses.contents(course.id)
            await remove_with_files(tx, contents, partial(tx.courses.purge, course.id), now=now)
            await self._trail.record(
                tx,
                None,
                "course.purged",
                audited_course(course),
                before=facts_of_course(course),
                tenant_id=ref.tenant_id,
            )
            await tx.commit()
        return 1
