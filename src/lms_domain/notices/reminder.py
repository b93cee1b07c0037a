"""Reminders that an administrator sends to those who have not finished."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lms_domain.errors import InvalidInput
from lms_domain.text import clean_line, clean_text

MAX_SUBJECT = 200
MAX_MESSAGE = 5000


class ReminderKind(StrEnum):
    """What people are reminded of."""

    COURSE_DEADLINE = "COURSE_DEADLINE"
    ASSIGNMENT_DUE = "ASSIGNMENT_DUE"
    CUSTOM = "CUSTOM"


@dataclass(frozen=True, slots=True)
class ReminderCampaign:
    """One reminder to many. What became of each person's mail is kept in their ``MailDelivery``.

    A COURSE_DEADLINE names its course, an ASSIGNMENT_DUE its assignment; CUSTOM may name either and has words of its
    own."""

    id: UUID
    tenant_id: UUID
    kind: ReminderKind
    course_id: UUID | None
    assignment_id: UUID | None
    subject: str
    message: str
    created_by: UUID
    created_at: datetime

    def __post_init__(self) -> None:
        if self.kind is ReminderKind.COURSE_DEADLINE and self.course_id is None:
            raise InvalidInput.for_field("course_id", "required", "Say which course this is about.")
        if self.kind is ReminderKind.ASSIGNMENT_DUE and self.assignment_id is None:
            raise InvalidInput.for_field("assignment_id", "required", "Say which assignment this is about.")
        if self.kind is not ReminderKind.COURSE_DEADLINE and self.course_id and self.assignment_id:
            raise InvalidInput.for_field("course_id", "invalid", "A reminder is about one thing.")
        if self.kind is ReminderKind.COURSE_DEADLINE and self.assignment_id is not None:
            raise InvalidInput.for_field("assignment_id", "invalid", "A reminder is about one thing.")


def new_reminder(
    *,
    reminder_id: UUID,
    tenant_id: UUID,
    kind: ReminderKind,
    course_id: UUID | None,
    assignment_id: UUID | None,
    subject: str,
    message: str,
    created_by: UUID,
    now: datetime,
) -> ReminderCampaign:
    """A campaign with texts fit to send.

    Args:
        subject, message: already filled in with the standard words where the administrator wrote none.

    Raises:
        InvalidInput: see ``ReminderCampaign``; no subject; a CUSTOM one without a message; a text too long.
    """
    text = clean_text(message, field="message", max_length=MAX_MESSAGE)
    if kind is ReminderKind.CUSTOM and not text:
        raise InvalidInput.for_field("message", "required", "Write what you want to say.")
    return ReminderCampaign(
        id=reminder_id,
        tenant_id=tenant_id,
        kind=kind,
        course_id=course_id,
        assignment_id=assignment_id,
        subject=clean_line(subject, field="subject", max_length=MAX_SUBJECT),
        message=text,
        created_by=created_by,
        created_at=now,
    )
