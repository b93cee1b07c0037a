"""Whether somebody who is signed in knows their password."""

from lms_app.accounts.desk import Person, open_desk
from lms_app.accounts.sign_in import MAX_PASSWORD_LENGTH
from lms_app.accounts.tries import TryKeys, Turns, count_failure, forget_failures, require_a_try
from lms_app.actor import Actor
from lms_app.ports.clock import Clock
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.email import fold_email
from lms_domain.errors import InvalidInput

_REASON = "an operator shows their password"


class OwnPassword:
    """Checks the password of somebody who is signed in. A wrong one counts like a failed sign-in, so that nobody can
    guess on a screen that was left alone."""

    def __init__(self, uow: UnitOfWork, hasher: PasswordHasher, turns: Turns, clock: Clock) -> None:
        self._uow = uow
        self._hasher = hasher
        self._turns = turns
        self._clock = clock

    async def check(self, actor: Actor, password: str, *, field: str) -> Person:
        """The person, whose password it is.

        Raises:
            InvalidInput: ``wrong`` for ``field``.
            NotSignedIn: the account is gone.
            TooManyTries, HasherSaturated: see there.
        """
        keys = TryKeys.of(fold_email(actor.email), actor.origin.address)
        async with self._turns.turn(actor.tenant_id, keys):
            async with open_desk(self._uow, actor.tenant_id, _REASON) as desk:
                failed_before = await require_a_try(desk.failures, keys, now=self._clock.now())
                person = await desk.present(actor.user_id)
            right = len(password) <= MAX_PASSWORD_LENGTH and await self._hasher.verify(person.password_hash, password)
            if not right or failed_before:
                async with open_desk(self._uow, actor.tenant_id, _REASON) as desk:
                    if right:
                        await forget_failures(desk.failures, keys)
                    else:
                        await count_failure(desk.failures, keys, now=self._clock.now())
                    await desk.commit()
        if not right:
            raise InvalidInput.for_field(field, "wrong", "This is not your present password.")
        return person
