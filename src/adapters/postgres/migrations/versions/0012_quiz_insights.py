"""More time and attempts for one person; what people say of questions; what became of those that were generated."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from adapters.postgres.migrations.rls import enable_tenant_rls, grant_app, grant_system

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# Of questions that several versions have, the newest one counts.
_PROPOSED_BEFORE = """
INSERT INTO question_outcomes (id, tenant_id, root_id, generator, rule, outcome, reason, at)
SELECT gen_random_uuid(), tenant_id, id, generator, rule, 'PROPOSED', '', created_at
FROM (
  SELECT DISTINCT ON (z.tenant_id, z.assignment_id, q.rule, q.evidence_quote)
    q.tenant_id, q.id, coalesce(z.generator, '') AS generator, q.rule, z.created_at
  FROM questions AS q JOIN quizzes AS z ON z.tenant_id = q.tenant_id AND z.id = q.quiz_id
  WHERE q.origin <> 'MANUAL' AND q.rule IS NOT NULL
  ORDER BY z.tenant_id, z.assignment_id, q.rule, q.evidence_quote, z.version DESC
) AS newest
"""
_DECIDED_BEFORE = """
INSERT INTO question_outcomes (id, tenant_id, root_id, generator, rule, outcome, reason, at)
SELECT gen_random_uuid(), q.tenant_id, q.id, o.generator, o.rule, q.review,
  CASE q.review WHEN 'REJECTED' THEN q.review_reason ELSE '' END, z.updated_at
FROM question_outcomes AS o
JOIN questions AS q ON q.tenant_id = o.tenant_id AND q.id = o.root_id
JOIN quizzes AS z ON z.tenant_id = q.tenant_id AND z.id = q.quiz_id
WHERE q.review IN ('REJECTED', 'STALE')
"""


def upgrade() -> None:
    op.create_table(
        "quiz_extensions",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("extra_seconds", sa.Integer(), nullable=False),
        sa.Column("extra_percent", sa.Integer(), nullable=False),
        sa.Column("extra_attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "extra_seconds >= 0 AND extra_percent >= 0 AND extra_attempts >= 0", name=op.f("ck_quiz_extensions_extra")
        ),
        _of_assignment("quiz_extensions"),
        _of_person("quiz_extensions", "user_id", ondelete="CASCADE"),
        _of_person("quiz_extensions", "given_by", ondelete="SET NULL (given_by)"),
        sa.PrimaryKeyConstraint("tenant_id", "assignment_id", "user_id", name=op.f("pk_quiz_extensions")),
    )
    for column in ("user_id", "given_by"):
        op.create_index(op.f(f"ix_quiz_extensions_tenant_id_{column}"), "quiz_extensions", ["tenant_id", column])
    op.create_table(
        "question_copies",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        _of_assignment("question_copies"),
        sa.PrimaryKeyConstraint("tenant_id", "question_id", name=op.f("pk_question_copies")),
    )
    op.create_index(
        op.f("ix_question_copies_tenant_id_assignment_id"), "question_copies", ["tenant_id", "assignment_id"]
    )
    op.create_table(
        "question_flags",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _of_assignment("question_flags"),
        _of_person("question_flags", "user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tenant_id", "root_id", "user_id", name=op.f("pk_question_flags")),
    )
    for column in ("assignment_id", "user_id"):
        op.create_index(op.f(f"ix_question_flags_tenant_id_{column}"), "question_flags", ["tenant_id", column])
    op.create_table(
        "question_outcomes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("generator", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('PROPOSED', 'ACCEPTED', 'EDITED', 'REJECTED', 'STALE')",
            name=op.f("ck_question_outcomes_outcome"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_question_outcomes_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_outcomes")),
    )
    op.create_index(op.f("ix_question_outcomes_tenant_id_root_id"), "question_outcomes", ["tenant_id", "root_id"])
    op.execute(_PROPOSED_BEFORE)
    op.execute(_DECIDED_BEFORE)

    enable_tenant_rls("quiz_extensions")
    grant_app(
        "quiz_extensions",
        updatable=("extra_seconds", "extra_percent", "extra_attempts", "reason", "given_by", "given_at"),
    )
    enable_tenant_rls("question_copies")
    grant_app("question_copies", updatable=(), privileges="SELECT, INSERT")
    enable_tenant_rls("question_flags")
    grant_app("question_flags", updatable=("reason", "created_at"))
    enable_tenant_rls("question_outcomes")
    # What became of a question never changes; more may become of it.
    grant_app("question_outcomes", updatable=(), privileges="SELECT, INSERT")
    for table in ("quiz_extensions", "question_copies", "question_flags", "question_outcomes"):
        grant_system(table, "SELECT, DELETE")


def downgrade() -> None:
    for table in ("question_outcomes", "question_flags", "question_copies", "quiz_extensions"):
        op.drop_table(table)


def _of_assignment(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", "assignment_id"],
        ["assignments.tenant_id", "assignments.id"],
        name=op.f(f"fk_{table}_tenant_id_assignment_id"),
        ondelete="CASCADE",
    )


def _of_person(table: str, column: str, *, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        ["users.tenant_id", "users.id"],
        name=op.f(f"fk_{table}_tenant_id_{column}"),
        ondelete=ondelete,
    )
