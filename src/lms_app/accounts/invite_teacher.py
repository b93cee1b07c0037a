"""Invite somebody again."""

from uuid import UUID

from lms_app.accounts.account_mail import AccountMail
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.person import User
from lms_domain.accounts.roles import Permission
from lms_domain.errors import Conflict, NotFound


class InviteTeacher:
    """Send a person of the school a new invitation to choose their password. The link of the earlier one ends.

    Nobody is invited who has a password of their own already: they can ask for a new one by themselves.
    """

    def __init__(self, uow: UnitOfWork, mail: AccountMail, trail: AuditTrail) -> None:
        self._uow = uow
        self._mail = mail
        self._trail = trail

    async def __call__(self, actor: Actor, user_id: UUID) -> None:
        """Raises:
        NotFound: nobody of this school has that id.
        Conflict: ``already_joined``, or ``not_active``: the account is deactivated.
        NotAllowed: ``impersonating``: a visiting operator invites nobody in the school's name.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        actor.require_in_person()
        async with self._uow.begin(scope) as tx:
            user = await tx.users.lock(user_id)
            if user is None or user.is_erased:
                raise NotFound("There is nobody with this id.")
            refuse_who_cannot_be_invited(user)
            await self._mail.invite(tx, user)
            await self._trail.record(tx, actor, "user.invited", AuditedObject("user", user.id, user.email))
            await tx.commit()


def refuse_who_cannot_be_invited(user: User) -> None:
    """Raises Conflict ``not_active`` or ``already_joined``."""
    if not user.is_active:
        raise Conflict("This account is deactivated.", code="not_active")
    if user.password_hash and not user.must_change_password:
        raise Conflict("This person has chosen a password already.", code="already_joined")
