"""Why a version of a quiz waits, as codes that screens translate; and what changed captions say in place of a quote."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_CODES = (
    "NO_CAPTIONS",
    "LANGUAGE_NOT_SUPPORTED",
    "TOO_SHORT",
    "NO_SENTENCES",
    "REPETITIVE",
    "FREE_SPEECH",
    "NOTHING_FOUND",
    "OUT_OF_BUDGET",
    "TOO_FEW_QUESTIONS",
    "GENERATOR_UNAVAILABLE",
    "GENERATOR_REFUSED",
    "GENERATOR_FAILED",
    "REVIEW_FIRST",
    "ALREADY_MET",
    "EDITED_AFTER_START",
    "WITHDRAWN",
    "REPLACED",
    "CAPTIONS_CHANGED",
)


def upgrade() -> None:
    op.add_column("quizzes", sa.Column("state_codes", sa.ARRAY(sa.Text()), server_default="{}", nullable=False))
    known = ", ".join(f"'{code}'" for code in _CODES)
    op.create_check_constraint(op.f("ck_quizzes_state_codes"), "quizzes", f"state_codes <@ ARRAY[{known}]")
    op.execute("GRANT UPDATE (state_codes) ON quizzes TO lms_app")
    op.add_column("questions", sa.Column("said_now", sa.Text()))
    op.execute("GRANT UPDATE (said_now) ON questions TO lms_app")


def downgrade() -> None:
    op.drop_column("questions", "said_now")
    op.drop_column("quizzes", "state_codes")
