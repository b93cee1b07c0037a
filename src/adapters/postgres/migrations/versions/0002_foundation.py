"""The foundation: groups, files, assignments, quizzes, notices, audit, domains of schools, deleted courses, search."""

import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from adapters.postgres.migrations.rls import enable_tenant_rls, grant_app, grant_system

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_UPDATABLE: dict[str, tuple[str, ...]] = {
    "tenant_domains": ("status", "verified_at"),
    "one_time_tokens": ("used_at",),
    "sign_in_failures": ("count", "last_at"),
    "second_factors": ("secret", "confirmed_at", "last_step", "recovery_fingerprints"),
    "stored_files": (),
    "teacher_groups": ("name", "name_folded", "kind"),
    "group_members": (),
    "course_groups": (),
    "course_completions": (),
    "assignments": (
        "module_id",
        "content_id",
        "title",
        "instructions",
        "due_date",
        "max_score",
        "passing_score",
        "is_mandatory",
        "is_published",
        "updated_at",
    ),
    "submissions": (
        "status",
        "text",
        "is_late",
        "score",
        "feedback",
        "graded_by",
        "updated_at",
        "submitted_at",
        "graded_at",
    ),
    "submission_files": ("position",),
    "quizzes": (
        "language",
        "attempts_allowed",
        "time_limit_seconds",
        "passing_score",
        "shuffle_options",
        "state",
        "state_reason",
        "generator",
        "transcript_hash",
        "updated_at",
    ),
    "questions": (
        "position",
        "kind",
        "prompt",
        "points",
        "explanation",
        "evidence_quote",
        "evidence_start",
        "evidence_end",
        "origin",
        "rule",
        "review",
        "review_reason",
        "answers",
    ),
    "quiz_attempts": ("expires_at", "submitted_at", "draft", "answers", "marks", "score", "passed", "graded_at"),
    "search_cues": ("start_seconds", "end_seconds", "text"),
    "storage_garbage": ("collect_after",),
    "notifications": ("read_at",),
    "reminder_campaigns": (),
    "audit_log": (),
    "trial_warnings": (),
    "impersonations": ("entered_at", "ends_at", "ended_at"),
    "mail_deliveries": (
        "state",
        "attempts",
        "next_attempt_at",
        "error",
        "created_at",
        "sent_at",
        "unknown_outcomes",
        "html",
        "text",
    ),
}
"""New tables that belong to schools, with the columns that lms_app may change."""

_SOME_RIGHTS = {
    # Nobody may change or remove what was recorded.
    "audit_log": "SELECT, INSERT",
    # Recorded by the platform; the school's part is to look.
    "trial_warnings": "SELECT",
    # They end with their course, never by themselves.
    "submissions": "SELECT, INSERT",
    "quiz_attempts": "SELECT, INSERT",
    "course_completions": "SELECT, INSERT",
    "reminder_campaigns": "SELECT, INSERT",
    "mail_deliveries": "SELECT, INSERT",
    "notifications": "SELECT, INSERT",
    # Opened by the platform, entered and ended on the school's host.
    "impersonations": "SELECT",
}
"""Those of which lms_app may do less than usual."""

_NEW_COLUMNS: dict[str, tuple[str, ...]] = {
    "users": ("picture_key", "department_folded", "mail_enabled", "mail_digest", "muted_kinds"),
    "courses": ("thumbnail_key", "deleted_at"),
    "contents": ("text", "file_id"),
    "content_progress": ("last_report_at",),
}
"""Columns that lms_app may change, of tables that there were before."""

_READ_OF_SCHOOL = (
    "id",
    "subdomain",
    "plan",
    "limit_teachers",
    "limit_courses",
    "limit_storage_bytes",
    "limit_video_seconds",
    "is_converted",
    "is_suspended",
    "trial_ends_on",
    "created_at",
    "features",
)
_DECIDED_BY_SCHOOL = (
    "name",
    "name_folded",
    "contact_email",
    "time_zone",
    "locale",
    "primary_color",
    "secondary_color",
    "font_family",
    "logo_url",
    "quiz_policy",
    "remote_quiz_consent",
    # Not the trial's last day, but when it is over at the school: that follows from the time zone.
    "trial_ends_at",
)
"""What lms_app may read, and also change, of a school's own row."""

_SYSTEM = {
    "impersonations": "INSERT, UPDATE",
    "trial_warnings": "INSERT",
    "storage_garbage": "INSERT, UPDATE",
    "mail_deliveries": "INSERT, UPDATE",
    "audit_log": "INSERT",
    "tenant_domains": "UPDATE",
    "sign_in_failures": "INSERT, UPDATE",
    "one_time_tokens": "INSERT, UPDATE",
    "platform_sign_in_failures": "SELECT, INSERT, UPDATE, DELETE",
    "platform_second_factors": "SELECT, INSERT, UPDATE, DELETE",
    "platform_mail_deliveries": "SELECT, INSERT, UPDATE, DELETE",
    "platform_audit_log": "SELECT, INSERT",
    # Sessions that ended long ago are removed.
    "platform_refresh_tokens": "DELETE",
    "platform_sessions": "DELETE",
}
"""What the platform's own work needs, beside reading and erasing what belongs to schools."""

_FEATURES = {
    "FREE": ["QUIZ_GENERATION"],
    "STARTER": ["QUIZ_GENERATION", "REPORTS_PDF"],
    "PRO": ["QUIZ_GENERATION", "REPORTS_PDF", "CUSTOM_DOMAIN"],
    "ENTERPRISE": ["QUIZ_GENERATION", "REPORTS_PDF", "CUSTOM_DOMAIN", "REMOTE_QUIZ_GENERATION"],
}
"""The presets of the plans when this was written, for schools that have one already."""

