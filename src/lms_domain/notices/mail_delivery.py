"""One mail to one person, from the wish to send it to its end."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lms_domain.errors import Conflict, InvalidInput

BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
)
"""How long to wait after the first, second, ... failed attempt. After the last of them there is one more attempt."""
GIVE_UP_AFTER = timedelta(hours=24)
"""From the moment the mail was queued: an older one is no news any more."""
LEASE = timedelta(minutes=5)
"""How long one attempt has the mail to itself. Longer than a mail server may take to answer; when a worker dies while
sending, the mail is due again after it."""
MAX_UNKNOWN_OUTCOMES = 2
"""Attempts whose outcome nobody knows: after so many the mail is given up, so that a person gets one copy too many at
the most."""
MAX_ERROR = 500


class MailState(StrEnum):
    """QUEUED is waiting or being sent; the other two are ends."""

    QUEUED = "QUEUED"
    SENT = "SENT"
    FAILED = "FAILED"


class MailKind(StrEnum):
    """Why a mail is sent. Preferences are asked for the last three only: the others are about the account."""

    INVITATION = "INVITATION"
    PASSWORD_RESET = "PASSWORD_RESET"  # noqa: S105 the name of a kind
    EMAIL_VERIFICATION = "EMAIL_VERIFICATION"
    SECURITY = "SECURITY"
    TRIAL_WARNING = "TRIAL_WARNING"
    WELCOME = "WELCOME"
    REMINDER = "REMINDER"
    NOTIFICATION = "NOTIFICATION"
    DIGEST = "DIGEST"


@dataclass(frozen=True, slots=True)
class MailDelivery:
    """A mail and its life: QUEUED -> SENT, or QUEUED -> FAILED with the reason. A failed one may be queued again."""

    id: UUID
    tenant_id: UUID | None
    """None for mail of the platform itself."""
    campaign_id: UUID | None
    user_id: UUID | None
    to: str
    kind: MailKind
    subject: str
    html: str
    text: str
    state: MailState
    attempts: int
    """Attempts begun."""
    next_attempt_at: datetime
    """While QUEUED: when it is due. Otherwise of no meaning."""
    error: str
    """What the last failed attempt said, for people; empty when none failed."""
    created_at: datetime
    """When it was queued (again)."""
    sent_at: datetime | None
    dedupe_key: str
    """Names the occasion. Unique within the school (or the platform): one occasion, one mail."""
    unsubscribe_url: str | None = None
    """Where mails of this kind are ended; None for those about the account."""
    unknown_outcomes: int = 0
    """Attempts that may have delivered it: begun by a worker that was never heard of again (or is at it now), or cut
    off after the text was handed over."""

    def __post_init__(self) -> None:
        if (self.state is MailState.SENT) != (self.sent_at is not None):
            raise InvalidInput("A mail was sent at some time, or it was not sent.")
        if not self.dedupe_key:
            raise InvalidInput("A mail names its occasion.")

    def is_due(self, now: datetime) -> bool:
        """Whether an attempt may begin."""
        return self.state is MailState.QUEUED and self.next_attempt_at <= now

    def begun(self, *, now: datetime) -> "MailDelivery":
        """An attempt begins; nobody else has the mail for ``LEASE``. Check ``state`` afterwards: a mail whose time is
        over, or that may have been delivered ``MAX_UNKNOWN_OUTCOMES`` times, is FAILED instead.

        Raises:
            Conflict: ``mail_not_due``.
        """
        if not self.is_due(now):
            raise Conflict("This mail is not waiting to be sent.", code="mail_not_due")
        if self.attempts > len(BACK_OFF) or now - self.created_at >= GIVE_UP_AFTER:
            return self._failed(self.error or "It could not be sent within a day.")
        if self.unknown_outcomes >= MAX_UNKNOWN_OUTCOMES:
            return self._failed(_PERHAPS_TWICE)
        return replace(
            self,
            attempts=self.attempts + 1,
            next_attempt_at=now + LEASE,
            # Until somebody says how it ended, nobody knows.
            unknown_outcomes=self.unknown_outcomes + 1,
        )

    def sent(self, *, now: datetime) -> "MailDelivery":
        """The mail server took it. Also from FAILED: an attempt that outlived its lease may still succeed.

        What was sent is not kept: it may hold a link that opens an account."""
        if self.state is MailState.SENT:
            return self
        return replace(self, state=MailState.SENT, sent_at=now, html="", text="", error="")

    def refused(self, error: str) -> "MailDelivery":
        """The mail server will never take it: the end."""
        return self if self.state is not MailState.QUEUED else self._failed(error)

    def unavailable(self, error: str, *, now: datetime, may_have_been_sent: bool = False) -> "MailDelivery":
        """The attempt failed for a reason that may pass: due again later, or FAILED when a day would be over by then,
        all attempts are used, or it may have been delivered ``MAX_UNKNOWN_OUTCOMES`` times."""
        if self.state is not MailState.QUEUED:
            return self
        if not may_have_been_sent:
            return replace(self, unknown_outcomes=max(0, self.unknown_outcomes - 1))._tried(error, now=now)
        if self.unknown_outcomes >= MAX_UNKNOWN_OUTCOMES:
            return self._failed(f"{_PERHAPS_TWICE} {error}")
        return self._tried(error, now=now)

    def _tried(self, error: str, *, now: datetime) -> "MailDelivery":
        if not 1 <= self.attempts <= len(BACK_OFF):
            return self._failed(error)
        again = now + BACK_OFF[self.attempts - 1]
        if again - self.created_at >= GIVE_UP_AFTER:
            return self._failed(error)
        return replace(self, next_attempt_at=again, error=_shortened(error))

    def requeued(self, *, now: datetime) -> "MailDelivery":
        """A failed mail, from the beginning, as an administrator asked.

        Raises:
            Conflict: ``mail_not_failed``.
        """
        if self.state is not MailState.FAILED:
            raise Conflict("Only a mail that failed can be sent again.", code="mail_not_failed")
        return replace(
            self,
            state=MailState.QUEUED,
            attempts=0,
            next_attempt_at=now,
            created_at=now,
            error="",
            unknown_outcomes=0,
        )

    def _failed(self, error: str) -> "MailDelivery":
        return replace(self, state=MailState.FAILED, error=_shortened(error))


def queue_mail(
    *,
    delivery_id: UUID,
    tenant_id: UUID | None,
    to: str,
    kind: MailKind,
    subject: str,
    html: str,
    text: str,
    dedupe_key: str,
    now: datetime,
    user_id: UUID | None = None,
    campaign_id: UUID | None = None,
    due_at: datetime | None = None,
    unsubscribe_url: str | None = None,
) -> MailDelivery:
    """A mail that is to be sent: at once, or not before ``due_at`` (the give-up time counts from then).

    Raises:
        InvalidInput: a subject of several lines, or no occasion.
    """
    if not subject.strip() or not subject.isprintable():
        raise InvalidInput.for_field("subject", "invalid", "A subject is one line of text.")
    queued_at = max(now, due_at or now)
    return MailDelivery(
        id=delivery_id,
        tenant_id=tenant_id,
        campaign_id=campaign_id,
        user_id=user_id,
        to=to,
        kind=kind,
        subject=subject,
        html=html,
        text=text,
        state=MailState.QUEUED,
        attempts=0,
        next_attempt_at=queued_at,
        error="",
        created_at=queued_at,
        sent_at=None,
        dedupe_key=dedupe_key,
        unsubscribe_url=unsubscribe_url,
    )


_PERHAPS_TWICE = "It was handed over, but no answer came; it may have arrived, even twice, so it is not tried again."


def _shortened(error: str) -> str:
    return " ".join(error.split())[:MAX_ERROR]
