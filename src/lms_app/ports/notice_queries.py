"""Port: screens about notices."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from lms_app.listing import Listing, PageRequest
from lms_app.notices.views import NotificationView, ReminderDeliveryView, ReminderView
from lms_app.scope import TenantScope


@dataclass(frozen=True, slots=True)
class News:
    """The newest notifications of a person, the newest first, and how many they have not read."""

    unread_count: int
    latest: list[NotificationView]


class NoticeQueries(Protocol):
    """What people were told, and what became of reminders. One statement each."""

    async def notifications(
        self, scope: TenantScope, user_id: UUID, *, before: UUID | None, limit: int
    ) -> Listing[NotificationView]:
        """A person's notifications, the newest first; with ``before`` those older than that one. The count is that of
        all."""
        ...

    async def unread_count(self, scope: TenantScope, user_id: UUID) -> int:
        """How many a person has not read."""
        ...

    async def news(self, scope: TenantScope, user_id: UUID, *, limit: int) -> News:
        """What an open page shows."""
        ...

    async def reminders(self, scope: TenantScope, page: PageRequest) -> Listing[ReminderView]:
        """Reminders, the newest first."""
        ...

    async def reminder(self, scope: TenantScope, campaign_id: UUID) -> ReminderView | None:
        """One reminder."""
        ...

    async def deliveries(
        self, scope: TenantScope, campaign_id: UUID, page: PageRequest
    ) -> Listing[ReminderDeliveryView]:
        """What became of one reminder, by person; those that failed come first."""
        ...
