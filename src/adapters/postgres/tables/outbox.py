"""Doorbells written in the transaction of the change that they announce."""

from sqlalchemy import BigInteger, Column, Identity, Table, Text, Uuid, func

from adapters.postgres.tables.base import TIMESTAMP, metadata, one_of, tenant_column
from lms_domain.video.steps import QueueName

# A queue that is emptied in the order of its ids: it refers to nothing, so that writing to it locks nothing. A
# doorbell for a step that is gone is harmless.
outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    tenant_column(),
    Column("queue", Text, nullable=False),
    Column("step_id", Uuid, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False, server_default=func.now()),
    one_of("queue", QueueName),
)
