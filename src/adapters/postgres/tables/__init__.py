"""The tables, room by room, for SQLAlchemy Core. Migrations make them; a test compares the two.

Every table with a ``tenant_id`` belongs to schools: row-level security binds it, and whatever refers to its rows
refers to ``(tenant_id, id)``, so that a row can never point into another school.
"""

from adapters.postgres.tables.accounts import (
    impersonations,
    one_time_tokens,
    platform_refresh_tokens,
    platform_second_factors,
    platform_sessions,
    platform_sign_in_failures,
    platform_users,
    refresh_tokens,
    second_factors,
    sessions,
    sign_in_failures,
    teacher_imports,
    users,
)
from adapters.postgres.tables.audit import audit_log, platform_audit_log
from adapters.postgres.tables.base import metadata
from adapters.postgres.tables.courses import (
    contents,
    course_groups,
    course_teachers,
    courses,
    group_members,
    modules,
    teacher_groups,
)
from adapters.postgres.tables.files import storage_garbage, stored_files
from adapters.postgres.tables.idempotency import idempotency_keys, platform_idempotency_keys
from adapters.postgres.tables.jobs import jobs
from adapters.postgres.tables.learning import (
    assignments,
    certificates,
    content_progress,
    course_completions,
    submission_files,
    submissions,
    watch_clocks,
)
from adapters.postgres.tables.notices import (
    mail_deliveries,
    notifications,
    platform_mail_deliveries,
    reminder_campaigns,
)
from adapters.postgres.tables.outbox import outbox
from adapters.postgres.tables.quiz_insights import (
    question_copies,
    question_flags,
    question_outcomes,
    quiz_extensions,
)
from adapters.postgres.tables.quizzes import questions, quiz_attempts, quizzes
from adapters.postgres.tables.schools import tenant_domains, tenant_usage, tenants, trial_warnings
from adapters.postgres.tables.video import search_cues, video_assets, video_steps, video_transcripts

__all__ = [
    "assignments",
    "audit_log",
    "certificates",
    "content_progress",
    "contents",
    "course_completions",
    "course_groups",
    "course_teachers",
    "courses",
    "group_members",
    "idempotency_keys",
    "impersonations",
    "jobs",
    "mail_deliveries",
    "metadata",
    "modules",
    "notifications",
    "one_time_tokens",
    "outbox",
    "platform_audit_log",
    "platform_idempotency_keys",
    "platform_mail_deliveries",
    "platform_refresh_tokens",
    "platform_second_factors",
    "platform_sessions",
    "platform_sign_in_failures",
    "platform_users",
    "question_copies",
    "question_flags",
    "question_outcomes",
    "questions",
    "quiz_attempts",
    "quiz_extensions",
    "quizzes",
    "refresh_tokens",
    "reminder_campaigns",
    "search_cues",
    "second_factors",
    "sessions",
    "sign_in_failures",
    "storage_garbage",
    "stored_files",
    "submission_files",
    "submissions",
    "teacher_groups",
    "teacher_imports",
    "tenant_domains",
    "tenant_usage",
    "tenants",
    "trial_warnings",
    "users",
    "video_assets",
    "video_steps",
    "video_transcripts",
    "watch_clocks",
]
