"""What people are told inside the application, and what they are reminded of."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Integer, Text, Uuid, and_, cast, column, func, literal_column, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.mail import NEW_MAILS, mail_to_values, new_mails
from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import TENANT, Given, Statement, any_id, insert_row, of_tenant, parameter, ring
from adapters.postgres.tables import notifications, reminder_campaigns
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.notifications import MailOfNotices, NotificationRepository
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
    .returning(notifications.c.id, ring(CHANNEL, notifications.c.tenant_id, notifications.c.user_id))
)
_ADD = Statement(_added)
# A mail goes with what it tells of: it is not queued when somebody was told a part of it before.
_told_now = _added.cte("told_now")
_parts = (
    func.unnest(parameter("part_mails", ARRAY(Uuid)), parameter("part_notifications", ARRAY(Uuid)))
    .table_valued(column("mail_id", Uuid), column("notification_id", Uuid))
    .render_derived(name="parts")
)
_is_known_in_part = (
    select(_parts.c.mail_id)
    .where(_parts.c.mail_id == NEW_MAILS.rows.c.id, _parts.c.notification_id.not_in(select(_told_now.c.id)))
    .exists()
)
_mailed_now = new_mails(~_is_known_in_part).cte("mailed_now")
_ADD_AND_MAIL = Statement(select(_told_now.c.id).add_cte(_mailed_now))
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

    async def add_many(
        self, notifications: tuple[Notification, ...], mails: tuple[MailOfNotices, ...] = ()
    ) -> frozenset[UUID]:
        for tenant_id in {each.tenant_id for each in notifications} | {mail.delivery.tenant_id for mail in mails}:
            self._sql.check_school(tenant_id)
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
        values = _given.values(rows)
        if not mails:
            return frozenset(row["id"] for row in await self._sql.rows_and_waiting(_ADD, **values))
        parts = [(mail.delivery.id, notification_id) for mail in mails for notification_id in mail.notification_ids]
        told = await self._sql.rows_and_waiting(
            _ADD_AND_MAIL,
            **values,
            **NEW_MAILS.values(mail_to_values(mail.delivery) for mail in mails),
            part_mails=[mail_id for mail_id, _ in parts],
            part_notifications=[notification_id for _, notification_id in parts],
        )
        return frozenset(row["id"] for row in told)

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
        await self._sql.later(
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
