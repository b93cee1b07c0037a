"""Certificates of completed courses; and up to when people's time is accounted for by what they watched."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from adapters.postgres.migrations.rls import enable_tenant_rls, grant_app, grant_system

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ISSUE_FOR_THE_PAST = """
INSERT INTO certificates
  (id, tenant_id, user_id, course_id, course_title, course_version, estimated_hours, code, issued_at)
SELECT gen_random_uuid(), d.tenant_id, d.user_id, d.course_id, c.title, d.course_version, c.estimated_hours,
  left(encode(sha256(uuid_send(gen_random_uuid())), 'hex'), 24), d.completed_at
FROM course_completions AS d
JOIN courses AS c ON c.tenant_id = d.tenant_id AND c.id = d.course_id
JOIN users AS u ON u.tenant_id = d.tenant_id AND u.id = d.user_id
WHERE u.email_folded <> 'erased-' || u.id || '@erased.invalid'
"""


def upgrade() -> None:
    op.create_table(
        "certificates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column("course_title", sa.Text(), nullable=False),
        sa.Column("course_version", sa.Integer(), nullable=False),
        sa.Column("estimated_hours", sa.Double(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"],
            ["users.tenant_id", "users.id"],
            name=op.f("fk_certificates_tenant_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "course_id"],
            ["courses.tenant_id", "courses.id"],
            name=op.f("fk_certificates_tenant_id_course_id"),
            ondelete="SET NULL (course_id)",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_certificates_tenant_id_code")),
        sa.UniqueConstraint(
            "tenant_id", "user_id", "course_id", name=op.f("uq_certificates_tenant_id_user_id_course_id")
        ),
    )
    op.create_index(op.f("ix_certificates_tenant_id_course_id"), "certificates", ["tenant_id", "course_id"])
    op.create_table(
        "watch_clocks",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("busy_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"],
            ["users.tenant_id", "users.id"],
            name=op.f("fk_watch_clocks_tenant_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "user_id", name=op.f("pk_watch_clocks")),
    )
    op.execute(_ISSUE_FOR_THE_PAST)
    enable_tenant_rls("certificates")
    # A certificate never changes; it goes with the person who is erased.
    grant_app("certificates", updatable=(), privileges="SELECT, INSERT, DELETE")
    grant_system("certificates", "SELECT, DELETE")
    enable_tenant_rls("watch_clocks")
    grant_app("watch_clocks", updatable=("busy_until",))
    grant_system("watch_clocks", "SELECT, DELETE")


def downgrade() -> None:
    op.drop_table("watch_clocks")
    op.drop_table("certificates")
