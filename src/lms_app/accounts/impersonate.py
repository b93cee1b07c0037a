"""Open a visit to a school."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from lms_app.accounts.secrets import new_secret
from lms_app.accounts.step_up import require_recent_step_up
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.randomness import Randomness
from lms_app.ports.unit_of_work import SystemTransaction, UnitOfWork
from lms_app.schools.addresses import PublicAddresses
from lms_app.scope import SystemScope
from lms_domain.accounts.impersonation import new_impersonation
from lms_domain.accounts.person import User
from lms_domain.accounts.roles import Permission, Role
from lms_domain.errors import Conflict, NotFound
from lms_domain.schools.tenant import Tenant, TenantStatus

ENTRANCE = "/enter"
"""The page on the school's host that exchanges the code. It stands behind ``#``, which browsers send to nobody."""

_VISIT = SystemScope("an operator visits a school")
_CLOSED = frozenset({TenantStatus.SUSPENDED, TenantStatus.EXPIRED})


class VisitView(msgspec.Struct, frozen=True, kw_only=True):
    """A visit that can be entered: open ``url`` in the browser within a minute."""

    url: str
    code: str
    expires_at: datetime


class Impersonate:
    """Get a one-time code with which an operator enters a school as one of its administrators, for a reason that the
    school can read. The code is good for 60 seconds and the visit for 30 minutes. Asks for a recent proof of who the
    operator is, and stands in both audit trails, the school's and the platform's."""

    def __init__(
        self,
        uow: UnitOfWork,
        addresses: PublicAddresses,
        trail: AuditTrail,
        randomness: Randomness,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._uow = uow
        self._addresses = addresses
        self._trail = trail
        self._randomness = randomness
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, tenant_id: UUID, *, reason: str) -> VisitView:
        """Raises:
        NotAllowed: ``step_up_required``.
        NotFound: no such school.
        Conflict: ``school_closed``, or ``no_administrator``: there is nobody to act as.
        InvalidInput: the reason is too short or too long.
        """
        actor.require(Permission.RUN_PLATFORM)
        now, secret = self._clock.now(), new_secret(self._randomness)
        async with self._uow.begin(_VISIT) as system:
            await require_recent_step_up(system.operator_sessions, actor, now=now)
            tenant = await self._open_school(system, tenant_id, now)
            admin = await _administrator(system, tenant)
            visit = new_impersonation(
                impersonation_id=self._ids.new(),
                tenant_id=tenant.id,
                operator_id=actor.user_id,
                user_id=admin.id,
                reason=reason,
                code_fingerprint=secret.fingerprint,
                now=now,
            )
            await system.impersonations.add(visit)
            facts = {"reason": visit.reason, "visit_id": str(visit.id), "as": admin.email}
            at_school = AuditedObject("impersonation", visit.id, admin.email)
            await self._trail.record(system, actor, "impersonation.opened", at_school, after=facts, tenant_id=tenant.id)
            on_platform = AuditedObject("school", tenant.id, tenant.name)
            await self._trail.record(system, actor, "school.impersonated", on_platform, after=facts)
            await system.commit()
        entrance = f"{ENTRANCE}#{urlencode({'code': secret.text})}"
        return VisitView(
            url=self._addresses.school_url(tenant.subdomain, entrance),
            code=secret.text,
            expires_at=visit.code_expires_at,
        )

    @staticmethod
    async def _open_school(system: SystemTransaction, tenant_id: UUID, now: datetime) -> Tenant:
        tenant = await system.tenants.get(tenant_id)
        if tenant is None:
            raise NotFound("There is no such school.")
        if tenant.status(now) in _CLOSED:
            raise Conflict("This school is closed: activate it or prolong its trial first.", code="school_closed")
        return tenant


async def _administrator(system: SystemTransaction, tenant: Tenant) -> User:
    """The administrator who has been there longest."""
    admins = await system.users_of(tenant.id).with_role(Role.SCHOOL_ADMIN)
    if not admins:
        raise Conflict("This school has no active administrator to act as.", code="no_administrator")
    return admins[0]
