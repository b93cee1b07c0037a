"""Do without the second factor."""

from lms_app.accounts.account_mail import AccountMail
from lms_app.accounts.desk import open_desk
from lms_app.accounts.factor_codes import accept_code
from lms_app.accounts.step_up import require_recent_step_up
from lms_app.accounts.tries import TryKeys
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.notices.words.security import SECOND_FACTOR_OFF
from lms_app.ports.clock import Clock
from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.errors import Conflict


class DisableSecondFactor:
    """Do without the second factor from now on, knowing a code or a recovery code. A mail tells of it. Asks for a
    proof of the last five minutes that it is really the person (see the step-up)."""

    def __init__(
        self, uow: UnitOfWork, sessions: SessionDirectory, mail: AccountMail, trail: AuditTrail, clock: Clock
    ) -> None:
        self._uow = uow
        self._sessions = sessions
        self._mail = mail
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, *, code: str) -> None:
        """Raises:
        InvalidInput: ``otp_invalid``.
        Conflict: ``otp_not_confirmed``: there is none in force.
        NotAllowed: ``step_up_required`` or ``impersonating``.
        TooManyTries: see there.
        """
        actor.require(Permission.OWN_ACCOUNT)
        actor.require_in_person()
        now = self._clock.now()
        async with open_desk(self._uow, actor.tenant_id, "an operator ends a second factor") as desk:
            await require_recent_step_up(desk.sessions, actor, now=now)
            person = await desk.present(actor.user_id)
            factor = await desk.factors.get(person.id, for_update=True)
            if factor is None or not factor.is_confirmed:
                raise Conflict("No second factor is in force.", code="otp_not_confirmed")
            keys = TryKeys.of(person.email_folded, actor.origin.address)
            await accept_code(desk, factor, code, keys, now=now)
            await desk.factors.delete(person.id)
            await self._mail.tell(desk, person, SECOND_FACTOR_OFF)
            await self._trail.record(
                desk, actor, "user.second_factor_disabled", AuditedObject("user", person.id, person.email)
            )
            await desk.commit()
        self._sessions.forget(actor.session_id)
