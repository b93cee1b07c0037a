"""What people are told inside the application, in memory."""

from datetime import datetime
from uuid import UUID

from adapters.memory.checks import check_school, require
from adapters.memory.database import MemoryDatabase
from adapters.memory.mail import MemoryMailDeliveryRepository
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.notifications import MailOfNotices, NotificationRepository
from lms_domain.notices.notification import Notification


class MemoryNotificationRepository(NotificationRepository):
    """The notifications of one school's people."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._mails = MemoryMailDeliveryRepository(database, tx, tenant_id)
        self._users = Rows(database.users, tx, tenant_id)
        self._notifications = Rows(database.notifications, tx, tenant_id)

    async def add_many(
        self, notifications: tuple[Notification, ...], mails: tuple[MailOfNotices, ...] = ()
    ) -> frozenset[UUID]:
        for each in notifications:
            check_school(each.tenant_id, self._tenant_id)
        require(*(self._users.get(each.user_id) for each in notifications))
        new: set[UUID] = set()
        for each in sorted(notifications, key=lambda one: (one.user_id, one.event_key)):
            await self._notifications.lock_value((each.user_id, each.event_key))
            if not any(other.event_key == each.event_key for other in self._of(each.user_id)):
                self._notifications.put(each.id, each)
                new.add(each.id)
        await self._mails.queue(tuple(each.delivery for each in mails if new.issuperset(each.notification_ids)))
        return frozenset(new)

    async def latest(self, user_id: UUID, *, before: UUID | None, limit: int) -> tuple[Notification, ...]:
        found = [each for each in self._of(user_id) if before is None or each.id < before]
        return tuple(sorted(found, key=lambda each: each.id, reverse=True)[:limit])

    async def unread_count(self, user_id: UUID) -> int:
        return sum(each.read_at is None for each in self._of(user_id))

    async def mark_read(self, user_id: UUID, notification_id: UUID, *, now: datetime) -> bool:
        found = await self._notifications.lock(notification_id)
        if found is None or found.user_id != user_id:
            return False
        self._notifications.put(found.id, found.read(now=now))
        return True

    async def mark_all_read(self, user_id: UUID, *, now: datetime) -> int:
        unread = [each.id for each in self._of(user_id) if each.read_at is None]
        for notification_id in unread:
            await self.mark_read(user_id, notification_id, now=now)
        return len(unread)

    def _of(self, user_id: UUID) -> list[Notification]:
        return [each for each in self._notifications.values() if each.user_id == user_id]
