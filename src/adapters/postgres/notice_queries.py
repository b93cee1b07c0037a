"""Screens about notices."""

from uuid import UUID

from sqlalchemy import FromClause, Select, Text, Uuid, and_, case, cast, func, literal_column, or_, select, true

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.screen_sql import LIMIT, OFFSET, listed, listing
from adapters.postgres.sql import Row
from adapters.postgres.statements import Statement, fixed, of_tenant, parameter
from adapters.postgres.tables import mail_deliveries, notifications, reminder_campaigns, users
from lms_app.listing import Listing, PageRequest
from lms_app.notices.views import (
    DeliveryCountsView,
    DeliveryState,
    NotificationView,
    ReminderDeliveryView,
    ReminderView,
)
from lms_app.ports.notice_queries import News, NoticeQueries
from lms_app.scope import TenantScope
from lms_domain.notices.mail_delivery import MailState
from lms_domain.notices.notification import NotificationKind
from lms_domain.notices.reminder import ReminderKind

NOT_MAILED = "This person wants no mail at once; the reminder is in the application."

_USER, _BEFORE, _ID = parameter("user_id", Uuid), parameter("before", Uuid), parameter("id", Uuid)
_own = select(notifications).where(of_tenant(notifications), notifications.c.user_id == _USER)
_newest = _own.order_by(notifications.c.id.desc()).limit(LIMIT)
_LIST = Statement(listing(_own, _newest.where(or_(_BEFORE.is_(None), notifications.c.id < _BEFORE)), ("id DESC",)))
_unread = _own.where(notifications.c.read_at.is_(None))
_UNREAD = Statement(select(func.count()).select_from(_unread.subquery("unread")))
_NEWS = Statement(listing(_unread, _newest, ("id DESC",)))


def _with_counts(campaign: FromClause) -> Select[*tuple[object, ...]]:
    told = (
        select(func.count().label("told"))
        .where(
            of_tenant(notifications),
            notifications.c.event_key == func.concat(literal_column("'reminder:'"), cast(campaign.c.id, Text)),
        )
        .correlate(campaign)
        .lateral("told")
    )
    mails = (
        select(
            *(func.count().filter(mail_deliveries.c.state == fixed(state)).label(state.lower()) for state in MailState)
        )
        .where(of_tenant(mail_deliveries), mail_deliveries.c.campaign_id == campaign.c.id)
        .correlate(campaign)
        .lateral("mails")
    )
    return select(campaign, told.c.told, *(mails.c[state.lower()] for state in MailState)).select_from(
        campaign.join(told, true()).join(mails, true())
    )


_campaigns = select(reminder_campaigns).where(of_tenant(reminder_campaigns))
_page = _campaigns.order_by(reminder_campaigns.c.created_at.desc(), reminder_campaigns.c.id.desc())
_REMINDERS = Statement(
    listing(
        _campaigns, _with_counts(_page.limit(LIMIT).offset(OFFSET).subquery("found")), ("created_at DESC", "id DESC")
    )
)
_REMINDER = Statement(_with_counts(_campaigns.where(reminder_campaigns.c.id == _ID).subquery("found")))
_is_failed = mail_deliveries.c.state == fixed(MailState.FAILED)
_people = (
    select(
        notifications.c.id,
        notifications.c.user_id,
        notifications.c.read_at,
        users.c.first_name,
        users.c.last_name,
        users.c.email,
        users.c.name_folded,
        mail_deliveries.c.state,
        mail_deliveries.c.attempts,
        mail_deliveries.c.error,
        mail_deliveries.c.next_attempt_at,
        mail_deliveries.c.sent_at,
        case(
            (mail_deliveries.c.state == fixed(MailState.FAILED), literal_column("0")), else_=literal_column("1")
        ).label("urgency"),
    )
    .select_from(
        notifications.join(users, and_(of_tenant(users), users.c.id == notifications.c.user_id)).outerjoin(
            mail_deliveries,
            and_(
                of_tenant(mail_deliveries),
                mail_deliveries.c.campaign_id == _ID,
                mail_deliveries.c.user_id == notifications.c.user_id,
            ),
        )
    )
    .where(
        of_tenant(notifications),
        notifications.c.event_key == func.concat(literal_column("'reminder:'"), cast(_ID, Text)),
    )
)
_in_order = _people.order_by(literal_column("urgency"), users.c.name_folded, notifications.c.id)
_DELIVERIES = Statement(listing(_people, _in_order.limit(LIMIT).offset(OFFSET), ("urgency", "name_folded", "id")))