_RESOLVE_DOMAIN = """
CREATE FUNCTION resolve_domain(wanted text)
RETURNS TABLE (id uuid, time_zone text, is_converted boolean, is_suspended boolean, trial_ends_on date)
LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 1
SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT t.id, t.time_zone, t.is_converted, t.is_suspended, t.trial_ends_on
  FROM public.tenant_domains AS d JOIN public.tenants AS t ON t.id = d.tenant_id
  WHERE d.hostname = wanted AND d.status = 'VERIFIED'
$$
"""
"""`resolve_host` for schools with a name of their own, with the same rights and for the same reason."""

_SEARCHED = {
    "search_cues": ("tenant_id", "content_id", "position", "start_seconds", "end_seconds", "text", "words"),
    "contents": ("tenant_id", "id", "course_id"),
    "courses": ("tenant_id", "id", "is_published", "assigned_to_all", "deleted_at"),
    "course_teachers": ("tenant_id", "course_id", "user_id"),
    "course_groups": ("tenant_id", "course_id", "group_id"),
    "group_members": ("tenant_id", "group_id", "user_id"),
    "users": ("tenant_id", "id", "role", "is_active"),
}
"""All that the search may read."""

_SEARCH_TRANSCRIPTS = r"""
CREATE FUNCTION search_transcripts(phrase text, viewer uuid, max_rows integer)
RETURNS TABLE (
  tenant_id uuid, course_id uuid, content_id uuid, "position" integer, start_seconds double precision,
  end_seconds double precision, text text, rank real
)
LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 20
SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  WITH school AS MATERIALIZED (
    SELECT NULLIF(current_setting('app.tenant_id', true), '')::uuid AS id
  ), typed AS MATERIALIZED (
    SELECT to_tsquery(
      'simple', string_agg('''' || replace(replace(word, '\', '\\'), '''', '''''') || ''':*', ' & ')
    ) AS words
    FROM regexp_split_to_table(phrase, '\s+') AS word WHERE word <> ''
  ), asked AS MATERIALIZED (
    SELECT CASE WHEN numnode(typed.words) > 0 THEN typed.words && ('''=' || school.id || '''')::tsquery END AS words
    FROM typed, school
  ), viewed AS MATERIALIZED (
    SELECT u.role FROM public.users AS u, school WHERE u.tenant_id = school.id AND u.id = viewer AND u.is_active
  )
  SELECT c.tenant_id, k.course_id, c.content_id, c.position, c.start_seconds, c.end_seconds, c.text,
    ts_rank(c.words, (SELECT typed.words FROM typed)) AS rank
  FROM public.search_cues AS c
  JOIN public.contents AS k ON k.tenant_id = c.tenant_id AND k.id = c.content_id
  JOIN public.courses AS o ON o.tenant_id = k.tenant_id AND o.id = k.course_id
  WHERE c.words @@ (SELECT asked.words FROM asked)
    AND c.tenant_id = (SELECT school.id FROM school)
    AND o.deleted_at IS NULL
    AND (
      (SELECT viewed.role FROM viewed) = 'SCHOOL_ADMIN'
      OR (SELECT viewed.role FROM viewed) IS NOT NULL AND o.is_published AND (
        o.assigned_to_all
        OR EXISTS (
          SELECT FROM public.course_teachers AS t
          WHERE t.tenant_id = o.tenant_id AND t.course_id = o.id AND t.user_id = viewer
        )
        OR EXISTS (
          SELECT FROM public.course_groups AS g
          JOIN public.group_members AS m ON m.tenant_id = g.tenant_id AND m.group_id = g.group_id
          WHERE g.tenant_id = o.tenant_id AND g.course_id = o.id AND m.user_id = viewer
        )
      )
    )
  ORDER BY rank DESC, c.content_id, c.position
  LIMIT max_rows
$$
"""
"""Cues with all words of ``phrase``, each as the beginning of a word, that ``viewer`` may see.

No index of words is used under row-level security, since a policy's condition comes before all others. So this one
question is asked with the rights of a role that owns nothing else, and does what the policy does: the school is the
setting of the transaction. It is also one of the words of the index; see `tables.search_cues`.
"""


