"""Prove again who one is, before something dangerous."""

from datetime import datetime, timedelta

from lms_app.accounts.desk import open_desk
from lms_app.accounts.factor_codes import use_code
from lms_app.accounts.own_password import OwnPassword
from lms_app.accounts.tries import TryKeys
from lms_app.actor import Actor
from lms_app.ports.clock import Clock
from lms_app.ports.repositories import SessionRepository
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.errors import InvalidInput, NotAllowed

STEP_UP_LIFETIME = timedelta(minutes=5)
_REASON = "an operator proves again who they are"


async def require_recent_step_up(sessions: SessionRepository, actor: Actor, *, now: datetime) -> None:
    """Let only those pass who proved in the last five minutes who they are: by signing in, or again since.

    Args:
        sessions: those of the transaction in which the dangerous thing is done: ``operator_sessions`` for operators.

    Raises:
        NotAllowed: ``step_up_required``.
    """
    confirmed_at = await sessions.confirmed_at(actor.session_id)
    if confirmed_at is None or now - confirmed_at > STEP_UP_LIFETIME:
        raise NotAllowed("Please confirm with your password or a code that it is you.", code="step_up_required")


class StepUp:
    """Prove again who one is, with the password or, where a second factor is in force, a code of it. For five minutes
    this session may then do what asks for it. Wrong answers count like failed sign-ins."""

    def __init__(self, uow: UnitOfWork, own_password: OwnPassword, clock: Clock) -> None:
        self._uow = uow
        self._own_password = own_password
        self._clock = clock

    async def __call__(self, actor: Actor, *, password: str | None, otp: str | None) -> datetime:
        """Until when the proof counts. Exactly one of the two is given.

        Raises:
            InvalidInput: the password or the code is wrong, or not exactly one of them is given.
            NotAllowed: ``impersonating``.
            TooManyTries, HasherSaturated: see there.
        """
        actor.require(Permission.OWN_ACCOUNT)
        actor.require_in_person()
        if (password is None) == (otp is None):
            raise InvalidInput.for_field("password", "required", "Give either the password or a code.")
        if password is not None:
            await self._own_password.check(actor, password, field="password")
        now = self._clock.now()
        async with open_desk(self._uow, actor.tenant_id, _REASON) as desk:
            if otp is not None:
                person = await desk.present(actor.user_id)
                factor = await desk.factors.get(person.id, for_update=True)
                if factor is None or not factor.is_confirmed:
                    raise InvalidInput.for_field("otp", "not_enrolled", "No second factor is in force.")
                keys = TryKeys.of(person.email_folded, actor.origin.address)
                await use_code(desk, person.id, factor, otp, keys, now=now)
            await desk.sessions.confirm(actor.session_id, now=now)
            await desk.commit()
        return now + STEP_UP_LIFETIME
