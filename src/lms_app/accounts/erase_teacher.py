"""Remove a person's data."""

from uuid import UUID

from lms_app.accounts.edit_teacher import own_account, teacher_and_staffing
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.clock import Clock
from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.storage_garbage import Garbage
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.person import check_admin_remains
from lms_domain.accounts.roles import Permission


class EraseTeacher:
    """Remove everything personal of somebody, for good: name, address, profile, picture, what they wrote and handed in,
    their notifications, mails and sessions. What they completed and how they scored still counts in the figures, as
    that of a former member. They cannot sign in, and nobody can bring them back.

    The audit trail keeps the address under which they acted: it can be changed by nobody. Nobody erases themselves, and
    a school keeps at least one active administrator.
    """

    def __init__(self, uow: UnitOfWork, sessions: SessionDirectory, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._sessions = sessions
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, user_id: UUID) -> None:
        """Raises:
        NotFound: nobody of this school has that id.
        Conflict: ``last_admin``, ``own_account``.
        NotAllowed: ``impersonating``: a visiting operator cannot do this.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        actor.require_in_person()
        if user_id == actor.user_id:
            raise own_account()
        now = self._clock.now()
        async with self._uow.begin(scope) as tx:
            await tx.usage.lock_limits()
            user, staffing = await teacher_and_staffing(tx, user_id)
            after = user.erased()
            check_admin_remains(user, after, active_admins=staffing.admins)
            await tx.users.save(after)
            files = await tx.personal_data.erase(user_id)
            await tx.garbage.add(tuple(Garbage(scope.tenant_id, file.key, now) for file in files))
            await tx.usage.add_stored_bytes(-sum(file.size_bytes for file in files))
            # Without a name: the trail of an erasure must not undo it.
            await self._trail.record(tx, actor, "user.erased", AuditedObject("user", user_id, "Former Member"))
            ended = await tx.sessions.revoke_all(user_id, now=now)
            await tx.commit()
        for session_id in ended:
            self._sessions.forget(session_id)
