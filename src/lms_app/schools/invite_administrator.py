"""Invite an administrator of a school again."""

from uuid import UUID

from lms_app.accounts.account_mail import AccountMail
from lms_app.accounts.invite_teacher import refuse_who_cannot_be_invited
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.schools.at_school import AtSchool
from lms_app.scope import SystemScope
from lms_domain.accounts.roles import Permission, Role
from lms_domain.errors import NotFound

_INVITE = SystemScope("an operator invites an administrator of a school again")


class InviteAdministrator:
    """Send an administrator of a school a new invitation to choose their password: to the address that stands in their
    account, never to another. The link of the earlier one ends. The school finds it in its audit trail.

    Nobody is invited who has a password of their own already: they can ask for a new one by themselves.
    """

    def __init__(self, uow: UnitOfWork, mail: AccountMail, trail: AuditTrail) -> None:
        self._uow = uow
        self._mail = mail
        self._trail = trail

    async def __call__(self, actor: Actor, tenant_id: UUID, user_id: UUID) -> None:
        """Raises:
        NotFound: no such school, or no administrator of it with that id.
        Conflict: ``already_joined``, or ``not_active``: the account is deactivated.
        """
        actor.require(Permission.RUN_PLATFORM)
        async with self._uow.begin(_INVITE) as system:
            user = await system.users_of(tenant_id).lock(user_id)
            if user is None or user.is_erased or user.role is not Role.SCHOOL_ADMIN:
                raise NotFound("There is no such administrator.")
            refuse_who_cannot_be_invited(user)
            await self._mail.invite(AtSchool.of(system, tenant_id), user)
            about = AuditedObject("user", user.id, user.email)
            await self._trail.record(system, actor, "user.invited", about, tenant_id=tenant_id)
            await system.commit()
