"""Do a step of the pipeline again."""

from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_app.video.doorbells import doorbells_for
from lms_app.video.show_video import ShowVideo
from lms_app.video.views import VideoStatusView
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound
from lms_domain.video.steps import StepName


class RerunPipeline:
    """Do one step of a video again, and what follows from it unless ``only``. The video stays playable meanwhile."""

    def __init__(self, uow: UnitOfWork, show: ShowVideo, trail: AuditTrail) -> None:
        self._uow = uow
        self._show = show
        self._trail = trail

    async def __call__(
        self, actor: Actor, course_id: UUID, module_id: UUID, content_id: UUID, *, from_step: StepName, only: bool
    ) -> VideoStatusView:
        """Raises:
        NotFound: no such video in that module of that course.
        Conflict: ``step_running`` or ``step_not_reached``.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        async with self._uow.begin(scope) as tx:
            if await tx.courses.get_content(course_id, module_id, content_id) is None:
                raise NotFound("There is no such video.")
        await self.by_content(scope, content_id, from_step=from_step, only=only, actor=actor)
        return await self._show(actor, course_id, module_id, content_id)

    async def by_content(
        self, scope: TenantScope, content_id: UUID, *, from_step: StepName, only: bool, actor: Actor | None = None
    ) -> None:
        """The same for an operator at the command line, who knows the content only, and is nobody to the audit trail.

        Raises:
            NotFound, Conflict: as above.
        """
        async with self._uow.begin(scope) as tx:
            asset = await tx.videos.lock_by_content(content_id)
            if asset is None:
                raise NotFound("There is no such video.")
            queued = asset.rerun(from_step, only=only)
            await tx.videos.save(asset)
            await tx.outbox.add(doorbells_for(asset, queued))
            about = AuditedObject("video", content_id, asset.source_name)
            after = {"from_step": from_step.value, "only": only}
            await self._trail.record(tx, actor, "video.rerun", about, after=after, tenant_id=scope.tenant_id)
            await tx.commit()
