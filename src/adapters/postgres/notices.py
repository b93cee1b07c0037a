"""What people are told inside the application, and what they are reminded of."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, Text, Uuid, and_, cast, func, literal_column, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import TENANT, Given, Statement, any_id, insert_row, of_tenant, parameter, ring
from adapters.postgres.tables import notifications, reminder_campaigns
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.notifications import NotificationRepository
from lms_app.ports.reminders import ReminderRepository
from lms_domain.notices.notification import Notification, NotificationKind
from lms_domain.notices.reminder import ReminderCampaign, ReminderKind

CHANNEL = "notices"
"""Who listens hears, after the commit, ``<school> <person>`` for everybody who was told something or read it."""

_USER = parameter("user_id", Uuid)
_NOW = parameter("now", TIMESTAMP)
_BEFORE = parameter("before", Uuid)

_given = Given(notifications, *(column.name for column in notifications.columns if column.name != "tenant_id"))
# In the order of what is unique, so that two at once wait for each other and never crosswise.
_added = (
    insert(notifications)
    .from_select(
        ["tenant_id", *_given.columns],
        select(TENANT, *_given.fields).order_by(_given.rows.c.user_id, _given.rows.c.event_key),
    )
    .on_conflict_do_nothing(
        index_elements=[notifications.c.tenant_id, notifications.c.user_id, notifications.c.event_key]
    )
    .returning(notifications.c.tenant_id, notifications.c.id, notifications.c.user_id)
    .cte("added")
)
_ADD = Statement(select(_added.c.id, ring(CHANNEL, _added.c.tenant_id, _added.c.user_id)))
_of_person = (of_tenant(notifications), notifications.c.user_id == _USER)
_LATEST = Statement(
    select(notifications)
    .where(*_of_person, or_(_BEFORE.is_(None), notifications.c.id < _BEFORE))
    .order_by(notifications.c.id.desc())
    .limit(parameter("limit", Integer))
)
_UNREAD = Statement(
    select(func.count()).select_from(notifications).where(*_of_person, notifications.c.read_at.is_(None))
)
_read = (
    update(notifications)
    .where(*_of_person, notifications.c.id == parameter("id", Uuid))
    .values(read_at=func.coalesce(notifications.c.read_at, _NOW))
    .returning(notifications.c.tenant_id, notifications.c.user_id)
    .cte("read")
)
_MARK_READ = Statement(select(ring(CHANNEL, _read.c.tenant_id, _read.c.user_id)))
_all_read = (
    update(notifications)
    .where(*_of_person, notifications.c.read_at.is_(None))
    .values(read_at=_NOW)
    .returning(notifications.c.tenant_id, notifications.c.user_id)
    .cte("all_read")
)
# The same words many times in one transaction are heard once.
_MARK_ALL_READ = Statement(select(ring(CHANNEL, _all_read.c.tenant_id, _all_read.c.user_id)))
_ADD_CAMPAIGN = Statement(insert_row(reminder_campaigns))
_GET_CAMPAIGN = Statement(
    select(reminder_campaigns).where(of_tenant(reminder_campaigns), reminder_campaigns.c.id == parameter("id", Uuid))
)
_told, _before = notifications.alias("told"), reminder_campaigns.alias("before")
_WAS_SENT = Statement(
    select(func.count())
    .select_from(
        _before.join(
            _told,
            and_(
                of_tenant(_told),
                _told.c.event_key == func.concat(literal_column("'reminder:'"), cast(_before.c.id, Text)),
            ),
        )
    )
    .where(
        of_tenant(_before),
        _before.c.created_at > parameter("since", TIMESTAMP),
        _before.c.kind == parameter("kind", Text),
        _before.c.course_id.is_not_distinct_from(parameter("course_id", Uuid)),
        _before.c.assignment_id.is_not_distinct_from(parameter("assignment_id", Uuid)),
        _before.c.subject == parameter("subject", Text),
        _before.c.message == parameter("message", Text),
        _told.c.user_id == any_id("user_ids"),
    )
)


def notification_from_row(row: Row) -> Notification:
    """A notification from its row."""
    return Notification(
        id=row["id"],
        tenant_id=row["tenant_id"],
        user_id=row["user_id"],
        kind=NotificationKind(row["kind"]),
        title=row["title"],
        message=row["message"],
        link=row["link"],
        event_key=row["event_key"],
        created_at=row["created_at"],
        read_at=row["read_at"],
    )


class PostgresNotificationRepository(NotificationRepository):
    """The notifications of one school's people."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add_many(self, notifications: tuple[Notification, ...]) -> frozenset[UUID]:
        for each in notifications:
            self._sql.check_school(each.tenant_id)
        if not notifications:
            return frozenset()
        rows = [
            {
                "id": each.id,
                "user_id": each.user_id,
                "kind": each.kind.value,
                "title": each.title,
                "message": each.message,
                "link": each.link,
                "event_key": each.event_key,
                "created_at": each.created_at,
                "read_at": each.read_at,
            }
            for each in notifications
        ]
        return frozenset(row["id"] for row in await self._sql.rows(_ADD, **_given.values(rows)))

    async def latest(self, user_id: UUID, *, before: UUID | None, limit: int) -> tuple[Notification, ...]:
        rows = await self._sql.rows(_LATEST, user_id=user_id, before=before, limit=limit)
        return tuple(notification_from_row(row) for row in rows)

    async def unread_count(self, user_id: UUID) -> int:
        return await self._sql.count(_UNREAD, user_id=user_id)

    async def mark_read(self, user_id: UUID, notification_id: UUID, *, now: datetime) -> bool:
        return await self._sql.run(_MARK_READ, user_id=user_id, id=notification_id, now=now) == 1

    async def mark_all_read(self, user_id: UUID, *, now: datetime) -> int:
        return await self._sql.run(_MARK_ALL_READ, user_id=user_id, now=now)


class PostgresReminderRepository(ReminderRepository):
    """The campaigns of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add(self, campaign: ReminderCampaign) -> None:
        self._sql.check_school(campaign.tenant_id)
        await self._sql.run(
            _ADD_CAMPAIGN,
            id=campaign.id,
            kind=campaign.kind.value,
            course_id=campaign.course_id,
            assignment_id=campaign.assignment_id,
            subject=campaign.subject,
            message=campaign.message,
            created_by=campaign.created_by,
            created_at=campaign.created_at,
        )

    async def was_sent(self, campaign: ReminderCampaign, *, to: frozenset[UUID], since: datetime) -> bool:
        found = await self._sql.count(
            _WAS_SENT,
            since=since,
            kind=campaign.kind.value,
            course_id=campaign.course_id,
            assignment_id=campaign.assignment_id,
            subject=campaign.subject,
            message=campaign.message,
            user_ids=list(to),
        )
        return found > 0

    async def get(self, campaign_id: UUID) -> ReminderCampaign | None:
        row = await self._sql.row(_GET_CAMPAIGN, id=campaign_id)
        if row is None:
            return None
        return ReminderCampaign(
            id=row["id"],
            tenant_id=row["tenant_id"],
            kind=ReminderKind(row["kind"]),
            course_id=row["course_id"],
            assignment_id=row["assignment_id"],
            subject=row["subject"],
            message=row["message"],
            created_by=row["created_by"],
            created_at=row["created_at"],
        )
