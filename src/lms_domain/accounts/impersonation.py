"""An operator acting as an administrator of a school, for a reason and for a while."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from lms_domain.errors import Conflict, InvalidInput
from lms_domain.text import clean_line

CODE_LIFETIME = timedelta(seconds=60)
"""From the operator's wish to the exchange of the code on the school's host."""
SESSION_LIFETIME = timedelta(minutes=30)
MIN_REASON = 5
MAX_REASON = 500


@dataclass(frozen=True, slots=True)
class Impersonation:
    """One visit of an operator to a school. It is entered once, with a code; its session cannot be refreshed."""

    id: UUID
    """Also the id of its session."""
    tenant_id: UUID
    operator_id: UUID
    user_id: UUID
    """The administrator as whom the operator acts."""
    reason: str
    code_fingerprint: bytes
    created_at: datetime
    code_expires_at: datetime
    entered_at: datetime | None
    ends_at: datetime | None
    """Set when entered."""
    ended_at: datetime | None
    """Set when ended before its time."""

    def __post_init__(self) -> None:
        if (self.entered_at is None) != (self.ends_at is None):
            raise InvalidInput("A visit has an end from the moment it is entered.")
        if self.ended_at is not None and self.entered_at is None:
            raise InvalidInput("Only a visit that was entered can be ended.")

    def enter(self, now: datetime) -> "Impersonation":
        """The visit begins, for ``SESSION_LIFETIME``.

        Raises:
            InvalidInput: ``code_invalid``: entered before, or too late.
        """
        if self.entered_at is not None or now >= self.code_expires_at:
            raise code_invalid()
        return replace(self, entered_at=now, ends_at=now + SESSION_LIFETIME)

    def end(self, now: datetime) -> "Impersonation":
        """The visit is over; one that was over keeps its time.

        Raises:
            Conflict: ``not_entered``: there is nothing to end. (Its code ends by itself within a minute.)
        """
        if self.ends_at is None:
            raise Conflict("This visit has not begun.", code="not_entered")
        if self.ended_at is not None or now >= self.ends_at:
            return self
        return replace(self, ended_at=now)

    def is_live(self, now: datetime) -> bool:
        """Whether the operator is in the school."""
        return self.ends_at is not None and self.ended_at is None and now < self.ends_at


def new_impersonation(
    *,
    impersonation_id: UUID,
    tenant_id: UUID,
    operator_id: UUID,
    user_id: UUID,
    reason: str,
    code_fingerprint: bytes,
    now: datetime,
) -> Impersonation:
    """A visit that can be entered.

    Raises:
        InvalidInput: a reason of fewer than ``MIN_REASON`` or more than ``MAX_REASON`` characters.
    """
    why = clean_line(reason, field="reason", max_length=MAX_REASON)
    if len(why) < MIN_REASON:
        raise InvalidInput.for_field("reason", "too_short", "Say why: the school will read it.")
    return Impersonation(
        id=impersonation_id,
        tenant_id=tenant_id,
        operator_id=operator_id,
        user_id=user_id,
        reason=why,
        code_fingerprint=code_fingerprint,
        created_at=now,
        code_expires_at=now + CODE_LIFETIME,
        entered_at=None,
        ends_at=None,
        ended_at=None,
    )


def code_invalid() -> InvalidInput:
    """The one answer to every code that does not work."""
    return InvalidInput(
        "This code is no longer valid. Please start again from the Command Center.", code="code_invalid"
    )
