"""Sign out elsewhere."""

from uuid import UUID

from lms_app.accounts.desk import open_desk
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.clock import Clock
from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound


class EndOtherSessions:
    """End every session of the person but the one that asks."""

    def __init__(self, uow: UnitOfWork, sessions: SessionDirectory, clock: Clock) -> None:
        self._uow = uow
        self._sessions = sessions
        self._clock = clock

    async def __call__(self, actor: Actor) -> None:
        """Raises NotAllowed ``impersonating``."""
        actor.require(Permission.OWN_ACCOUNT)
        actor.require_in_person()
        async with open_desk(self._uow, actor.tenant_id, "an operator ends their other sessions") as desk:
            ended = await desk.sessions.revoke_all(actor.user_id, now=self._clock.now(), except_for=actor.session_id)
            await desk.commit()
        for session_id in ended:
            self._sessions.forget(session_id)


class EndSession:
    """End one session of the person; its tokens are worth nothing from then on. An operator who visits a school ends
    the visit this way, and can end no other session."""

    def __init__(self, uow: UnitOfWork, sessions: SessionDirectory, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._sessions = sessions
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, session_id: UUID) -> None:
        """Raises:
        NotFound: the person has no such session that holds.
        NotAllowed: ``impersonating``.
        """
        actor.require(Permission.OWN_ACCOUNT)
        now = self._clock.now()
        if actor.impersonated_by is not None and actor.tenant_id is not None:
            if session_id != actor.session_id:
                actor.require_in_person()
            await self._end_visit(actor, TenantScope(actor.tenant_id))
        else:
            async with open_desk(self._uow, actor.tenant_id, "an operator ends a session") as desk:
                if all(session.id != session_id for session in await desk.sessions.live(actor.user_id, now=now)):
                    raise NotFound("There is no such session.")
                await desk.sessions.revoke(session_id, now=now)
                await desk.commit()
        self._sessions.forget(session_id)

    async def _end_visit(self, actor: Actor, scope: TenantScope) -> None:
        now = self._clock.now()
        async with self._uow.begin(scope) as tx:
            # A visit's session has the visit's id.
            visit = await tx.impersonations.get(actor.session_id, for_update=True)
            if visit is None:
                raise NotFound("There is no such session.")
            await tx.impersonations.save(visit.end(now))
            await tx.sessions.revoke(actor.session_id, now=now)
            about = AuditedObject("impersonation", visit.id, actor.email)
            await self._trail.record(tx, actor, "impersonation.ended", about)
            await tx.commit()
