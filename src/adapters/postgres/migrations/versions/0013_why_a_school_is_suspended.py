"""Operators say why they suspend a school."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("tenants", sa.Column("suspension_reason", sa.Text(), server_default="", nullable=False))
    op.execute("GRANT SELECT (suspension_reason) ON tenants TO lms_app")


def downgrade() -> None:
    op.drop_column("tenants", "suspension_reason")
