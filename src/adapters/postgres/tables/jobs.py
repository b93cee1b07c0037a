"""Work that takes longer than a request."""

from sqlalchemy import CheckConstraint, Column, Double, Index, Integer, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.tables.base import (
    TIMESTAMP,
    id_column,
    metadata,
    of_a_school,
    one_of,
    tenant_and_id,
    tenant_column,
)
from lms_domain.jobs.job import JobKind, JobStatus

# ``requested_by`` is a person of the school or an operator: it refers to neither table.
jobs = Table(
    "jobs",
    metadata,
    id_column(),
    tenant_column(),
    Column("kind", Text, nullable=False),
    Column("requested_by", Uuid, nullable=False),
    Column("parameters", JSONB, nullable=False),
    Column("status", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("progress", Double, nullable=False),
    Column("lease_until", TIMESTAMP),
    Column("error", Text, nullable=False),
    Column("result_key", Text),
    Column("result_name", Text),
    Column("result_type", Text),
    Column("created_at", TIMESTAMP, nullable=False),
    Column("started_at", TIMESTAMP),
    Column("finished_at", TIMESTAMP),
    tenant_and_id(),
    of_a_school(),
    one_of("kind", JobKind),
    one_of("status", JobStatus),
    CheckConstraint("(status = 'RUNNING') = (lease_until IS NOT NULL)", name="lease"),
    CheckConstraint("progress BETWEEN 0 AND 1", name="progress"),
    CheckConstraint(
        "(status = 'SUCCEEDED') = (result_key IS NOT NULL AND result_name IS NOT NULL AND result_type IS NOT NULL)",
        name="result",
    ),
    Index(None, "tenant_id", "requested_by", "created_at"),
    # What a worker looks for, among all schools.
    Index("ix_jobs_waiting", "created_at", postgresql_where=text("status IN ('QUEUED', 'RUNNING')")),
)
