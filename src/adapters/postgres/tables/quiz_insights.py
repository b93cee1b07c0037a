"""What is kept beside a quiz: who has more time, what people say of its questions, and what became of those that were
generated."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, Text, Uuid

from adapters.postgres.tables.base import (
    TIMESTAMP,
    id_column,
    metadata,
    of_a_school,
    one_of,
    part_of,
    same_school,
    tenant_column,
)
from lms_domain.learning.question_outcome import Outcome

quiz_extensions = Table(
    "quiz_extensions",
    metadata,
    tenant_column(primary_key=True),
    Column("assignment_id", Uuid, primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("extra_seconds", Integer, nullable=False),
    Column("extra_percent", Integer, nullable=False),
    Column("extra_attempts", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("given_by", Uuid),
    Column("given_at", TIMESTAMP, nullable=False),
    part_of("assignments", "assignment_id"),
    part_of("users", "user_id"),
    same_school("users", "given_by", ondelete="SET NULL (given_by)"),
    Index(None, "tenant_id", "user_id"),
    Index(None, "tenant_id", "given_by"),
    CheckConstraint("extra_seconds >= 0 AND extra_percent >= 0 AND extra_attempts >= 0", name="extra"),
)

# A version that people have begun is changed as a copy, in which every question has another id. ``root_id`` is the id
# that the question had first: flags and outcomes are about that, whatever version they were said of, and outlive it.
question_copies = Table(
    "question_copies",
    metadata,
    tenant_column(primary_key=True),
    Column("question_id", Uuid, primary_key=True),
    Column("root_id", Uuid, nullable=False),
    Column("assignment_id", Uuid, nullable=False),
    part_of("assignments", "assignment_id"),
    Index(None, "tenant_id", "assignment_id"),
)

question_flags = Table(
    "question_flags",
    metadata,
    tenant_column(primary_key=True),
    Column("root_id", Uuid, primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("assignment_id", Uuid, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    part_of("assignments", "assignment_id"),
    part_of("users", "user_id"),
    Index(None, "tenant_id", "assignment_id"),
    Index(None, "tenant_id", "user_id"),
)

# What rules are worth is known from all that they ever proposed: nothing of it goes with a quiz.
question_outcomes = Table(
    "question_outcomes",
    metadata,
    id_column(),
    tenant_column(),
    Column("root_id", Uuid, nullable=False),
    Column("generator", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", TIMESTAMP, nullable=False),
    of_a_school(),
    Index(None, "tenant_id", "root_id"),
    one_of("outcome", Outcome),
)