def upgrade() -> None:
    _make_tables()
    _make_tables_that_refer_to_them()
    _change_tables()
    _fill_in()
    for table, updatable in _UPDATABLE.items():
        enable_tenant_rls(table)
        grant_app(table, updatable=updatable, privileges=_SOME_RIGHTS.get(table, "SELECT, INSERT, DELETE"))
        grant_system(table, "SELECT, DELETE")
    for table, columns in _NEW_COLUMNS.items():
        op.execute(f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO lms_app")
    # The operator's notes are nobody else's.
    op.execute("REVOKE SELECT ON tenants FROM lms_app")
    op.execute(f"GRANT SELECT ({', '.join((*_READ_OF_SCHOOL, *_DECIDED_BY_SCHOOL))}) ON tenants TO lms_app")
    op.execute(f"GRANT UPDATE ({', '.join(_DECIDED_BY_SCHOOL)}) ON tenants TO lms_app")
    for table, privileges in _SYSTEM.items():
        grant_system(table, privileges)
    _make_functions()


def _make_tables() -> None:
    op.create_table(
        "platform_audit_log",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_email", sa.Text(), nullable=False),
        sa.Column("impersonated_by", sa.Uuid(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object_type", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("object_name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=True),
        sa.Column("after", postgresql.JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_audit_log")),
    )
    op.create_index(op.f("ix_platform_audit_log_at"), "platform_audit_log", ["at"])
    op.create_table(
        "platform_mail_deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("unsubscribe_url", sa.Text(), nullable=True),
        sa.Column("unknown_outcomes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'SENT') = (sent_at IS NOT NULL)", name=op.f("ck_platform_mail_deliveries_sent_at")
        ),
        sa.CheckConstraint("dedupe_key <> ''", name=op.f("ck_platform_mail_deliveries_dedupe_key")),
        sa.CheckConstraint("unknown_outcomes >= 0", name=op.f("ck_platform_mail_deliveries_unknown_outcomes")),
        sa.CheckConstraint(
            "kind IN ('INVITATION', 'PASSWORD_RESET', 'EMAIL_VERIFICATION', 'SECURITY', "
            "'TRIAL_WARNING', 'WELCOME', 'REMINDER', 'NOTIFICATION', 'DIGEST')",
            name=op.f("ck_platform_mail_deliveries_kind"),
        ),
        sa.CheckConstraint("state IN ('QUEUED', 'SENT', 'FAILED')", name=op.f("ck_platform_mail_deliveries_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_mail_deliveries")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_platform_mail_deliveries_dedupe_key")),
    )
    op.create_index(op.f("ix_platform_mail_deliveries_created_at"), "platform_mail_deliveries", ["created_at"])
    op.create_index(
        "ix_platform_mail_deliveries_queued",
        "platform_mail_deliveries",
        ["next_attempt_at"],
        postgresql_where=sa.text("state = 'QUEUED'"),
    )
    op.create_table(
        "platform_sign_in_failures",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_platform_sign_in_failures_count")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_platform_sign_in_failures")),
    )
    op.create_index(op.f("ix_platform_sign_in_failures_last_at"), "platform_sign_in_failures", ["last_at"])
    op.create_table(
        "sign_in_failures",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_sign_in_failures_count")),
        sa.PrimaryKeyConstraint("tenant_id", "key", name=op.f("pk_sign_in_failures")),
    )
    op.create_index(op.f("ix_sign_in_failures_tenant_id_last_at"), "sign_in_failures", ["tenant_id", "last_at"])
    op.create_table(
        "storage_garbage",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("collect_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("prefix <> ''", name=op.f("ck_storage_garbage_prefix")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_storage_garbage")),
    )
    op.create_index(op.f("ix_storage_garbage_collect_after"), "storage_garbage", ["collect_after"])
    op.create_index(op.f("ix_storage_garbage_tenant_id_prefix"), "storage_garbage", ["tenant_id", "prefix"])
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_email", sa.Text(), nullable=False),
        sa.Column("impersonated_by", sa.Uuid(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object_type", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("object_name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=True),
        sa.Column("after", postgresql.JSONB(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_audit_log_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_audit_log_tenant_id_id")),
    )
    op.create_index(op.f("ix_audit_log_tenant_id_actor_id_at"), "audit_log", ["tenant_id", "actor_id", "at"])
    op.create_index(op.f("ix_audit_log_tenant_id_at"), "audit_log", ["tenant_id", "at"])
    op.create_index(
        op.f("ix_audit_log_tenant_id_object_type_object_id_at"),
        "audit_log",
        ["tenant_id", "object_type", "object_id", "at"],
    )
    op.create_table(
        "platform_second_factors",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.Column("recovery_fingerprints", sa.ARRAY(sa.LargeBinary()), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["platform_users.id"], name=op.f("fk_platform_second_factors_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_platform_second_factors")),
    )
    op.create_table(
        "teacher_groups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('SUBJECT', 'GRADE', 'DEPARTMENT', 'IB', 'CUSTOM')", name=op.f("ck_teacher_groups_kind")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_teacher_groups_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teacher_groups")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_teacher_groups_tenant_id_id")),
        sa.UniqueConstraint("tenant_id", "name_folded", name=op.f("uq_teacher_groups_tenant_id_name_folded")),
    )
    op.create_table(
        "tenant_domains",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("hostname", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'VERIFIED') = (verified_at IS NOT NULL)", name=op.f("ck_tenant_domains_verified_at")
        ),
        sa.CheckConstraint("status IN ('PENDING', 'VERIFIED')", name=op.f("ck_tenant_domains_status")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_tenant_domains_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenant_domains")),
        sa.UniqueConstraint("tenant_id", "hostname", name=op.f("uq_tenant_domains_tenant_id_hostname")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_tenant_domains_tenant_id_id")),
    )
    op.create_index(
        "uq_tenant_domains_hostname",
        "tenant_domains",
        ["hostname"],
        unique=True,
        postgresql_where=sa.text("status = 'VERIFIED'"),
    )
    op.create_table(
        "trial_warnings",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("trial_ends_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_trial_warnings_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "trial_ends_on", "days", name=op.f("pk_trial_warnings")),
    )
    op.create_table(
        "course_completions",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("course_version", sa.Integer(), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "course_id"],
            ["courses.tenant_id", "courses.id"],
            name=op.f("fk_course_completions_tenant_id_course_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"],
            ["users.tenant_id", "users.id"],
            name=op.f("fk_course_completions_tenant_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "user_id", "course_id", name=op.f("pk_course_completions")),
    )
    op.create_index(op.f("ix_course_completions_tenant_id_course_id"), "course_completions", ["tenant_id", "course_id"])
    op.create_table(
        "course_groups",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "course_id"],
            ["courses.tenant_id", "courses.id"],
            name=op.f("fk_course_groups_tenant_id_course_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "group_id"],
            ["teacher_groups.tenant_id", "teacher_groups.id"],
            name=op.f("fk_course_groups_tenant_id_group_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "course_id", "group_id", name=op.f("pk_course_groups")),
    )
    op.create_index(op.f("ix_course_groups_tenant_id_group_id"), "course_groups", ["tenant_id", "group_id"])
    op.create_table(
        "group_members",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "group_id"],
            ["teacher_groups.tenant_id", "teacher_groups.id"],
            name=op.f("fk_group_members_tenant_id_group_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"], ["users.tenant_id", "users.id"], name=op.f("fk_group_members_tenant_id_user_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "group_id", "user_id", name=op.f("pk_group_members")),
    )
    op.create_index(op.f("ix_group_members_tenant_id_user_id"), "group_members", ["tenant_id", "user_id"])


def _make_tables_that_refer_to_them() -> None:
    op.create_table(
        "impersonations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("code_fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code_expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(entered_at IS NULL) = (ends_at IS NULL)", name=op.f("ck_impersonations_ends_at")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"], ["users.tenant_id", "users.id"], name=op.f("fk_impersonations_tenant_id_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impersonations")),
        sa.UniqueConstraint("tenant_id", "code_fingerprint", name=op.f("uq_impersonations_tenant_id_code_fingerprint")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_impersonations_tenant_id_id")),
    )
    op.create_index(op.f("ix_impersonations_tenant_id_created_at"), "impersonations", ["tenant_id", "created_at"])
    op.create_index(op.f("ix_impersonations_tenant_id_user_id"), "impersonations", ["tenant_id", "user_id"])
    op.create_table(
        "notifications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("event_key", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('REMINDER', 'COURSE_ASSIGNED', 'ASSIGNMENT_DUE', 'ANNOUNCEMENT', 'SYSTEM')",
            name=op.f("ck_notifications_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"], ["users.tenant_id", "users.id"], name=op.f("fk_notifications_tenant_id_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_notifications_tenant_id_id")),
        sa.UniqueConstraint(
            "tenant_id", "user_id", "event_key", name=op.f("uq_notifications_tenant_id_user_id_event_key")
        ),
    )
    op.create_index(op.f("ix_notifications_tenant_id_user_id_id"), "notifications", ["tenant_id", "user_id", "id"])
    op.create_index(
        "ix_notifications_unread",
        "notifications",
        ["tenant_id", "user_id"],
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "one_time_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('INVITATION', 'PASSWORD_RESET', 'EMAIL_VERIFICATION', 'EMAIL_CHANGE')",
            name=op.f("ck_one_time_tokens_purpose"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"], ["users.tenant_id", "users.id"], name=op.f("fk_one_time_tokens_tenant_id_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_tokens")),
        sa.UniqueConstraint("tenant_id", "fingerprint", name=op.f("uq_one_time_tokens_tenant_id_fingerprint")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_one_time_tokens_tenant_id_id")),
    )
    op.create_index(op.f("ix_one_time_tokens_tenant_id_user_id"), "one_time_tokens", ["tenant_id", "user_id"])
    op.create_table(
        "second_factors",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.Column("recovery_fingerprints", sa.ARRAY(sa.LargeBinary()), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"], ["users.tenant_id", "users.id"], name=op.f("fk_second_factors_tenant_id_user_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "user_id", name=op.f("pk_second_factors")),
    )
    op.create_table(
        "stored_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('CONTENT_FILE', 'SUBMISSION_FILE', 'COURSE_THUMBNAIL', 'TENANT_LOGO', 'PROFILE_PICTURE')",
            name=op.f("ck_stored_files_purpose"),
        ),
        sa.CheckConstraint("size_bytes >= 0", name=op.f("ck_stored_files_size_bytes")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "owner_id"], ["users.tenant_id", "users.id"], name=op.f("fk_stored_files_tenant_id_owner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_files")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_stored_files_tenant_id_id")),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_stored_files_tenant_id_key")),
    )
    op.create_index(op.f("ix_stored_files_tenant_id_owner_id"), "stored_files", ["tenant_id", "owner_id"])
    op.create_table(
        "assignments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("module_id", sa.Uuid(), nullable=True),
        sa.Column("content_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("instructions", sa.Text(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("max_score", sa.Integer(), nullable=False),
        sa.Column("passing_score", sa.Integer(), nullable=False),
        sa.Column("is_mandatory", sa.Boolean(), nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('REFLECTION', 'QUIZ', 'MANUAL')", name=op.f("ck_assignments_kind")),
        sa.CheckConstraint("origin IN ('MANUAL', 'GENERATED')", name=op.f("ck_assignments_origin")),
        sa.CheckConstraint("0 <= passing_score AND passing_score <= max_score", name=op.f("ck_assignments_scores")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "content_id"],
            ["contents.tenant_id", "contents.id"],
            name=op.f("fk_assignments_tenant_id_content_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "course_id", "module_id"],
            ["modules.tenant_id", "modules.course_id", "modules.id"],
            name=op.f("fk_assignments_tenant_id_course_id_module_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "course_id"],
            ["courses.tenant_id", "courses.id"],
            name=op.f("fk_assignments_tenant_id_course_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_assignments_tenant_id_id")),
    )
    op.create_index(op.f("ix_assignments_tenant_id_content_id"), "assignments", ["tenant_id", "content_id"])
    op.create_index(
        op.f("ix_assignments_tenant_id_course_id_module_id"), "assignments", ["tenant_id", "course_id", "module_id"]
    )
    op.create_index(
        "uq_assignments_generated",
        "assignments",
        ["tenant_id", "content_id", "kind"],
        unique=True,
        postgresql_where=sa.text("origin = 'GENERATED'"),
    )
    op.create_table(
        "search_cues",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start_seconds", sa.Double(), nullable=False),
        sa.Column("end_seconds", sa.Double(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "words",
            postgresql.TSVECTOR(),
            sa.Computed(
                "to_tsvector('simple'::regconfig, text) || array_to_tsvector(ARRAY['=' || tenant_id::text])",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "content_id"],
            ["contents.tenant_id", "contents.id"],
            name=op.f("fk_search_cues_tenant_id_content_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "content_id", "position", name=op.f("pk_search_cues")),
    )
    op.create_index("ix_search_cues_words", "search_cues", ["words"], postgresql_using="gin")
    op.create_table(
        "quizzes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("attempts_allowed", sa.Integer(), nullable=False),
        sa.Column("time_limit_seconds", sa.Integer(), nullable=True),
        sa.Column("passing_score", sa.Integer(), nullable=False),
        sa.Column("shuffle_options", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("generator", sa.Text(), nullable=True),
        sa.Column("transcript_hash", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('DRAFT', 'PUBLISHED', 'RETIRED')", name=op.f("ck_quizzes_state")),
        sa.CheckConstraint("passing_score BETWEEN 1 AND 100", name=op.f("ck_quizzes_passing_score")),
        sa.CheckConstraint("version >= 1 AND attempts_allowed >= 1", name=op.f("ck_quizzes_counts")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "assignment_id"],
            ["assignments.tenant_id", "assignments.id"],
            name=op.f("fk_quizzes_tenant_id_assignment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quizzes")),
        sa.UniqueConstraint(
            "tenant_id", "assignment_id", "version", name=op.f("uq_quizzes_tenant_id_assignment_id_version")
        ),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_quizzes_tenant_id_id")),
    )
    op.create_index(
        "uq_quizzes_draft",
        "quizzes",
        ["tenant_id", "assignment_id"],
        unique=True,
        postgresql_where=sa.text("state = 'DRAFT'"),
    )
    op.create_index(
        "uq_quizzes_published",
        "quizzes",
        ["tenant_id", "assignment_id"],
        unique=True,
        postgresql_where=sa.text("state = 'PUBLISHED'"),
    )
    op.create_table(
        "reminder_campaigns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column("assignment_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('COURSE_DEADLINE', 'ASSIGNMENT_DUE', 'CUSTOM')", name=op.f("ck_reminder_campaigns_kind")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "assignment_id"],
            ["assignments.tenant_id", "assignments.id"],
            name=op.f("fk_reminder_campaigns_tenant_id_assignment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "course_id"],
            ["courses.tenant_id", "courses.id"],
            name=op.f("fk_reminder_campaigns_tenant_id_course_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "created_by"],
            ["users.tenant_id", "users.id"],
            name=op.f("fk_reminder_campaigns_tenant_id_created_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_campaigns")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_reminder_campaigns_tenant_id_id")),
    )
    op.create_index(
        op.f("ix_reminder_campaigns_tenant_id_assignment_id"), "reminder_campaigns", ["tenant_id", "assignment_id"]
    )
    op.create_index(op.f("ix_reminder_campaigns_tenant_id_course_id"), "reminder_campaigns", ["tenant_id", "course_id"])
    op.create_index(
        op.f("ix_reminder_campaigns_tenant_id_created_at"), "reminder_campaigns", ["tenant_id", "created_at"]
    )
    op.create_index(
        op.f("ix_reminder_campaigns_tenant_id_created_by"), "reminder_campaigns", ["tenant_id", "created_by"]
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("graded_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'GRADED') = (graded_at IS NOT NULL)", name=op.f("ck_submissions_graded_at")),
        sa.CheckConstraint("status IN ('DRAFT', 'SUBMITTED', 'GRADED')", name=op.f("ck_submissions_status")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "assignment_id"],
            ["assignments.tenant_id", "assignments.id"],
            name=op.f("fk_submissions_tenant_id_assignment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "graded_by"], ["users.tenant_id", "users.id"], name=op.f("fk_submissions_tenant_id_graded_by")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"], ["users.tenant_id", "users.id"], name=op.f("fk_submissions_tenant_id_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint(
            "tenant_id", "assignment_id", "user_id", name=op.f("uq_submissions_tenant_id_assignment_id_user_id")
        ),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_submissions_tenant_id_id")),
    )
    op.create_index(op.f("ix_submissions_tenant_id_graded_by"), "submissions", ["tenant_id", "graded_by"])
    op.create_index(op.f("ix_submissions_tenant_id_user_id"), "submissions", ["tenant_id", "user_id"])
    op.create_index(
        "ix_submissions_waiting",
        "submissions",
        ["tenant_id", "submitted_at"],
        postgresql_where=sa.text("status = 'SUBMITTED'"),
    )
    op.create_table(
        "mail_deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("unsubscribe_url", sa.Text(), nullable=True),
        sa.Column("unknown_outcomes", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(state = 'SENT') = (sent_at IS NOT NULL)", name=op.f("ck_mail_deliveries_sent_at")),
        sa.CheckConstraint("dedupe_key <> ''", name=op.f("ck_mail_deliveries_dedupe_key")),
        sa.CheckConstraint("unknown_outcomes >= 0", name=op.f("ck_mail_deliveries_unknown_outcomes")),
        sa.CheckConstraint(
            "kind IN ('INVITATION', 'PASSWORD_RESET', 'EMAIL_VERIFICATION', 'SECURITY', "
            "'TRIAL_WARNING', 'WELCOME', 'REMINDER', 'NOTIFICATION', 'DIGEST')",
            name=op.f("ck_mail_deliveries_kind"),
        ),
        sa.CheckConstraint("state IN ('QUEUED', 'SENT', 'FAILED')", name=op.f("ck_mail_deliveries_state")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["reminder_campaigns.tenant_id", "reminder_campaigns.id"],
            name=op.f("fk_mail_deliveries_tenant_id_campaign_id"),
            ondelete="SET NULL (campaign_id)",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"], ["users.tenant_id", "users.id"], name=op.f("fk_mail_deliveries_tenant_id_user_id")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_mail_deliveries_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_deliveries")),
        sa.UniqueConstraint("tenant_id", "dedupe_key", name=op.f("uq_mail_deliveries_tenant_id_dedupe_key")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_mail_deliveries_tenant_id_id")),
    )
    op.create_index(
        "ix_mail_deliveries_queued",
        "mail_deliveries",
        ["next_attempt_at"],
        postgresql_where=sa.text("state = 'QUEUED'"),
    )
    op.create_index(op.f("ix_mail_deliveries_tenant_id_campaign_id"), "mail_deliveries", ["tenant_id", "campaign_id"])
    op.create_index(op.f("ix_mail_deliveries_tenant_id_created_at"), "mail_deliveries", ["tenant_id", "created_at"])
    op.create_index(op.f("ix_mail_deliveries_tenant_id_user_id"), "mail_deliveries", ["tenant_id", "user_id"])
    op.create_table(
        "questions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("quiz_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("evidence_quote", sa.Text(), nullable=True),
        sa.Column("evidence_start", sa.Double(), nullable=True),
        sa.Column("evidence_end", sa.Double(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("review_reason", sa.Text(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("kind IN ('MCQ', 'SHORT_ANSWER')", name=op.f("ck_questions_kind")),
        sa.CheckConstraint("origin IN ('RULES', 'MODEL', 'MANUAL')", name=op.f("ck_questions_origin")),
        sa.CheckConstraint("review IN ('DRAFT', 'ACCEPTED', 'REJECTED', 'STALE')", name=op.f("ck_questions_review")),
        sa.CheckConstraint(
            "num_nulls(evidence_quote, evidence_start, evidence_end) IN (0, 3)", name=op.f("ck_questions_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "quiz_id"],
            ["quizzes.tenant_id", "quizzes.id"],
            name=op.f("fk_questions_tenant_id_quiz_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_questions_tenant_id_id")),
    )
    op.create_index(op.f("ix_questions_tenant_id_quiz_id"), "questions", ["tenant_id", "quiz_id"])
    op.create_table(
        "quiz_attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("quiz_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("question_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("draft", postgresql.JSONB(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.Column("marks", postgresql.JSONB(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_quiz_attempts_number")),
        sa.CheckConstraint("submitted_at IS NOT NULL OR graded_at IS NULL", name=op.f("ck_quiz_attempts_graded_at")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "quiz_id"],
            ["quizzes.tenant_id", "quizzes.id"],
            name=op.f("fk_quiz_attempts_tenant_id_quiz_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"], ["users.tenant_id", "users.id"], name=op.f("fk_quiz_attempts_tenant_id_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_attempts")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_quiz_attempts_tenant_id_id")),
        sa.UniqueConstraint(
            "tenant_id", "quiz_id", "user_id", "number", name=op.f("uq_quiz_attempts_tenant_id_quiz_id_user_id_number")
        ),
    )
    op.create_index(op.f("ix_quiz_attempts_tenant_id_user_id"), "quiz_attempts", ["tenant_id", "user_id"])
    op.create_index(
        "uq_quiz_attempts_open",
        "quiz_attempts",
        ["tenant_id", "quiz_id", "user_id"],
        unique=True,
        postgresql_where=sa.text("submitted_at IS NULL"),
    )
    op.create_table(
        "submission_files",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "file_id"],
            ["stored_files.tenant_id", "stored_files.id"],
            name=op.f("fk_submission_files_tenant_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "submission_id"],
            ["submissions.tenant_id", "submissions.id"],
            name=op.f("fk_submission_files_tenant_id_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "submission_id", "file_id", name=op.f("pk_submission_files")),
    )
    op.create_index(op.f("ix_submission_files_tenant_id_file_id"), "submission_files", ["tenant_id", "file_id"])


def _change_tables() -> None:
    op.add_column("content_progress", sa.Column("last_report_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_constraint(op.f("fk_content_progress_tenant_id_content_id"), "content_progress", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_content_progress_tenant_id_content_id"),
        "content_progress",
        "contents",
        ["tenant_id", "content_id"],
        ["tenant_id", "id"],
        ondelete="CASCADE",
    )
    op.add_column("contents", sa.Column("text", sa.Text(), nullable=True))
    op.add_column("contents", sa.Column("file_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_contents_tenant_id_file_id"), "contents", ["tenant_id", "file_id"])
    op.drop_constraint(op.f("fk_contents_tenant_id_course_id_module_id"), "contents", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_contents_tenant_id_file_id"), "contents", "stored_files", ["tenant_id", "file_id"], ["tenant_id", "id"]
    )
    op.create_foreign_key(
        op.f("fk_contents_tenant_id_course_id_module_id"),
        "contents",
        "modules",
        ["tenant_id", "course_id", "module_id"],
        ["tenant_id", "course_id", "id"],
        ondelete="CASCADE",
    )
    op.drop_constraint(op.f("fk_course_teachers_tenant_id_course_id"), "course_teachers", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_course_teachers_tenant_id_course_id"),
        "course_teachers",
        "courses",
        ["tenant_id", "course_id"],
        ["tenant_id", "id"],
        ondelete="CASCADE",
    )
    op.add_column("courses", sa.Column("thumbnail_key", sa.Text(), nullable=True))
    op.add_column("courses", sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_constraint(op.f("uq_courses_tenant_id_slug"), "courses", type_="unique")
    op.drop_constraint(op.f("uq_courses_tenant_id_title_folded"), "courses", type_="unique")
    op.create_index(
        "ix_courses_deleted_at", "courses", ["deleted_at"], postgresql_where=sa.text("deleted_at IS NOT NULL")
    )
    op.create_index(
        "uq_courses_slug", "courses", ["tenant_id", "slug"], unique=True, postgresql_where=sa.text("deleted_at IS NULL")
    )
    op.create_index(
        "uq_courses_title",
        "courses",
        ["tenant_id", "title_folded"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.drop_constraint(op.f("fk_modules_tenant_id_course_id"), "modules", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_modules_tenant_id_course_id"),
        "modules",
        "courses",
        ["tenant_id", "course_id"],
        ["tenant_id", "id"],
        ondelete="CASCADE",
    )
    op.add_column("tenants", sa.Column("features", sa.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.add_column("tenants", sa.Column("notes", sa.Text(), server_default="", nullable=False))
    op.add_column("tenants", sa.Column("quiz_policy", sa.Text(), server_default="AUTOMATIC", nullable=False))
    op.add_column("tenants", sa.Column("remote_quiz_consent", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("users", sa.Column("picture_key", sa.Text(), nullable=True))
    op.add_column("users", sa.Column("department_folded", sa.Text(), server_default="", nullable=False))
    op.add_column("users", sa.Column("mail_enabled", sa.Boolean(), server_default="true", nullable=False))
    op.add_column("users", sa.Column("mail_digest", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("users", sa.Column("muted_kinds", sa.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.create_index(op.f("ix_users_tenant_id_department_folded"), "users", ["tenant_id", "department_folded"])
    op.drop_constraint(op.f("fk_video_assets_tenant_id_content_id"), "video_assets", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_video_assets_tenant_id_content_id"),
        "video_assets",
        "contents",
        ["tenant_id", "content_id"],
        ["tenant_id", "id"],
        ondelete="CASCADE",
    )
    op.drop_constraint(op.f("fk_video_steps_tenant_id_asset_id"), "video_steps", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_video_steps_tenant_id_asset_id"),
        "video_steps",
        "video_assets",
        ["tenant_id", "asset_id"],
        ["tenant_id", "id"],
        ondelete="CASCADE",
    )
    op.drop_constraint(op.f("fk_video_transcripts_tenant_id_content_id"), "video_transcripts", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_video_transcripts_tenant_id_content_id"),
        "video_transcripts",
        "contents",
        ["tenant_id", "content_id"],
        ["tenant_id", "id"],
        ondelete="CASCADE",
    )
    op.create_check_constraint(op.f("ck_contents_text"), "contents", "(content_type = 'TEXT') = (text IS NOT NULL)")
    op.create_check_constraint(
        op.f("ck_contents_file_id"), "contents", "(content_type = 'DOCUMENT') = (file_id IS NOT NULL)"
    )
    op.create_check_constraint(
        op.f("ck_tenants_features"),
        "tenants",
        "features <@ ARRAY['CUSTOM_DOMAIN', 'REPORTS_PDF', 'QUIZ_GENERATION', 'REMOTE_QUIZ_GENERATION']",
    )
    op.create_check_constraint(
        op.f("ck_tenants_quiz_policy"), "tenants", "quiz_policy IN ('AUTOMATIC', 'REVIEW_FIRST', 'OFF')"
    )
    op.create_check_constraint(
        op.f("ck_users_muted_kinds"),
        "users",
        "muted_kinds <@ ARRAY['REMINDER', 'COURSE_ASSIGNED', 'ASSIGNMENT_DUE', 'ANNOUNCEMENT', 'SYSTEM']",
    )


_CHECKS = (
    # table, name, before, now
    (
        "video_assets",
        "status",
        "status IN ('UPLOADING', 'UPLOADED', 'PROCESSING', 'READY', 'FAILED')",
        "status IN ('UPLOADING', 'UPLOADED', 'PROCESSING', 'READY', 'FAILED', 'DELETED')",
    ),
    (
        "video_steps",
        "name",
        "name IN ('VALIDATE', 'TRANSCODE', 'THUMBNAIL', 'TRANSCRIBE', 'FINALIZE')",
        "name IN ('VALIDATE', 'TRANSCODE', 'THUMBNAIL', 'TRANSCRIBE', 'ASSIGNMENTS', 'FINALIZE')",
    ),
)


def _replace_check(table: str, name: str, condition: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)


def _fill_in() -> None:
    """What rows that are there already have in the new columns and tables."""
    for table, name, _, condition in _CHECKS:
        _replace_check(table, name, condition)
    connection = op.get_bind()
    for plan, features in _FEATURES.items():
        connection.execute(
            sa.text("UPDATE tenants SET features = :features WHERE plan = :plan"), {"features": features, "plan": plan}
        )
    departments = connection.execute(sa.text("SELECT DISTINCT department FROM users WHERE department <> ''")).scalars()
    given = list(departments)
    connection.execute(
        sa.text(
            "UPDATE users SET department_folded = known.folded "
            "FROM unnest(CAST(:given AS text[]), CAST(:folded AS text[])) AS known (given, folded) "
            "WHERE users.department = known.given"
        ),
        {"given": given, "folded": [_folded(department) for department in given]},
    )
    # Videos from before have no such step, and every video has every step. SKIPPED is the truth about them: nothing
    # was made. It is settled, so nothing waits for it, and a rerun makes what is missing. PENDING would have set all
    # old videos to work at once, and code for videos that lack a step would have stayed for ever.
    op.execute(
        """
        INSERT INTO video_steps (id, tenant_id, asset_id, name, state, attempt, failures, lost_leases, progress,
          finished_at, error, output)
        SELECT gen_random_uuid(), tenant_id, id, 'ASSIGNMENTS', 'SKIPPED', 0, 0, 0, 0, now(),
          'This video is older than generated assignments.', '{}'
        FROM video_assets
        """
    )
    op.execute(
        """
        INSERT INTO search_cues (tenant_id, content_id, position, start_seconds, end_seconds, text)
        SELECT t.tenant_id, t.content_id, s.place - 1, (s.cue ->> 'start')::double precision,
          (s.cue ->> 'end')::double precision, s.cue ->> 'text'
        FROM video_transcripts AS t, jsonb_array_elements(t.segments) WITH ORDINALITY AS s (cue, place)
        """
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _make_functions() -> None:
    op.execute(_RESOLVE_DOMAIN)
    op.execute("REVOKE ALL ON FUNCTION resolve_domain(text) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION resolve_domain(text) TO lms_app")
    for table, columns in _SEARCHED.items():
        op.execute(f"GRANT SELECT ({', '.join(columns)}) ON {table} TO lms_search")
    op.execute(_SEARCH_TRANSCRIPTS)
    op.execute("REVOKE ALL ON FUNCTION search_transcripts(text, uuid, integer) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION search_transcripts(text, uuid, integer) TO lms_app")
    # Only who may make things in the schema can be given one; the right is gone before anybody sees it.
    op.execute("GRANT CREATE ON SCHEMA public TO lms_search")
    op.execute("ALTER FUNCTION search_transcripts(text, uuid, integer) OWNER TO lms_search")
    op.execute("REVOKE CREATE ON SCHEMA public FROM lms_search")


_ADDED = (
    ("users", "muted_kinds"),
    ("users", "mail_digest"),
    ("users", "mail_enabled"),
    ("users", "department_folded"),
    ("users", "picture_key"),
    ("tenants", "remote_quiz_consent"),
    ("tenants", "quiz_policy"),
    ("tenants", "notes"),
    ("tenants", "features"),
    ("courses", "deleted_at"),
    ("courses", "thumbnail_key"),
    ("contents", "file_id"),
    ("contents", "text"),
    ("content_progress", "last_report_at"),
)

_MADE = (
    "submission_files",
    "quiz_attempts",
    "questions",
    "mail_deliveries",
    "submissions",
    "reminder_campaigns",
    "quizzes",
    "search_cues",
    "assignments",
    "stored_files",
    "second_factors",
    "one_time_tokens",
    "notifications",
    "impersonations",
    "group_members",
    "course_groups",
    "course_completions",
    "trial_warnings",
    "tenant_domains",
    "teacher_groups",
    "platform_second_factors",
    "audit_log",
    "storage_garbage",
    "sign_in_failures",
    "platform_sign_in_failures",
    "platform_mail_deliveries",
    "platform_audit_log",
)
"""In the order in which they can go."""


def downgrade() -> None:
    op.execute("DROP FUNCTION search_transcripts(text, uuid, integer)")
    op.execute("DROP FUNCTION resolve_domain(text)")
    for table, columns in _SEARCHED.items():
        if table != "search_cues":
            op.execute(f"REVOKE ALL ({', '.join(columns)}) ON {table} FROM lms_search")
    op.execute(f"REVOKE ALL ({', '.join((*_READ_OF_SCHOOL, *_DECIDED_BY_SCHOOL))}) ON tenants FROM lms_app")
    op.execute("GRANT SELECT ON tenants TO lms_app")
    op.execute("REVOKE DELETE ON platform_refresh_tokens, platform_sessions FROM lms_system")
    op.execute("DELETE FROM video_steps WHERE name = 'ASSIGNMENTS'")
    op.execute("UPDATE video_assets SET status = 'FAILED', error_code = 'deleted' WHERE status = 'DELETED'")
    for table, name, condition, _ in _CHECKS:
        _replace_check(table, name, condition)
    # The release before knows no deleted courses: they come back as drafts that keep no title from others.
    op.execute(
        """
        UPDATE courses SET is_published = false, title = left(title, 150) || ' (' || id || ')',
          title_folded = title_folded || ' (' || id || ')', slug = left(slug, 40) || '-' || id
        WHERE deleted_at IS NOT NULL
        """
    )
    # It knows neither texts nor documents: their titles stay, as links that lead nowhere.
    op.execute("ALTER TABLE contents DROP CONSTRAINT ck_contents_text, DROP CONSTRAINT ck_contents_file_id")
    op.execute(
        "UPDATE contents SET content_type = 'LINK', url = 'https://invalid.invalid/' "
        "WHERE content_type IN ('TEXT', 'DOCUMENT')"
    )
    op.drop_constraint(op.f("fk_video_transcripts_tenant_id_content_id"), "video_transcripts", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_video_transcripts_tenant_id_content_id"),
        "video_transcripts",
        "contents",
        ["tenant_id", "content_id"],
        ["tenant_id", "id"],
    )
    op.drop_constraint(op.f("fk_video_steps_tenant_id_asset_id"), "video_steps", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_video_steps_tenant_id_asset_id"),
        "video_steps",
        "video_assets",
        ["tenant_id", "asset_id"],
        ["tenant_id", "id"],
    )
    op.drop_constraint(op.f("fk_video_assets_tenant_id_content_id"), "video_assets", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_video_assets_tenant_id_content_id"),
        "video_assets",
        "contents",
        ["tenant_id", "content_id"],
        ["tenant_id", "id"],
    )
    op.drop_index(op.f("ix_users_tenant_id_department_folded"), table_name="users")
    op.drop_constraint(op.f("fk_modules_tenant_id_course_id"), "modules", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_modules_tenant_id_course_id"), "modules", "courses", ["tenant_id", "course_id"], ["tenant_id", "id"]
    )
    op.drop_index("uq_courses_title", table_name="courses")
    op.drop_index("uq_courses_slug", table_name="courses")
    op.drop_index("ix_courses_deleted_at", table_name="courses")
    op.create_unique_constraint(op.f("uq_courses_tenant_id_title_folded"), "courses", ["tenant_id", "title_folded"])
    op.create_unique_constraint(op.f("uq_courses_tenant_id_slug"), "courses", ["tenant_id", "slug"])
    op.drop_constraint(op.f("fk_course_teachers_tenant_id_course_id"), "course_teachers", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_course_teachers_tenant_id_course_id"),
        "course_teachers",
        "courses",
        ["tenant_id", "course_id"],
        ["tenant_id", "id"],
    )
    op.drop_constraint(op.f("fk_contents_tenant_id_course_id_module_id"), "contents", type_="foreignkey")
    op.drop_constraint(op.f("fk_contents_tenant_id_file_id"), "contents", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_contents_tenant_id_course_id_module_id"),
        "contents",
        "modules",
        ["tenant_id", "course_id", "module_id"],
        ["tenant_id", "course_id", "id"],
    )
    op.drop_index(op.f("ix_contents_tenant_id_file_id"), table_name="contents")
    op.drop_constraint(op.f("fk_content_progress_tenant_id_content_id"), "content_progress", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_content_progress_tenant_id_content_id"),
        "content_progress",
        "contents",
        ["tenant_id", "content_id"],
        ["tenant_id", "id"],
    )
    for table, column in _ADDED:
        op.drop_column(table, column)
    for table in _MADE:
        op.drop_table(table)