class PostgresNoticeQueries(NoticeQueries):
    """Screens about notices."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def notifications(
        self, scope: TenantScope, user_id: UUID, *, before: UUID | None, limit: int
    ) -> Listing[NotificationView]:
        async with self._database.read(scope) as sql:
            count, rows = listed(await sql.rows(_LIST, user_id=user_id, before=before, limit=limit))
        return Listing(count, [_notification(row) for row in rows])

    async def unread_count(self, scope: TenantScope, user_id: UUID) -> int:
        async with self._database.read(scope) as sql:
            return await sql.count(_UNREAD, user_id=user_id)

    async def news(self, scope: TenantScope, user_id: UUID, *, limit: int) -> News:
        async with self._database.read(scope) as sql:
            count, rows = listed(await sql.rows(_NEWS, user_id=user_id, limit=limit))
        return News(count, [_notification(row) for row in rows])

    async def reminders(self, scope: TenantScope, page: PageRequest) -> Listing[ReminderView]:
        async with self._database.read(scope) as sql:
            count, rows = listed(await sql.rows(_REMINDERS, limit=page.size, offset=page.offset))
        return Listing(count, [_reminder(row) for row in rows])

    async def reminder(self, scope: TenantScope, campaign_id: UUID) -> ReminderView | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_REMINDER, id=campaign_id)
        return _reminder(row) if row is not None else None

    async def deliveries(
        self, scope: TenantScope, campaign_id: UUID, page: PageRequest
    ) -> Listing[ReminderDeliveryView]:
        async with self._database.read(scope) as sql:
            count, rows = listed(await sql.rows(_DELIVERIES, id=campaign_id, limit=page.size, offset=page.offset))
        return Listing(count, [_delivery(row) for row in rows])


def _notification(row: Row) -> NotificationView:
    return NotificationView(
        id=row["id"],
        kind=NotificationKind(row["kind"]),
        title=row["title"],
        message=row["message"],
        link=row["link"],
        is_read=row["read_at"] is not None,
        created_at=row["created_at"],
    )


def _reminder(row: Row) -> ReminderView:
    mailed = row["queued"] + row["sent"] + row["failed"]
    return ReminderView(
        id=row["id"],
        kind=ReminderKind(row["kind"]),
        course_id=row["course_id"],
        assignment_id=row["assignment_id"],
        subject=row["subject"],
        message=row["message"],
        created_at=row["created_at"],
        recipient_count=row["told"],
        counts=DeliveryCountsView(
            queued=row["queued"], sent=row["sent"], failed=row["failed"], not_mailed=max(0, row["told"] - mailed)
        ),
    )


def _delivery(row: Row) -> ReminderDeliveryView:
    state = DeliveryState(row["state"] or DeliveryState.NOT_MAILED)
    return ReminderDeliveryView(
        id=row["id"],
        teacher_id=row["user_id"],
        teacher_name=f"{row['first_name']} {row['last_name']}".strip(),
        teacher_email=row["email"],
        state=state,
        attempts=row["attempts"] or 0,
        reason=NOT_MAILED if state is DeliveryState.NOT_MAILED else row["error"],
        next_attempt_at=row["next_attempt_at"] if state is DeliveryState.QUEUED else None,
        sent_at=row["sent_at"],
        is_read=row["read_at"] is not None,
    )
