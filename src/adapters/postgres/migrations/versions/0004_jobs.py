"""Jobs that take longer than a request, and answers kept for clients that ask again."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from adapters.postgres.migrations.rls import enable_tenant_rls, grant_app, grant_system

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ANSWER = ("fingerprint", "started_at", "status", "content_type", "location", "body")


def _answer_columns() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
    )


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("parameters", postgresql.JSONB(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("result_key", sa.Text(), nullable=True),
        sa.Column("result_name", sa.Text(), nullable=True),
        sa.Column("result_type", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'RUNNING') = (lease_until IS NOT NULL)", name=op.f("ck_jobs_lease")),
        sa.CheckConstraint(
            "(status = 'SUCCEEDED') = (result_key IS NOT NULL AND result_name IS NOT NULL AND result_type IS NOT NULL)",
            name=op.f("ck_jobs_result"),
        ),
        sa.CheckConstraint("kind IN ('SCHOOL_EXPORT', 'REPORT')", name=op.f("ck_jobs_kind")),
        sa.CheckConstraint("progress BETWEEN 0 AND 1", name=op.f("ck_jobs_progress")),
        sa.CheckConstraint("status IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED')", name=op.f("ck_jobs_status")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_jobs_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_jobs_tenant_id_id")),
    )
    op.create_index(
        op.f("ix_jobs_tenant_id_requested_by_created_at"), "jobs", ["tenant_id", "requested_by", "created_at"]
    )
    op.create_index(
        "ix_jobs_waiting",
        "jobs",
        ["created_at"],
        postgresql_where=sa.text("status IN ('QUEUED', 'RUNNING')"),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        *_answer_columns(),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"],
            ["users.tenant_id", "users.id"],
            name=op.f("fk_idempotency_keys_tenant_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "user_id", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index(op.f("ix_idempotency_keys_tenant_id_started_at"), "idempotency_keys", ["tenant_id", "started_at"])
    op.create_table(
        "platform_idempotency_keys",
        *_answer_columns(),
        sa.PrimaryKeyConstraint("user_id", "key", name=op.f("pk_platform_idempotency_keys")),
    )
    op.create_index(op.f("ix_platform_idempotency_keys_started_at"), "platform_idempotency_keys", ["started_at"])

    for table in ("jobs", "idempotency_keys"):
        enable_tenant_rls(table)
    # A school asks for jobs; workers, who serve all schools, do them.
    grant_app("jobs", updatable=(), privileges="SELECT, INSERT")
    grant_system("jobs", "SELECT, INSERT, UPDATE, DELETE")
    grant_app("idempotency_keys", updatable=_ANSWER)
    grant_system("idempotency_keys", "SELECT, DELETE")
    grant_system("platform_idempotency_keys", "SELECT, INSERT, UPDATE, DELETE")


def downgrade() -> None:
    op.drop_table("platform_idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_table("jobs")
