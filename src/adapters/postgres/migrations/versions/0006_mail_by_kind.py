"""Kinds of notices that somebody wants no mail about; facts are found by their key."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_KINDS = "unmailed_kinds <@ ARRAY['REMINDER', 'COURSE_ASSIGNED', 'ASSIGNMENT_DUE', 'ANNOUNCEMENT', 'SYSTEM']"


def upgrade() -> None:
    op.add_column("users", sa.Column("unmailed_kinds", sa.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.create_check_constraint(op.f("ck_users_unmailed_kinds"), "users", _KINDS)
    op.execute("GRANT UPDATE (unmailed_kinds) ON users TO lms_app")
    op.create_index(op.f("ix_notifications_tenant_id_event_key"), "notifications", ["tenant_id", "event_key"])


def downgrade() -> None:
    op.drop_index(op.f("ix_notifications_tenant_id_event_key"), "notifications")
    op.drop_column("users", "unmailed_kinds")
