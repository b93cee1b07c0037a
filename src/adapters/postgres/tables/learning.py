"""How far people are."""

from sqlalchemy import CheckConstraint, Column, Double, Index, Table, Uuid, text
from sqlalchemy.dialects.postgresql import INT4MULTIRANGE

from adapters.postgres.tables.base import TIMESTAMP, metadata, same_school, tenant_column

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
    same_school("users", "user_id"),
    same_school("contents", "content_id"),
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
