"""Stop the pipeline of one video."""

from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.clock import Clock
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_app.video.show_video import ShowVideo
from lms_app.video.views import VideoStatusView
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound


class CancelPipeline:
    """Stop all work on a video. It ends FAILED `cancelled`, what was playable stays playable, and a rerun leads back.
    The worker of a running step hears of it at its next heartbeat; what it made does not count."""

    def __init__(self, uow: UnitOfWork, show: ShowVideo, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._show = show
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, course_id: UUID, module_id: UUID, content_id: UUID) -> VideoStatusView:
        """Raises:
        NotFound: no such video in that module of that course.
        Conflict: ``not_processing``: there is nothing to stop.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        async with self._uow.begin(scope) as tx:
            if await tx.courses.get_content(course_id, module_id, content_id) is None:
                raise NotFound("There is no such video.")
        await self.by_content(scope, content_id, actor=actor)
        return await self._show(actor, course_id, module_id, content_id)

    async def by_content(self, scope: TenantScope, content_id: UUID, *, actor: Actor | None = None) -> None:
        """The same for an operator at the command line, who knows the content only, and is nobody to the audit trail.

        Raises:
            NotFound, Conflict: as above.
        """
        async with self._uow.begin(scope) as tx:
            asset = await tx.videos.lock_by_content(content_id)
            if asset is None:
                raise NotFound("There is no such video.")
            asset.cancel(now=self._clock.now())
            await tx.videos.save(asset)
            about = AuditedObject("video", content_id, asset.source_name)
            await self._trail.record(tx, actor, "video.cancelled", about, tenant_id=scope.tenant_id)
            await tx.commit()
