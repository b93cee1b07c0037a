"""Codes of a second factor as people type them: six digits from their app, or a recovery code."""

from datetime import datetime
from uuid import UUID

from lms_app.accounts.desk import Desk
from lms_app.accounts.secrets import recovery_fingerprint
from lms_app.accounts.tries import TryKeys, check_no_wait
from lms_domain.accounts.lockout import FREE_TRIES
from lms_domain.accounts.second_factor import DIGITS, SecondFactor
from lms_domain.errors import FieldError, InvalidInput


async def use_code(
    desk: Desk, person_id: UUID, factor: SecondFactor, typed: str, keys: TryKeys, *, now: datetime
) -> None:
    """`accept_code`, and it is counted as used."""
    await desk.factors.save(person_id, await accept_code(desk, factor, typed, keys, now=now))


async def accept_code(desk: Desk, factor: SecondFactor, typed: str, keys: TryKeys, *, now: datetime) -> SecondFactor:
    """The factor after ``typed`` was accepted, to be saved. A wrong code is counted at once (and committed).

    Args:
        factor: locked by this transaction, so that no code is accepted twice and guesses come one after the other.

    Raises:
        InvalidInput: ``otp_invalid``, about the field ``otp``.
        TooManyTries: see there.
    """
    failed = await desk.failures.get(keys.otp)
    check_no_wait(failed, FREE_TRIES, now=now)
    bare = "".join(typed.split())
    try:
        used = factor.verify(bare, now) if len(bare) == DIGITS else factor.recover(recovery_fingerprint(bare))
    except InvalidInput as error:
        await desk.failures.count_up(keys.otp, now=now)
        await desk.commit()
        raise wrong_code(error) from None
    if failed is not None:
        await desk.failures.clear(keys.otp)
    return used


def wrong_code(error: InvalidInput) -> InvalidInput:
    """The same error, about the field ``otp``."""
    return InvalidInput(error.detail, code=error.code, errors=(FieldError("otp", "invalid", error.detail),))
