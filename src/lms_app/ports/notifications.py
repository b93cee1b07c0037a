"""Port: what people are told inside the application."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from lms_domain.notices.mail_delivery import MailDelivery
from lms_domain.notices.notification import Notification


@dataclass(frozen=True, slots=True)
class MailOfNotices:
    """A mail that tells of notifications, by their ids."""

    delivery: MailDelivery
    notification_ids: tuple[UUID, ...]


class NotificationRepository(Protocol):
    """The notifications of one school's people."""

    async def add_many(
        self, notifications: tuple[Notification, ...], mails: tuple[MailOfNotices, ...] = ()
    ) -> frozenset[UUID]:
        """Tell these, except what a person was told before (the same ``event_key``). Open pages hear of it after the
        commit. Those of ``mails`` are queued that have nothing but news.

        Returns:
            The ids of those that are new.
        """
        ...

    async def latest(self, user_id: UUID, *, before: UUID | None, limit: int) -> tuple[Notification, ...]:
        """A person's notifications, the newest first; with ``before`` those older than that one (ids are in the order
        of time)."""
        ...

    async def unread_count(self, user_id: UUID) -> int:
        """How many a person has not read."""
        ...

    async def mark_read(self, user_id: UUID, notification_id: UUID, *, now: datetime) -> bool:
        """A person read one; False when they have no such notification. One read before keeps its time."""
        ...

    async def mark_all_read(self, user_id: UUID, *, now: datetime) -> int:
        """A person read all; how many were unread."""
        ...
