"""Imports of teachers; what is personal goes with its person, or can be taken out."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from adapters.postgres.migrations.rls import enable_tenant_rls, grant_app, grant_system

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_GO_WITH_THEIR_PERSON = ("one_time_tokens", "course_teachers", "group_members", "notifications", "mail_deliveries")


def upgrade() -> None:
    op.create_table(
        "teacher_imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("rows", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_teacher_imports_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teacher_imports")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_teacher_imports_tenant_id_id")),
    )
    op.create_index(op.f("ix_teacher_imports_tenant_id_created_at"), "teacher_imports", ["tenant_id", "created_at"])
    enable_tenant_rls("teacher_imports")
    grant_app("teacher_imports", updatable=("undone_at",), privileges="SELECT, INSERT")
    grant_system("teacher_imports", "SELECT, DELETE")

    for table in _GO_WITH_THEIR_PERSON:
        _refer_to_person(table, ondelete="CASCADE")
    # To erase somebody.
    op.execute('GRANT UPDATE ("to", subject) ON mail_deliveries TO lms_app')
    op.execute("GRANT UPDATE (address, user_agent) ON sessions TO lms_app")
    op.execute("GRANT DELETE ON notifications TO lms_app")


def downgrade() -> None:
    op.execute("REVOKE DELETE ON notifications FROM lms_app")
    op.execute("REVOKE UPDATE (address, user_agent) ON sessions FROM lms_app")
    op.execute('REVOKE UPDATE ("to", subject) ON mail_deliveries FROM lms_app')
    for table in _GO_WITH_THEIR_PERSON:
        _refer_to_person(table, ondelete=None)
    op.drop_table("teacher_imports")


def _refer_to_person(table: str, *, ondelete: str | None) -> None:
    name = op.f(f"fk_{table}_tenant_id_user_id")
    op.drop_constraint(name, table, type_="foreignkey")
    op.create_foreign_key(name, table, "users", ["tenant_id", "user_id"], ["tenant_id", "id"], ondelete=ondelete)
