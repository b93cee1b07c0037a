"""Give somebody a new initial password, from the command line."""

from uuid import UUID

from lms_app.accounts.account_mail import AccountMail
from lms_app.accounts.desk import open_desk, role_of, words_near
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.notices.words.security import PASSWORD_SET_BY_OPERATOR
from lms_app.ports.clock import Clock
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.email import fold_email
from lms_domain.accounts.password import check_new_password
from lms_domain.errors import NotFound

_REASON = "a password is set at the command line"


class SetPassword:
    """Give a person of a school, or an operator, a new initial password, which they must change at their next sign-in.
    Every session of theirs ends, failed sign-ins are forgotten, and a mail tells of it. Only the command line can."""

    def __init__(
        self, uow: UnitOfWork, hasher: PasswordHasher, mail: AccountMail, trail: AuditTrail, clock: Clock
    ) -> None:
        self._uow = uow
        self._hasher = hasher
        self._mail = mail
        self._trail = trail
        self._clock = clock

    async def __call__(
        self, *, tenant_id: UUID | None, email: str, password: str, without_second_factor: bool = False
    ) -> None:
        """Args:
            tenant_id: the person's school; None for an operator.
            without_second_factor: end that too, for somebody who has lost both phone and recovery codes.

        Raises:
            NotFound: nobody has this address there.
            InvalidInput: the password is refused (field ``password``).
            HasherSaturated: see there.
        """
        async with open_desk(self._uow, tenant_id, _REASON) as desk:
            person = await desk.people.by_email(fold_email(email))
        if person is None:
            raise NotFound("Nobody has this address there.")
        check_new_password(password, role=role_of(person), context=words_near(person), field="password")
        new_hash = await self._hasher.hash(password)
        async with open_desk(self._uow, tenant_id, _REASON) as desk:
            await desk.people.set_password(person.id, new_hash, must_change=True)
            await desk.sessions.revoke_all(person.id, now=self._clock.now())
            await desk.failures.clear_account(person.email_folded)
            if without_second_factor:
                await desk.factors.delete(person.id)
            await self._mail.tell(desk, person, PASSWORD_SET_BY_OPERATOR)
            await self._trail.record(
                desk,
                None,
                "user.password_reset",
                AuditedObject("user", person.id, person.email),
                after={"without_second_factor": without_second_factor},
                tenant_id=tenant_id,
            )
            await desk.commit()
