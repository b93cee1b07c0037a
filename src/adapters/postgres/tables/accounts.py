"""People and their sessions: those of schools, and those who run the platform, who live in tables of their own."""

from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
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
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.schema import SchemaItem

from adapters.postgres.tables.base import (
    TIMESTAMP,
    id_column,
    metadata,
    of_a_school,
    one_of,
    part_of,
    same_school,
    some_of,
    tenant_and_id,
    tenant_column,
)
from lms_domain.accounts.one_time_token import TokenPurpose
from lms_domain.accounts.roles import SCHOOL_ROLES
from lms_domain.notices.notification import NotificationKind

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
    Column("picture_key", Text),
    # For heads of department: whose department is the same.
    Column("department_folded", Text, nullable=False, server_default=""),
    Column("mail_enabled", Boolean, nullable=False, server_default="true"),
    Column("mail_digest", Boolean, nullable=False, server_default="false"),
    Column("muted_kinds", ARRAY(Text), nullable=False, server_default="{}"),
    Column("unmailed_kinds", ARRAY(Text), nullable=False, server_default="{}"),
    tenant_and_id(),
    UniqueConstraint("tenant_id", "email_folded"),
    of_a_school(),
    one_of("role", sorted(SCHOOL_ROLES)),
    some_of("muted_kinds", NotificationKind),
    some_of("unmailed_kinds", NotificationKind),
    Index(None, "tenant_id", "department_folded"),
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
    Column("address", Text, nullable=False, server_default=""),
    Column("user_agent", Text, nullable=False, server_default=""),
    # When the person last proved who they are: what is dangerous asks for that anew.
    Column("confirmed_at", TIMESTAMP),
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
    Column("address", Text, nullable=False, server_default=""),
    Column("user_agent", Text, nullable=False, server_default=""),
    Column("confirmed_at", TIMESTAMP),
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

one_time_tokens = Table(
    "one_time_tokens",
    metadata,
    id_column(),
    tenant_column(),
    Column("user_id", Uuid, nullable=False),
    Column("purpose", Text, nullable=False),
    # The address that it was sent to, and therefore proves.
    Column("email", Text, nullable=False),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("expires_at", TIMESTAMP, nullable=False),
    Column("used_at", TIMESTAMP),
    tenant_and_id(),
    UniqueConstraint("tenant_id", "fingerprint"),
    part_of("users", "user_id"),
    one_of("purpose", TokenPurpose),
    Index(None, "tenant_id", "user_id"),
)


def _sign_in_failures(name: str, *owner: Column[UUID]) -> Table:
    """Refers to no account: addresses that have none are counted just the same, or answers would tell them apart."""
    return Table(
        name,
        metadata,
        *owner,
        Column("key", Text, primary_key=True),
        Column("count", Integer, nullable=False),
        Column("last_at", TIMESTAMP, nullable=False),
        CheckConstraint("count > 0", name="count"),
        # Old ones are removed.
        Index(None, *(column.name for column in owner), "last_at"),
    )


sign_in_failures = _sign_in_failures("sign_in_failures", tenant_column(primary_key=True))
platform_sign_in_failures = _sign_in_failures("platform_sign_in_failures")


def _second_factors(name: str, *parts: SchemaItem) -> Table:
    """``last_step`` is the newest step of time whose code was accepted: none is accepted twice."""
    return Table(
        name,
        metadata,
        *parts,
        Column("secret", LargeBinary, nullable=False),
        Column("confirmed_at", TIMESTAMP),
        Column("last_step", BigInteger),
        Column("recovery_fingerprints", ARRAY(LargeBinary), nullable=False),
    )


second_factors = _second_factors(
    "second_factors",
    tenant_column(primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    same_school("users", "user_id"),
)
platform_second_factors = _second_factors(
    "platform_second_factors", Column("user_id", Uuid, ForeignKey("platform_users.id"), primary_key=True)
)

# The operator is named, not referred to: what they did at a school outlives them, and no reference leads out of it.
impersonations = Table(
    "impersonations",
    metadata,
    id_column(),
    tenant_column(),
    Column("operator_id", Uuid, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("reason", Text, nullable=False),
    Column("code_fingerprint", LargeBinary, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("code_expires_at", TIMESTAMP, nullable=False),
    Column("entered_at", TIMESTAMP),
    Column("ends_at", TIMESTAMP),
    Column("ended_at", TIMESTAMP),
    tenant_and_id(),
    UniqueConstraint("tenant_id", "code_fingerprint"),
    same_school("users", "user_id"),
    CheckConstraint("(entered_at IS NULL) = (ends_at IS NULL)", name="ends_at"),
    Index(None, "tenant_id", "user_id"),
    Index(None, "tenant_id", "created_at"),
)

# What became of each row of a file. People are named by their ids alone: names and addresses would be kept twice.
teacher_imports = Table(
    "teacher_imports",
    metadata,
    id_column(),
    tenant_column(),
    # Refers to nobody: it may have been somebody at the command line.
    Column("requested_by", Uuid),
    Column("file_name", Text, nullable=False),
    Column("rows", JSONB, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("undone_at", TIMESTAMP),
    tenant_and_id(),
    of_a_school(),
    Index(None, "tenant_id", "created_at"),
)
