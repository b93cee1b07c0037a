"""Attempts whose answers wait for a person, the longest waiting first."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index(
        "ix_quiz_attempts_waiting",
        "quiz_attempts",
        ["tenant_id", "submitted_at"],
        postgresql_where=sa.text("submitted_at IS NOT NULL AND graded_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_quiz_attempts_waiting", table_name="quiz_attempts")
