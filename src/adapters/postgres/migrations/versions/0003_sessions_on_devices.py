"""Sessions: where each came from, and when its person last proved who they are."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TABLES = ("sessions", "platform_sessions")


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column("address", sa.Text(), server_default="", nullable=False))
        op.add_column(table, sa.Column("user_agent", sa.Text(), server_default="", nullable=False))
        op.add_column(table, sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    # lms_system may change every column of its own table already.
    op.execute("GRANT UPDATE (confirmed_at) ON sessions TO lms_app")


def downgrade() -> None:
    for table in _TABLES:
        for column in ("confirmed_at", "user_agent", "address"):
            op.drop_column(table, column)
