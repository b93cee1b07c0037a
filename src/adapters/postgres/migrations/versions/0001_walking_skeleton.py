"""All tables of the walking skeleton: schools, people, courses, videos, progress, the outbox."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from adapters.postgres.migrations.rls import enable_tenant_rls, grant_app, grant_system

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_UPDATABLE: dict[str, tuple[str, ...]] = {
    "users": (
        "email",
        "email_folded",
        "first_name",
        "last_name",
        "name_folded",
        "role",
        "employee_id",
        "subjects",
        "grades",
        "department",
        "designation",
        "bio",
        "date_of_joining",
        "password_hash",
        "must_change_password",
        "is_active",
        "email_verified",
    ),
    "sessions": ("revoked_at",),
    "refresh_tokens": ("rotated_at",),
    "courses": (
        "title",
        "title_folded",
        "slug",
        "description",
        "is_mandatory",
        "deadline",
        "estimated_hours",
        "is_published",
        "assigned_to_all",
        "version",
        "updated_at",
    ),
    "modules": ("title", "description", "position"),
    "contents": ("module_id", "title", "position", "is_mandatory", "url", "required_coverage", "updated_at"),
    "course_teachers": (),
    "video_assets": (
        "status",
        "playable",
        "source_key",
        "source_bytes",
        "source_name",
        "language",
        "duration_seconds",
        "width",
        "height",
        "hls_key",
        "poster_key",
        "captions_key",
        "stored_bytes",
        "error_code",
        "error",
    ),
    "video_steps": (
        "state",
        "attempt",
        "failures",
        "lost_leases",
        "lease_until",
        "not_before",
        "queued_at",
        "progress",
        "started_at",
        "finished_at",
        "error_code",
        "error",
        "log",
        "output",
    ),
    "video_transcripts": ("language", "full_text", "segments", "segment_count", "model", "generated_at"),
    "content_progress": ("watched", "position_seconds", "completed_at"),
    # Nobody updates it: without such a right a relay could not lock the rows that it takes.
    "outbox": ("queue",),
}
"""Tables that belong to schools, with the columns that lms_app may change."""

_SYSTEM = {
    "tenants": "INSERT, UPDATE",
    "tenant_usage": "INSERT",
    "platform_users": "SELECT, INSERT, UPDATE",
    "platform_sessions": "SELECT, INSERT, UPDATE",
    "platform_refresh_tokens": "SELECT, INSERT, UPDATE",
    "users": "INSERT, UPDATE",
    "outbox": "INSERT, UPDATE",
}
"""What the platform's own work needs, beside reading and erasing what belongs to schools."""

