"""How far people are, and what they hand in."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import INT4MULTIRANGE

from adapters.postgres.tables.base import (
    TIMESTAMP,
    id_column,
    metadata,
    one_of,
    part_of,
    same_school,
    tenant_and_id,
    tenant_column,
)
from lms_domain.learning.assignment import AssignmentKind, AssignmentOrigin
from lms_domain.learning.submission import SubmissionStatus

# ``watched`` holds half-open intervals of whole seconds; merging more of them in is one atomic UPDATE.
content_progress = Table(
    "content_progress",
    metadata,
    tenant_column(primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("content_id", Uuid, primary_key=True),
    Column("watched", INT4MULTIRANGE, nullable=False, server_default="{}"),
    Column("position_seconds", Double, nullable=False, server_default="0"),
    Column("started_at", TIMESTAMP, nullable=False),
    Column("completed_at", TIMESTAMP),
    # Since then the next report may count the time that has passed, and no more.
    Column("last_report_at", TIMESTAMP),
    same_school("users", "user_id"),
    part_of("contents", "content_id"),
    CheckConstraint("position_seconds >= 0", name="position_seconds"),
    Index(None, "tenant_id", "content_id"),
    # Who has completed what: for the figures of whole courses.
    Index(
        "ix_content_progress_completed",
        "tenant_id",
        "content_id",
        "user_id",
        postgresql_where=text("completed_at IS NOT NULL"),
    ),
)

# For the version of the course that it was earned for: what is added later takes nothing back.
course_completions = Table(
    "course_completions",
    metadata,
    tenant_column(primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("course_id", Uuid, primary_key=True),
    Column("course_version", Integer, nullable=False),
    Column("completed_at", TIMESTAMP, nullable=False),
    same_school("users", "user_id"),
    part_of("courses", "course_id"),
    Index(None, "tenant_id", "course_id"),
)

# Issued with the completion, and kept when the course is gone: what it says was true when it was issued.
certificates = Table(
    "certificates",
    metadata,
    id_column(),
    tenant_column(),
    Column("user_id", Uuid, nullable=False),
    Column("course_id", Uuid),
    Column("course_title", Text, nullable=False),
    Column("course_version", Integer, nullable=False),
    Column("estimated_hours", Double),
    # 96 random bits, in hexadecimal: whoever has it may see the certificate.
    Column("code", Text, nullable=False),
    Column("issued_at", TIMESTAMP, nullable=False),
    same_school("users", "user_id"),
    same_school("courses", "course_id", ondelete="SET NULL (course_id)"),
    UniqueConstraint("tenant_id", "code"),
    UniqueConstraint("tenant_id", "user_id", "course_id"),
    Index(None, "tenant_id", "course_id"),
)

# Up to when a person's time is accounted for by what they watched, over all videos and tabs.
watch_clocks = Table(
    "watch_clocks",
    metadata,
    tenant_column(primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("busy_until", TIMESTAMP, nullable=False),
    same_school("users", "user_id"),
)

assignments = Table(
    "assignments",
    metadata,
    id_column(),
    tenant_column(),
    Column("course_id", Uuid, nullable=False),
    Column("module_id", Uuid),
    Column("content_id", Uuid),
    Column("kind", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("instructions", Text, nullable=False),
    Column("due_date", Date),
    Column("max_score", Integer, nullable=False),
    Column("passing_score", Integer, nullable=False),
    Column("is_mandatory", Boolean, nullable=False),
    Column("is_published", Boolean, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("updated_at", TIMESTAMP, nullable=False),
    tenant_and_id(),
    part_of("courses", "course_id"),
    part_of("modules", "course_id", "module_id"),
    part_of("contents", "content_id"),
    Index(None, "tenant_id", "course_id", "module_id"),
    Index(None, "tenant_id", "content_id"),
    one_of("kind", AssignmentKind),
    one_of("origin", AssignmentOrigin),
    CheckConstraint("0 <= passing_score AND passing_score <= max_score", name="scores"),
    # One reflection and one quiz for each video, however often its step runs.
    Index(
        "uq_assignments_generated",
        "tenant_id",
        "content_id",
        "kind",
        unique=True,
        postgresql_where=text("origin = 'GENERATED'"),
    ),
)

submissions = Table(
    "submissions",
    metadata,
    id_column(),
    tenant_column(),
    Column("assignment_id", Uuid, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("status", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("is_late", Boolean, nullable=False),
    Column("score", Double),
    Column("feedback", Text, nullable=False),
    Column("graded_by", Uuid),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("updated_at", TIMESTAMP, nullable=False),
    Column("submitted_at", TIMESTAMP),
    Column("graded_at", TIMESTAMP),
    tenant_and_id(),
    UniqueConstraint("tenant_id", "assignment_id", "user_id"),
    part_of("assignments", "assignment_id"),
    same_school("users", "user_id"),
    same_school("users", "graded_by"),
    Index(None, "tenant_id", "user_id"),
    Index(None, "tenant_id", "graded_by"),
    one_of("status", SubmissionStatus),
    CheckConstraint("(status = 'GRADED') = (graded_at IS NOT NULL)", name="graded_at"),
    # Who is to be graded, the longest waiting first.
    Index("ix_submissions_waiting", "tenant_id", "submitted_at", postgresql_where=text("status = 'SUBMITTED'")),
)

submission_files = Table(
    "submission_files",
    metadata,
    tenant_column(primary_key=True),
    Column("submission_id", Uuid, primary_key=True),
    Column("file_id", Uuid, primary_key=True),
    Column("position", Integer, nullable=False),
    part_of("submissions", "submission_id"),
    same_school("stored_files", "file_id"),
    Index(None, "tenant_id", "file_id"),
)
