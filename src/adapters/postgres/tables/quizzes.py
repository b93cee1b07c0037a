"""Quizzes, their questions, and the attempts at them."""

from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.tables.base import (
    TIMESTAMP,
    id_column,
    metadata,
    one_of,
    part_of,
    same_school,
    some_of,
    tenant_and_id,
    tenant_column,
)
from lms_domain.learning.quiz import QuestionKind, QuestionOrigin, QuizState, Review
from lms_domain.learning.quiz_reasons import QuizReason

quizzes = Table(
    "quizzes",
    metadata,
    id_column(),
    tenant_column(),
    Column("assignment_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("language", Text, nullable=False),
    Column("attempts_allowed", Integer, nullable=False),
    Column("time_limit_seconds", Integer),
    Column("passing_score", Integer, nullable=False),
    Column("shuffle_options", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("state_reason", Text, nullable=False),
    Column("state_codes", ARRAY(Text), nullable=False, server_default="{}"),
    Column("generator", Text),
    Column("transcript_hash", Text),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("updated_at", TIMESTAMP, nullable=False),
    tenant_and_id(),
    UniqueConstraint("tenant_id", "assignment_id", "version"),
    part_of("assignments", "assignment_id"),
    # At most one version that learners meet, and one that is being made.
    Index(
        "uq_quizzes_published", "tenant_id", "assignment_id", unique=True, postgresql_where=text("state = 'PUBLISHED'")
    ),
    Index("uq_quizzes_draft", "tenant_id", "assignment_id", unique=True, postgresql_where=text("state = 'DRAFT'")),
    one_of("state", QuizState),
    some_of("state_codes", QuizReason),
    CheckConstraint("version >= 1 AND attempts_allowed >= 1", name="counts"),
    CheckConstraint("passing_score BETWEEN 1 AND 100", name="passing_score"),
)

# Options and accepted answers lie inside the question: they are read and written with it and never alone, nothing
# refers to a row of theirs, and an attempt that is graded needs all of them anyway.
questions = Table(
    "questions",
    metadata,
    id_column(),
    tenant_column(),
    Column("quiz_id", Uuid, nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("points", Integer, nullable=False),
    Column("explanation", Text, nullable=False),
    Column("evidence_quote", Text),
    Column("evidence_start", Double),
    Column("evidence_end", Double),
    Column("origin", Text, nullable=False),
    Column("rule", Text),
    Column("review", Text, nullable=False),
    Column("review_reason", Text, nullable=False),
    Column("said_now", Text),
    Column("answers", JSONB, nullable=False),
    tenant_and_id(),
    part_of("quizzes", "quiz_id"),
    Index(None, "tenant_id", "quiz_id"),
    one_of("kind", QuestionKind),
    one_of("origin", QuestionOrigin),
    one_of("review", Review),
    CheckConstraint("num_nulls(evidence_quote, evidence_start, evidence_end) IN (0, 3)", name="evidence"),
)

quiz_attempts = Table(
    "quiz_attempts",
    metadata,
    id_column(),
    tenant_column(),
    Column("quiz_id", Uuid, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("question_ids", ARRAY(Uuid), nullable=False),
    Column("started_at", TIMESTAMP, nullable=False),
    Column("expires_at", TIMESTAMP),
    Column("submitted_at", TIMESTAMP),
    Column("draft", JSONB, nullable=False),
    Column("answers", JSONB, nullable=False),
    Column("marks", JSONB, nullable=False),
    Column("score", Double),
    Column("passed", Boolean),
    Column("graded_at", TIMESTAMP),
    tenant_and_id(),
    UniqueConstraint("tenant_id", "quiz_id", "user_id", "number"),
    part_of("quizzes", "quiz_id"),
    same_school("users", "user_id"),
    Index(None, "tenant_id", "user_id"),
    Index(
        "uq_quiz_attempts_open",
        "tenant_id",
        "quiz_id",
        "user_id",
        unique=True,
        postgresql_where=text("submitted_at IS NULL"),
    ),
    # Whose answers are to be read, the longest waiting first.
    Index(
        "ix_quiz_attempts_waiting",
        "tenant_id",
        "submitted_at",
        postgresql_where=text("submitted_at IS NOT NULL AND graded_at IS NULL"),
    ),
    CheckConstraint("number >= 1", name="number"),
    CheckConstraint("submitted_at IS NOT NULL OR graded_at IS NULL", name="graded_at"),
)
