"""Try a troubled step again."""

from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_app.video.doorbells import doorbells_for
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound
from lms_domain.video.steps import StepName


class RetryStep:
    """Do a step of any school's video again, with what follows from it unless ``only``: for what the operator finds in
    the overview of the pipeline. The school's audit trail tells of it."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail) -> None:
        self._uow = uow
        self._trail = trail

    async def __call__(
        self, actor: Actor, *, tenant_id: UUID, content_id: UUID, step: StepName, only: bool = False
    ) -> None:
        """Raises:
        NotFound: no such video at that school.
        Conflict: ``step_running`` or ``step_not_reached``.
        """
        actor.require(Permission.RUN_PLATFORM)
        async with self._uow.begin(TenantScope(tenant_id)) as tx:
            asset = await tx.videos.lock_by_content(content_id)
            content = await tx.courses.find_content(content_id)
            if asset is None or content is None:
                raise NotFound("There is no such video.")
            queued = asset.rerun(step, only=only)
            await tx.videos.save(asset)
            await tx.outbox.add(doorbells_for(asset, queued))
            await self._trail.record(
                tx,
                actor,
                "video.retried",
                AuditedObject("content", content.id, content.title),
                after={"from_step": step.value, "only": only},
                tenant_id=tenant_id,
            )
            await tx.commit()
