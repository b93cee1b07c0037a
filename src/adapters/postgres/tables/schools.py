"""Schools, and what each of them uses of its limits."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Date, Index, Integer, Table, Text

from adapters.postgres.tables.base import TIMESTAMP, id_column, metadata, of_a_school, one_of, tenant_column
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
    one_of("plan", Plan),
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
