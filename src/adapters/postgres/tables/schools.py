"""Schools, and what each of them uses of its limits."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from adapters.postgres.tables.base import (
    TIMESTAMP,
    id_column,
    metadata,
    of_a_school,
    one_of,
    some_of,
    tenant_and_id,
    tenant_column,
)
from lms_domain.schools.custom_domain import DomainStatus
from lms_domain.schools.features import Feature
from lms_domain.schools.policies import QuizPolicy
from lms_domain.schools.tenant import Plan

tenants = Table(
    "tenants",
    metadata,
    id_column(),
    Column("name", Text, nullable=False),
    Column("name_folded", Text, nullable=False),
    Column("subdomain", Text, nullable=False, unique=True),
    Column("contact_email", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("primary_color", Text, nullable=False),
    Column("secondary_color", Text, nullable=False),
    Column("font_family", Text, nullable=False),
    Column("logo_url", Text),
    Column("plan", Text, nullable=False),
    Column("limit_teachers", Integer, nullable=False),
    Column("limit_courses", Integer, nullable=False),
    Column("limit_storage_bytes", BigInteger, nullable=False),
    Column("limit_video_seconds", Integer, nullable=False),
    Column("is_converted", Boolean, nullable=False),
    Column("is_suspended", Boolean, nullable=False),
    Column("trial_ends_on", Date, nullable=False),
    # 24:00 of that date at the school, for filters: the server's list of time zones may differ from Python's.
    Column("trial_ends_at", TIMESTAMP, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    # Defaults, here and wherever a column was added later: the release before knows nothing of it and still inserts.
    Column("features", ARRAY(Text), nullable=False, server_default="{}"),
    Column("notes", Text, nullable=False, server_default=""),
    Column("quiz_policy", Text, nullable=False, server_default="AUTOMATIC"),
    Column("remote_quiz_consent", Boolean, nullable=False, server_default="false"),
    Column("suspension_reason", Text, nullable=False, server_default=""),
    one_of("plan", Plan),
    some_of("features", Feature),
    one_of("quiz_policy", QuizPolicy),
    CheckConstraint(
        "least(limit_teachers, limit_courses, limit_storage_bytes, limit_video_seconds) >= 0", name="limits"
    ),
    Index(None, "created_at"),
    Index(None, "name_folded"),
)

# A table of its own, because this row is locked whenever something is counted: rows of ``tenants`` stay free for
# sign-in, and the application needs no right to change them.
tenant_usage = Table(
    "tenant_usage",
    metadata,
    tenant_column(primary_key=True),
    Column("stored_bytes", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("stored_bytes >= 0", name="stored_bytes"),
    of_a_school(),
)

# Two schools may claim a name while neither has proved it: otherwise whoever asks first could keep the owner out.
tenant_domains = Table(
    "tenant_domains",
    metadata,
    id_column(),
    tenant_column(),
    Column("hostname", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("verified_at", TIMESTAMP),
    Column("missing_since", TIMESTAMP),
    tenant_and_id(),
    UniqueConstraint("tenant_id", "hostname"),
    of_a_school(),
    one_of("status", DomainStatus),
    CheckConstraint("(status = 'VERIFIED') = (verified_at IS NOT NULL)", name="verified_at"),
    CheckConstraint("missing_since IS NULL OR status = 'VERIFIED'", name="missing_since"),
    Index("uq_tenant_domains_hostname", "hostname", unique=True, postgresql_where=text("status = 'VERIFIED'")),
)

# What was sent, so that a run that was missed catches up and a repeated one sends nothing twice.
trial_warnings = Table(
    "trial_warnings",
    metadata,
    tenant_column(primary_key=True),
    Column("trial_ends_on", Date, primary_key=True),
    Column("days", Integer, primary_key=True, autoincrement=False),
    Column("recorded_at", TIMESTAMP, nullable=False),
    of_a_school(),
)
