"""What people are told: in the product, and by mail."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, Text, UniqueConstraint, Uuid, text
from sqlalchemy.schema import SchemaItem

from adapters.postgres.tables.base import (
    TIMESTAMP,
    id_column,
    metadata,
    of_a_school,
    one_of,
    part_of,
    same_school,
    tenant_and_id,
    tenant_column,
)
from lms_domain.notices.mail_delivery import MailKind, MailState
from lms_domain.notices.notification import NotificationKind
from lms_domain.notices.reminder import ReminderKind

# The key of the event makes a second notification of the same fact impossible, whatever the program does.
notifications = Table(
    "notifications",
    metadata,
    id_column(),
    tenant_column(),
    Column("user_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("event_key", Text, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("read_at", TIMESTAMP),
    tenant_and_id(),
    UniqueConstraint("tenant_id", "user_id", "event_key"),
    part_of("users", "user_id"),
    one_of("kind", NotificationKind),
    # Ids are in the order of time.
    Index(None, "tenant_id", "user_id", "id"),
    # Who was told a fact: the people of a reminder.
    Index(None, "tenant_id", "event_key"),
    Index("ix_notifications_unread", "tenant_id", "user_id", postgresql_where=text("read_at IS NULL")),
)

reminder_campaigns = Table(
    "reminder_campaigns",
    metadata,
    id_column(),
    tenant_column(),
    Column("kind", Text, nullable=False),
    Column("course_id", Uuid),
    Column("assignment_id", Uuid),
    Column("subject", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("created_by", Uuid, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    tenant_and_id(),
    part_of("courses", "course_id"),
    part_of("assignments", "assignment_id"),
    same_school("users", "created_by"),
    one_of("kind", ReminderKind),
    Index(None, "tenant_id", "created_at"),
    Index(None, "tenant_id", "course_id"),
    Index(None, "tenant_id", "assignment_id"),
    Index(None, "tenant_id", "created_by"),
)


def _mail_deliveries(name: str, *parts: SchemaItem) -> Table:
    """One mail to one person, with a life of its own."""
    return Table(
        name,
        metadata,
        id_column(),
        Column("to", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("html", Text, nullable=False),
        Column("text", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("next_attempt_at", TIMESTAMP, nullable=False),
        Column("error", Text, nullable=False),
        Column("created_at", TIMESTAMP, nullable=False),
        Column("sent_at", TIMESTAMP),
        Column("dedupe_key", Text, nullable=False),
        Column("unsubscribe_url", Text),
        Column("unknown_outcomes", Integer, nullable=False),
        one_of("kind", MailKind),
        one_of("state", MailState),
        CheckConstraint("(state = 'SENT') = (sent_at IS NOT NULL)", name="sent_at"),
        CheckConstraint("dedupe_key <> ''", name="dedupe_key"),
        CheckConstraint("unknown_outcomes >= 0", name="unknown_outcomes"),
        # For those who send, across schools.
        Index(f"ix_{name}_queued", "next_attempt_at", postgresql_where=text("state = 'QUEUED'")),
        *parts,
    )


mail_deliveries = _mail_deliveries(
    "mail_deliveries",
    tenant_column(),
    Column("campaign_id", Uuid),
    Column("user_id", Uuid),
    tenant_and_id(),
    UniqueConstraint("tenant_id", "dedupe_key"),
    of_a_school(),
    # A mail that was sent was sent, whatever becomes of its occasion.
    same_school("reminder_campaigns", "campaign_id", ondelete="SET NULL (campaign_id)"),
    part_of("users", "user_id"),
    Index(None, "tenant_id", "campaign_id"),
    Index(None, "tenant_id", "user_id"),
    Index(None, "tenant_id", "created_at"),
)
platform_mail_deliveries = _mail_deliveries(
    "platform_mail_deliveries", UniqueConstraint("dedupe_key"), Index(None, "created_at")
)
