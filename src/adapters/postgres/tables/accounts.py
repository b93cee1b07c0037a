"""People and their sessions: those of schools, and those who run the platform, who live in tables of their own."""

from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from adapters.postgres.tables.base import (
    TIMESTAMP,
    id_column,
    metadata,
    of_a_school,
    one_of,
    same_school,
    tenant_and_id,
    tenant_column,
)
from lms_domain.accounts.roles import SCHOOL_ROLES

users = Table(
    "users",
    metadata,
    id_column(),
    tenant_column(),
    Column("email", Text, nullable=False),
    Column("email_folded", Text, nullable=False),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text, nullable=False),
    Column("name_folded", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("employee_id", Text, nullable=False),
    Column("subjects", ARRAY(Text), nullable=False),
    Column("grades", ARRAY(Text), nullable=False),
    Column("department", Text, nullable=False),
    Column("designation", Text, nullable=False),
    Column("bio", Text, nullable=False),
    Column("date_of_joining", Date),
    Column("password_hash", Text, nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("email_verified", Boolean, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    tenant_and_id(),
    UniqueConstraint("tenant_id", "email_folded"),
    of_a_school(),
    one_of("role", sorted(SCHOOL_ROLES)),
)

# Who counts against the plan's teachers, and as the audience of a course for everybody.
Index(
    "ix_users_learners",
    users.c.tenant_id,
    users.c.id,
    postgresql_where=text("is_active AND role <> 'SCHOOL_ADMIN'"),
)

sessions = Table(
    "sessions",
    metadata,
    id_column(),
    tenant_column(),
    Column("user_id", Uuid, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("expires_at", TIMESTAMP, nullable=False),
    Column("revoked_at", TIMESTAMP),
    tenant_and_id(),
    same_school("users", "user_id"),
    Index(None, "tenant_id", "user_id"),
)

# The unique generation makes a second successor of one token impossible, whatever the program does.
refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    tenant_column(primary_key=True),
    Column("fingerprint", LargeBinary, primary_key=True),
    Column("session_id", Uuid, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("rotated_at", TIMESTAMP),
    UniqueConstraint("tenant_id", "session_id", "generation"),
    same_school("sessions", "session_id"),
)

platform_users = Table(
    "platform_users",
    metadata,
    id_column(),
    Column("email", Text, nullable=False),
    Column("email_folded", Text, nullable=False, unique=True),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
)

platform_sessions = Table(
    "platform_sessions",
    metadata,
    id_column(),
    Column("user_id", Uuid, ForeignKey("platform_users.id"), nullable=False, index=True),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("expires_at", TIMESTAMP, nullable=False),
    Column("revoked_at", TIMESTAMP),
)

platform_refresh_tokens = Table(
    "platform_refresh_tokens",
    metadata,
    Column("fingerprint", LargeBinary, primary_key=True),
    Column("session_id", Uuid, ForeignKey("platform_sessions.id"), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("rotated_at", TIMESTAMP),
    UniqueConstraint("session_id", "generation"),
)
