"""What a person is told inside the application."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lms_domain.errors import InvalidInput
from lms_domain.text import clean_line, clean_text

MAX_TITLE = 200
MAX_MESSAGE = 2000
MAX_EVENT_KEY = 200


class NotificationKind(StrEnum):
    """What a notification is about. SYSTEM is about the account itself and cannot be muted."""

    REMINDER = "REMINDER"
    COURSE_ASSIGNED = "COURSE_ASSIGNED"
    ASSIGNMENT_DUE = "ASSIGNMENT_DUE"
    ANNOUNCEMENT = "ANNOUNCEMENT"
    SYSTEM = "SYSTEM"


@dataclass(frozen=True, slots=True)
class Notification:
    """One fact told to one person."""

    id: UUID
    tenant_id: UUID
    user_id: UUID
    kind: NotificationKind
    title: str
    message: str
    link: str
    """A path on the school's own site, such as ``/courses/…``; empty when there is nothing to open."""
    event_key: str
    """Names the fact, such as ``course:<id>:assigned``. Unique per person: nobody is told the same fact twice."""
    created_at: datetime
    read_at: datetime | None

    def __post_init__(self) -> None:
        if not 0 < len(self.event_key) <= MAX_EVENT_KEY:
            raise InvalidInput("A notification names the fact that it is about.")
        if self.link and (
            not self.link.startswith("/") or self.link[1:2] in {"/", "\\"} or not self.link.isprintable()
        ):
            raise InvalidInput.for_field("link", "invalid", "A notification leads to a page of the same site.")

    def read(self, *, now: datetime) -> "Notification":
        """The notification, read; one that was read keeps its time."""
        return self if self.read_at is not None else replace(self, read_at=now)


def new_notification(
    *,
    notification_id: UUID,
    tenant_id: UUID,
    user_id: UUID,
    kind: NotificationKind,
    title: str,
    message: str,
    link: str,
    event_key: str,
    now: datetime,
) -> Notification:
    """An unread notification.

    Raises:
        InvalidInput: a title, message or link that the rules refuse.
    """
    return Notification(
        id=notification_id,
        tenant_id=tenant_id,
        user_id=user_id,
        kind=kind,
        title=clean_line(title, field="title", max_length=MAX_TITLE),
        message=clean_text(message, field="message", max_length=MAX_MESSAGE),
        link=link,
        event_key=event_key,
        created_at=now,
        read_at=None,
    )
