"""What is answered about notices."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from lms_domain.notices.notification import NotificationKind
from lms_domain.notices.reminder import ReminderKind


class NotificationView(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody was told. ``link`` is a path on this site, or empty."""

    id: UUID
    kind: NotificationKind
    title: str
    message: str
    link: str
    is_read: bool
    created_at: datetime


class UnreadCountView(msgspec.Struct, frozen=True, kw_only=True):
    """How many notifications are not read."""

    count: int


class MarkedReadView(msgspec.Struct, frozen=True, kw_only=True):
    """How many notifications were read just now."""

    marked: int


class AnnouncementView(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was said to many. ``recipient_count`` leaves out who muted announcements."""

    id: UUID
    title: str
    message: str
    recipient_count: int
    created_at: datetime


class ReminderRecipientView(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who would be reminded."""

    id: UUID
    email: str
    first_name: str
    last_name: str


class ReminderPreviewView(msgspec.Struct, frozen=True, kw_only=True):
    """What a reminder would say, and to whom: the first 20 of ``recipient_count``. ``muted_count`` more have not
    finished either, and muted reminders."""

    recipient_count: int
    muted_count: int
    recipients: list[ReminderRecipientView]
    subject: str
    message: str


class DeliveryCountsView(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the mails of a reminder. ``not_mailed`` were told in the application only, as they wish."""

    queued: int
    sent: int
    failed: int
    not_mailed: int


class ReminderView(msgspec.Struct, frozen=True, kw_only=True):
    """A reminder that was sent to many."""

    id: UUID
    kind: ReminderKind
    course_id: UUID | None
    assignment_id: UUID | None
    subject: str
    message: str
    created_at: datetime
    recipient_count: int
    counts: DeliveryCountsView


class DeliveryState(StrEnum):
    """What became of one person's mail. NOT_MAILED: they get no mail at once, by their own wish."""

    QUEUED = "QUEUED"
    SENT = "SENT"
    FAILED = "FAILED"
    NOT_MAILED = "NOT_MAILED"


class ReminderDeliveryView(msgspec.Struct, frozen=True, kw_only=True):
    """One person's part of a reminder. ``reason`` is why it failed, or what went wrong so far, in words."""

    id: UUID
    teacher_id: UUID
    teacher_name: str
    teacher_email: str
    state: DeliveryState
    attempts: int
    reason: str
    next_attempt_at: datetime | None
    sent_at: datetime | None
    is_read: bool


class RetriedView(msgspec.Struct, frozen=True, kw_only=True):
    """How many failed mails are tried again."""

    retried: int
