"""Who did what. No grant lets anybody change or remove an entry; only a school that is erased takes its own along."""

from sqlalchemy import Column, Index, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.schema import SchemaItem

from adapters.postgres.tables.base import TIMESTAMP, id_column, metadata, of_a_school, tenant_and_id, tenant_column


def _audit_log(name: str, *parts: SchemaItem) -> Table:
    """People and objects are named, not referred to: an entry outlives them."""
    return Table(
        name,
        metadata,
        id_column(),
        Column("at", TIMESTAMP, nullable=False),
        Column("actor_id", Uuid),
        Column("actor_email", Text, nullable=False),
        # The operator who acted as that account.
        Column("impersonated_by", Uuid),
        Column("action", Text, nullable=False),
        Column("object_type", Text, nullable=False),
        Column("object_id", Uuid),
        Column("object_name", Text, nullable=False),
        Column("address", Text, nullable=False),
        Column("request_id", Text, nullable=False),
        # The object's name and the actor's address, folded.
        Column("search_text", Text, nullable=False),
        Column("before", JSONB),
        Column("after", JSONB),
        *parts,
    )


audit_log = _audit_log(
    "audit_log",
    tenant_column(),
    tenant_and_id(),
    of_a_school(),
    Index(None, "tenant_id", "at"),
    Index(None, "tenant_id", "object_type", "object_id", "at"),
    Index(None, "tenant_id", "actor_id", "at"),
)
platform_audit_log = _audit_log("platform_audit_log", Index(None, "at"))