_RESOLVE_HOST = """
CREATE FUNCTION resolve_host(label text)
RETURNS TABLE (id uuid, time_zone text, is_converted boolean, is_suspended boolean, trial_ends_on date)
LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 1
SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT t.id, t.time_zone, t.is_converted, t.is_suspended, t.trial_ends_on
  FROM public.tenants AS t
  WHERE t.subdomain = label
$$
"""
"""The one question that is asked before it is known which school a request is for. It runs with the rights of its
owner, so it says no more than a stranger may know by trying the address."""


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("queue IN ('default', 'media', 'speech')", name=op.f("ck_outbox_queue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_table(
        "platform_users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_folded", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_users")),
        sa.UniqueConstraint("email_folded", name=op.f("uq_platform_users_email_folded")),
    )
    op.create_table(
        "tenants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("subdomain", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("primary_color", sa.Text(), nullable=False),
        sa.Column("secondary_color", sa.Text(), nullable=False),
        sa.Column("font_family", sa.Text(), nullable=False),
        sa.Column("logo_url", sa.Text(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("limit_teachers", sa.Integer(), nullable=False),
        sa.Column("limit_courses", sa.Integer(), nullable=False),
        sa.Column("limit_storage_bytes", sa.BigInteger(), nullable=False),
        sa.Column("limit_video_seconds", sa.Integer(), nullable=False),
        sa.Column("is_converted", sa.Boolean(), nullable=False),
        sa.Column("is_suspended", sa.Boolean(), nullable=False),
        sa.Column("trial_ends_on", sa.Date(), nullable=False),
        sa.Column("trial_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("plan IN ('FREE', 'STARTER', 'PRO', 'ENTERPRISE')", name=op.f("ck_tenants_plan")),
        sa.CheckConstraint(
            "least(limit_teachers, limit_courses, limit_storage_bytes, limit_video_seconds) >= 0",
            name=op.f("ck_tenants_limits"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenants")),
        sa.UniqueConstraint("subdomain", name=op.f("uq_tenants_subdomain")),
    )
    op.create_index(op.f("ix_tenants_created_at"), "tenants", ["created_at"], unique=False)
    op.create_index(op.f("ix_tenants_name_folded"), "tenants", ["name_folded"], unique=False)
    op.create_table(
        "courses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_folded", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("is_mandatory", sa.Boolean(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("estimated_hours", sa.Double(), nullable=True),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("assigned_to_all", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_courses_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_courses_tenant_id_id")),
        sa.UniqueConstraint("tenant_id", "slug", name=op.f("uq_courses_tenant_id_slug")),
        sa.UniqueConstraint("tenant_id", "title_folded", name=op.f("uq_courses_tenant_id_title_folded")),
    )
    op.create_index(op.f("ix_courses_tenant_id_created_at"), "courses", ["tenant_id", "created_at"], unique=False)
    op.create_table(
        "platform_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["platform_users.id"], name=op.f("fk_platform_sessions_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_sessions")),
    )
    op.create_index(op.f("ix_platform_sessions_user_id"), "platform_sessions", ["user_id"], unique=False)
    op.create_table(
        "tenant_usage",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("stored_bytes", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("stored_bytes >= 0", name=op.f("ck_tenant_usage_stored_bytes")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_tenant_usage_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_tenant_usage")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_folded", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.Column("subjects", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("grades", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("bio", sa.Text(), nullable=False),
        sa.Column("date_of_joining", sa.Date(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("email_verified", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('HOD', 'IB_COORDINATOR', 'SCHOOL_ADMIN', 'TEACHER')", name=op.f("ck_users_role")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_users_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("tenant_id", "email_folded", name=op.f("uq_users_tenant_id_email_folded")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_users_tenant_id_id")),
    )
    op.create_index(
        "ix_users_learners",
        "users",
        ["tenant_id", "id"],
        unique=False,
        postgresql_where=sa.text("is_active AND role <> 'SCHOOL_ADMIN'"),
    )
    op.create_table(
        "course_teachers",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "course_id"],
            ["courses.tenant_id", "courses.id"],
            name=op.f("fk_course_teachers_tenant_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"], ["users.tenant_id", "users.id"], name=op.f("fk_course_teachers_tenant_id_user_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "course_id", "user_id", name=op.f("pk_course_teachers")),
    )
    op.create_index(
        op.f("ix_course_teachers_tenant_id_user_id"), "course_teachers", ["tenant_id", "user_id"], unique=False
    )
    op.create_table(
        "modules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("position >= 0", name=op.f("ck_modules_position")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "course_id"], ["courses.tenant_id", "courses.id"], name=op.f("fk_modules_tenant_id_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_modules")),
        sa.UniqueConstraint("tenant_id", "course_id", "id", name=op.f("uq_modules_tenant_id_course_id_id")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_modules_tenant_id_id")),
    )
    op.create_table(
        "platform_refresh_tokens",
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("rotated_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["platform_sessions.id"], name=op.f("fk_platform_refresh_tokens_session_id")
        ),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_platform_refresh_tokens")),
        sa.UniqueConstraint("session_id", "generation", name=op.f("uq_platform_refresh_tokens_session_id_generation")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"], ["users.tenant_id", "users.id"], name=op.f("fk_sessions_tenant_id_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_sessions_tenant_id_id")),
    )
    op.create_index(op.f("ix_sessions_tenant_id_user_id"), "sessions", ["tenant_id", "user_id"], unique=False)
    op.create_table(
        "contents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("module_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_mandatory", sa.Boolean(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("required_coverage", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(content_type = 'LINK') = (url IS NOT NULL)", name=op.f("ck_contents_url")),
        sa.CheckConstraint(
            "content_type IN ('VIDEO', 'DOCUMENT', 'LINK', 'TEXT')", name=op.f("ck_contents_content_type")
        ),
        sa.CheckConstraint("position >= 0", name=op.f("ck_contents_position")),
        sa.CheckConstraint("required_coverage BETWEEN 50 AND 100", name=op.f("ck_contents_required_coverage")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "course_id", "module_id"],
            ["modules.tenant_id", "modules.course_id", "modules.id"],
            name=op.f("fk_contents_tenant_id_course_id_module_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contents")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_contents_tenant_id_id")),
    )
    op.create_index(
        op.f("ix_contents_tenant_id_course_id_module_id"),
        "contents",
        ["tenant_id", "course_id", "module_id"],
        unique=False,
    )
    op.create_table(
        "refresh_tokens",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("rotated_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id"],
            ["sessions.tenant_id", "sessions.id"],
            name=op.f("fk_refresh_tokens_tenant_id_session_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "fingerprint", name=op.f("pk_refresh_tokens")),
        sa.UniqueConstraint(
            "tenant_id", "session_id", "generation", name=op.f("uq_refresh_tokens_tenant_id_session_id_generation")
        ),
    )
    op.create_table(
        "content_progress",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("watched", postgresql.INT4MULTIRANGE(), server_default="{}", nullable=False),
        sa.Column("position_seconds", sa.Double(), server_default="0", nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("position_seconds >= 0", name=op.f("ck_content_progress_position_seconds")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "content_id"],
            ["contents.tenant_id", "contents.id"],
            name=op.f("fk_content_progress_tenant_id_content_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"],
            ["users.tenant_id", "users.id"],
            name=op.f("fk_content_progress_tenant_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "user_id", "content_id", name=op.f("pk_content_progress")),
    )
    op.create_index(
        op.f("ix_content_progress_tenant_id_content_id"), "content_progress", ["tenant_id", "content_id"], unique=False
    )
    op.create_index(
        "ix_content_progress_completed",
        "content_progress",
        ["tenant_id", "content_id", "user_id"],
        unique=False,
        postgresql_where=sa.text("completed_at IS NOT NULL"),
    )
    op.create_table(
        "video_assets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("playable", sa.Boolean(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("source_bytes", sa.BigInteger(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("duration_seconds", sa.Double(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("hls_key", sa.Text(), nullable=True),
        sa.Column("poster_key", sa.Text(), nullable=True),
        sa.Column("captions_key", sa.Text(), nullable=True),
        sa.Column("stored_bytes", sa.BigInteger(), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('UPLOADING', 'UPLOADED', 'PROCESSING', 'READY', 'FAILED')", name=op.f("ck_video_assets_status")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "content_id"],
            ["contents.tenant_id", "contents.id"],
            name=op.f("fk_video_assets_tenant_id_content_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_video_assets")),
        sa.UniqueConstraint("tenant_id", "content_id", name=op.f("uq_video_assets_tenant_id_content_id")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_video_assets_tenant_id_id")),
    )
    op.create_index("ix_video_assets_created_at", "video_assets", ["created_at"], unique=False)
    op.create_table(
        "video_transcripts",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("full_text", sa.Text(), nullable=False),
        sa.Column("segments", postgresql.JSONB(), nullable=False),
        sa.Column("segment_count", sa.Integer(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("generated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "content_id"],
            ["contents.tenant_id", "contents.id"],
            name=op.f("fk_video_transcripts_tenant_id_content_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "content_id", name=op.f("pk_video_transcripts")),
    )
    op.create_table(
        "video_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("asset_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("lost_leases", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("log", sa.Text(), nullable=True),
        sa.Column("output", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("(state = 'RUNNING') = (lease_until IS NOT NULL)", name=op.f("ck_video_steps_lease")),
        sa.CheckConstraint(
            "name IN ('VALIDATE', 'TRANSCODE', 'THUMBNAIL', 'TRANSCRIBE', 'FINALIZE')", name=op.f("ck_video_steps_name")
        ),
        sa.CheckConstraint(
            "state IN ('PENDING', 'QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED')",
            name=op.f("ck_video_steps_state"),
        ),
        sa.CheckConstraint("progress BETWEEN 0 AND 1", name=op.f("ck_video_steps_progress")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "asset_id"],
            ["video_assets.tenant_id", "video_assets.id"],
            name=op.f("fk_video_steps_tenant_id_asset_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_video_steps")),
        sa.UniqueConstraint("tenant_id", "asset_id", "name", name=op.f("uq_video_steps_tenant_id_asset_id_name")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_video_steps_tenant_id_id")),
    )
    op.create_index(
        "ix_video_steps_queued",
        "video_steps",
        ["queued_at"],
        unique=False,
        postgresql_where=sa.text("state = 'QUEUED'"),
    )
    op.create_index(
        "ix_video_steps_running",
        "video_steps",
        ["lease_until"],
        unique=False,
        postgresql_where=sa.text("state = 'RUNNING'"),
    )

    for table, updatable in _UPDATABLE.items():
        enable_tenant_rls(table)
        grant_app(table, updatable=updatable)
    enable_tenant_rls("tenants", column="id")
    op.execute("GRANT SELECT ON tenants TO lms_app")
    enable_tenant_rls("tenant_usage")
    op.execute("GRANT SELECT, UPDATE (stored_bytes) ON tenant_usage TO lms_app")
    for table in ("tenants", "tenant_usage", *_UPDATABLE):
        grant_system(table, "SELECT, DELETE")
    for table, privileges in _SYSTEM.items():
        grant_system(table, privileges)
    op.execute(_RESOLVE_HOST)
    op.execute("REVOKE ALL ON FUNCTION resolve_host(text) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION resolve_host(text) TO lms_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION resolve_host(text)")
    op.drop_table("video_steps")
    op.drop_table("video_transcripts")
    op.drop_table("video_assets")
    op.drop_table("content_progress")
    op.drop_table("refresh_tokens")
    op.drop_table("contents")
    op.drop_table("sessions")
    op.drop_table("platform_refresh_tokens")
    op.drop_table("modules")
    op.drop_table("course_teachers")
    op.drop_table("users")
    op.drop_table("tenant_usage")
    op.drop_table("platform_sessions")
    op.drop_table("courses")
    op.drop_table("tenants")
    op.drop_table("platform_users")
    op.drop_table("outbox")
