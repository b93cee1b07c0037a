"""Enter a school on a visit."""

from datetime import datetime
from uuid import UUID

import msgspec

from lms_app.accounts.secrets import fingerprint_of, new_secret
from lms_app.accounts.views import UserView, view_of_user
from lms_app.actor import Actor, Origin
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.randomness import Randomness
from lms_app.ports.repositories import NewSession
from lms_app.ports.tokens import AccessClaims, AccessTokens
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.schools.admission import admit
from lms_app.scope import TenantScope
from lms_domain.accounts.impersonation import code_invalid


class ImpersonationView(msgspec.Struct, frozen=True, kw_only=True):
    """An operator's visit. ``id`` is also that of its session: end that, and the visit is over."""

    id: UUID
    operator_id: UUID
    reason: str
    started_at: datetime
    ends_at: datetime


class EnteredView(msgspec.Struct, frozen=True, kw_only=True):
    """``access`` is good until the visit ends; there is no refresh token. ``user`` is the person whom the operator acts
    as."""

    access: str
    user: UserView
    impersonation: ImpersonationView


class EnterSchool:
    """Exchange the one-time code that an operator got in the Command Center, on the school's host, within 60 seconds,
    for a session of 30 minutes that cannot be refreshed. Everything done in it is recorded under both identities,
    which the school can read, and what concerns credentials stays closed."""

    def __init__(
        self,
        uow: UnitOfWork,
        access_tokens: AccessTokens,
        trail: AuditTrail,
        randomness: Randomness,
        clock: Clock,
    ) -> None:
        self._uow = uow
        self._access_tokens = access_tokens
        self._trail = trail
        self._randomness = randomness
        self._clock = clock

    async def __call__(
        self, *, school: HostedSchool | None, code: str, origin: Origin, user_agent: str = ""
    ) -> EnteredView:
        """Args: ``school`` is that of the host, None on the platform's own host, where no code is good.

        Raises:
            InvalidInput: ``code_invalid``: unknown, used, too late, or another school's.
            NotAllowed: ``school_suspended`` or ``trial_expired``.
        """
        if school is None:
            raise code_invalid()
        now = self._clock.now()
        async with self._uow.begin(TenantScope(school.tenant_id)) as tx:
            waiting = await tx.impersonations.lock_by_code(fingerprint_of(code))
            user = await tx.users.get(waiting.user_id) if waiting is not None else None
            if waiting is None or user is None or not user.is_active:
                raise code_invalid()
            visit = waiting.enter(now)
            if visit.ends_at is None:  # never: it was entered
                raise code_invalid()
            admit(school)
            await tx.impersonations.save(visit)
            await tx.sessions.add(
                NewSession(
                    id=visit.id,
                    user_id=user.id,
                    # Of a token that nobody has: a visit cannot be prolonged.
                    fingerprint=new_secret(self._randomness).fingerprint,
                    created_at=now,
                    expires_at=visit.ends_at,
                    address=origin.address,
                    user_agent=user_agent,
                )
            )
            visitor = Actor(
                user_id=user.id,
                tenant_id=user.tenant_id,
                role=user.role,
                session_id=visit.id,
                email=user.email,
                impersonated_by=visit.operator_id,
                origin=origin,
            )
            about = AuditedObject("impersonation", visit.id, user.email)
            await self._trail.record(tx, visitor, "impersonation.entered", about, after={"reason": visit.reason})
            await tx.commit()
        claims = AccessClaims(
            user_id=user.id,
            tenant_id=user.tenant_id,
            role=user.role,
            session_id=visit.id,
            expires_at=visit.ends_at,
            acting=visit.operator_id,
        )
        return EnteredView(
            access=self._access_tokens.issue(claims, now=now),
            user=view_of_user(user),
            impersonation=ImpersonationView(
                id=visit.id,
                operator_id=visit.operator_id,
                reason=visit.reason,
                started_at=now,
                ends_at=visit.ends_at,
            ),
        )
