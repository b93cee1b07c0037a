"""How far people are."""

from sqlalchemy import CheckConstraint, Column, Double, Index, Table, Uuid
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
    # Watching changes none of these columns, so most updates touch no index at all.
    Index(
        "ix_content_progress_tenant_id_content_id",
        "tenant_id",
        "content_id",
        postgresql_include=["user_id", "completed_at"],
    ),
)
