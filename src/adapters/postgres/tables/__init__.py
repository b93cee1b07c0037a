"""The tables, room by room, for SQLAlchemy Core. Migrations make them; a test compares the two.

Every table with a ``tenant_id`` belongs to schools: row-level security binds it, and whatever refers to its rows
refers to ``(tenant_id, id)``, so that a row can never point into another school.
"""

from adapters.postgres.tables.accounts import (
    platform_refresh_tokens,
    platform_sessions,
    platform_users,
    refresh_tokens,
    sessions,
    users,
)
from adapters.postgres.tables.base import metadata
from adapters.postgres.tables.courses import contents, course_teachers, courses, modules
from adapters.postgres.tables.learning import content_progress
from adapters.postgres.tables.outbox import outbox
from adapters.postgres.tables.schools import tenant_usage, tenants
from adapters.postgres.tables.video import video_assets, video_steps, video_transcripts

__all__ = [
    "content_progress",
    "contents",
    "course_teachers",
    "courses",
    "metadata",
    "modules",
    "outbox",
    "platform_refresh_tokens",
    "platform_sessions",
    "platform_users",
    "refresh_tokens",
    "sessions",
    "tenant_usage",
    "tenants",
    "users",
    "video_assets",
    "video_steps",
    "video_transcripts",
]
