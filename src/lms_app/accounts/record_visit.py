"""Record what is asked for on a visit."""

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope

MAX_PATH = 500


class RecordVisit:
    """Whatever an operator asks for while visiting a school, looking included, is written into the school's audit
    trail under both identities, before it is answered. What cannot be recorded is not done."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail) -> None:
        self._uow = uow
        self._trail = trail

    async def __call__(self, visitor: Actor, *, method: str, path: str) -> None:
        """``visitor`` acts as somebody else; of others there is nothing to record.

        Raises:
            Unavailable: see there.
        """
        if visitor.impersonated_by is None or visitor.tenant_id is None:
            return
        async with self._uow.begin(TenantScope(visitor.tenant_id)) as tx:
            about = AuditedObject("visit", visitor.session_id, visitor.email)
            asked = {"method": method, "path": path[:MAX_PATH]}
            await self._trail.record(tx, visitor, "impersonation.requested", about, after=asked)
            await tx.commit()
