"""Erase a school."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from lms_app.accounts.step_up import require_recent_step_up
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.clock import Clock
from lms_app.ports.confirmations import ConfirmationCodes
from lms_app.ports.storage import ObjectStorage
from lms_app.ports.storage_garbage import Garbage
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope
from lms_domain.accounts.roles import Permission
from lms_domain.errors import InvalidInput, NotFound
from lms_domain.video.garbage import COLLECT_AFTER
from lms_domain.video.storage_keys import tenant_prefix

CONFIRM_WITHIN = timedelta(minutes=10)
_ASK = SystemScope("an operator is about to erase a school")
_ERASE = SystemScope("a school is erased")


class ErasureView(msgspec.Struct, frozen=True, kw_only=True):
    """What to send to erase a school for good: ``code`` as it is, and ``phrase``, the school's name, as typed by the
    operator, before ``expires_at``."""

    phrase: str
    code: str
    expires_at: datetime


class RequestErasure:
    """The first of two steps to erase a school: nothing is gone yet. The answer holds the code and the phrase by which
    the same operator confirms within ten minutes."""

    def __init__(self, uow: UnitOfWork, codes: ConfirmationCodes, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._codes = codes
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, tenant_id: UUID) -> ErasureView:
        """Raises NotFound."""
        actor.require(Permission.RUN_PLATFORM)
        expires_at = (self._clock.now() + CONFIRM_WITHIN).replace(microsecond=0)
        async with self._uow.begin(_ASK) as system:
            tenant = await system.tenants.get(tenant_id)
            if tenant is None:
                raise NotFound("There is no such school.")
            about = AuditedObject("school", tenant.id, tenant.name)
            await self._trail.record(system, actor, "school.erasure_requested", about)
            await system.commit()
        code = self._codes.issue(_subject(actor, tenant_id), expires_at=expires_at)
        return ErasureView(phrase=tenant.name, code=code, expires_at=expires_at)


class ConfirmErasure:
    """The second step: the school, its people and everything they did are gone at once and for good, and its files are
    collected. Asks for a recent proof of who the operator is. What stays is the entry in the platform's audit trail."""

    def __init__(self, uow: UnitOfWork, codes: ConfirmationCodes, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._codes = codes
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, tenant_id: UUID, *, code: str, phrase: str) -> None:
        """Raises:
        NotFound: no such school (any more).
        NotAllowed: ``step_up_required``.
        InvalidInput: the code or the phrase is not the one that was asked for, or too late.
        """
        actor.require(Permission.RUN_PLATFORM)
        now = self._clock.now()
        async with self._uow.begin(_ERASE) as system:
            tenant = await system.tenants.lock(tenant_id)
            if tenant is None:
                raise NotFound("There is no such school.")
            await require_recent_step_up(system.operator_sessions, actor, now=now)
            if not self._codes.holds(code, _subject(actor, tenant_id), now=now):
                raise InvalidInput.for_field("code", "invalid", "This code is not valid (any more). Ask for a new one.")
            if phrase != tenant.name:
                raise InvalidInput.for_field("phrase", "mismatch", "Type the school's name exactly as it is written.")
            await system.tenants.erase(tenant.id)
            # Once more later: a worker that was in the middle of something may still store what it made.
            everything = tenant_prefix(tenant.id)
            await system.garbage.add(
                (Garbage(tenant.id, everything, now), Garbage(tenant.id, everything, now + COLLECT_AFTER))
            )
            about = AuditedObject("school", tenant.id, tenant.name)
            facts = {"subdomain": tenant.subdomain, "contact_email": tenant.contact_email, "plan": tenant.plan.value}
            await self._trail.record(system, actor, "school.erased", about, before=facts)
            await system.commit()


class EraseSchool:
    """Remove a school for good: every row, then every object. Nothing of it can be seen once the rows are gone, so an
    interruption leaves unreachable objects at worst; erasing again removes them."""

    def __init__(self, uow: UnitOfWork, storage: ObjectStorage) -> None:
        self._uow = uow
        self._storage = storage

    async def __call__(self, tenant_id: UUID) -> None:
        """Raises StorageUnavailable: the rows are gone, some objects are not; call again."""
        async with self._uow.begin(_ERASE) as system:
            await system.tenants.erase(tenant_id)
            await system.commit()
        async for found in self._storage.keys(tenant_prefix(tenant_id)):
            await self._storage.delete(found.key)


def _subject(actor: Actor, tenant_id: UUID) -> str:
    """One operator, in one session, about one school."""
    return f"erase|{actor.session_id}|{tenant_id}"
