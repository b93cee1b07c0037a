"""Answers kept for clients that ask again with the same Idempotency-Key."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, Uuid
from sqlalchemy.schema import SchemaItem

from adapters.postgres.tables.base import TIMESTAMP, metadata, same_school, tenant_column


def _idempotency_keys(name: str, *parts: SchemaItem, key: tuple[SchemaItem, ...] = ()) -> Table:
    return Table(
        name,
        metadata,
        *key,
        Column("user_id", Uuid, primary_key=True),
        Column("key", Text, primary_key=True),
        # SHA-256 of what was asked for.
        Column("fingerprint", LargeBinary, nullable=False),
        Column("started_at", TIMESTAMP, nullable=False),
        # None while the first request is still at work.
        Column("status", Integer),
        Column("content_type", Text),
        Column("location", Text),
        Column("body", LargeBinary),
        *parts,
    )


idempotency_keys = _idempotency_keys(
    "idempotency_keys",
    same_school("users", "user_id"),
    Index(None, "tenant_id", "started_at"),
    key=(tenant_column(primary_key=True),),
)
platform_idempotency_keys = _idempotency_keys("platform_idempotency_keys", Index(None, "started_at"))
