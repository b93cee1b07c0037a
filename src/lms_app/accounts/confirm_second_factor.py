"""Put a second factor in force."""

import msgspec

from lms_app.accounts.account_mail import AccountMail
from lms_app.accounts.desk import open_desk
from lms_app.accounts.factor_codes import wrong_code
from lms_app.accounts.secrets import new_recovery_code
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.notices.words.security import SECOND_FACTOR_ON
from lms_app.ports.clock import Clock
from lms_app.ports.randomness import Randomness
from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.accounts.second_factor import RECOVERY_CODES
from lms_domain.errors import Conflict, InvalidInput


class RecoveryCodesView(msgspec.Struct, frozen=True, kw_only=True):
    """Codes for the day when the phone is lost. They are shown once; each works once, in place of a code."""

    recovery_codes: list[str]


class ConfirmSecondFactor:
    """Put a second factor in force by a code of the app. The answer holds ten recovery codes, which are shown only
    now. From then on signing in asks for a code; all other sessions of the person end, and a mail tells of it."""

    def __init__(
        self,
        uow: UnitOfWork,
        sessions: SessionDirectory,
        mail: AccountMail,
        trail: AuditTrail,
        randomness: Randomness,
        clock: Clock,
    ) -> None:
        self._uow = uow
        self._sessions = sessions
        self._mail = mail
        self._trail = trail
        self._randomness = randomness
        self._clock = clock

    async def __call__(self, actor: Actor, *, code: str) -> RecoveryCodesView:
        """Raises:
        InvalidInput: ``otp_invalid``.
        Conflict: ``otp_already_confirmed``, or ``otp_not_begun``.
        NotAllowed: ``impersonating``.
        """
        actor.require(Permission.OWN_ACCOUNT)
        actor.require_in_person()
        now = self._clock.now()
        recovery = [new_recovery_code(self._randomness) for _ in range(RECOVERY_CODES)]
        async with open_desk(self._uow, actor.tenant_id, "an operator confirms a second factor") as desk:
            person = await desk.present(actor.user_id)
            factor = await desk.factors.get(person.id, for_update=True)
            if factor is None:
                raise Conflict("Please begin with a second factor first.", code="otp_not_begun")
            try:
                confirmed = factor.confirm(code, frozenset(each.fingerprint for each in recovery), now)
            except InvalidInput as error:
                raise wrong_code(error) from None
            await desk.factors.save(person.id, confirmed)
            await self._mail.tell(desk, person, SECOND_FACTOR_ON)
            await self._trail.record(
                desk, actor, "user.second_factor_confirmed", AuditedObject("user", person.id, person.email)
            )
            ended = await desk.sessions.revoke_all(person.id, now=now, except_for=actor.session_id)
            await desk.commit()
        for session_id in (*ended, actor.session_id):
            self._sessions.forget(session_id)
        return RecoveryCodesView(recovery_codes=[each.text for each in recovery])
