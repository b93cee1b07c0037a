"""Files that people gave us, and files in storage that nobody needs any more."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Identity, Index, Table, Text, UniqueConstraint, Uuid, func

from adapters.postgres.tables.base import (
    TIMESTAMP,
    id_column,
    metadata,
    one_of,
    same_school,
    tenant_and_id,
    tenant_column,
)
from lms_domain.files.stored_file import FilePurpose

stored_files = Table(
    "stored_files",
    metadata,
    id_column(),
    tenant_column(),
    Column("owner_id", Uuid, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False),
    tenant_and_id(),
    UniqueConstraint("tenant_id", "key"),
    same_school("users", "owner_id"),
    one_of("purpose", FilePurpose),
    CheckConstraint("size_bytes >= 0", name="size_bytes"),
    Index(None, "tenant_id", "owner_id"),
)

# Like the outbox it refers to nothing: a school's files are collected after the school itself is gone.
storage_garbage = Table(
    "storage_garbage",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    tenant_column(),
    Column("prefix", Text, nullable=False),
    Column("collect_after", TIMESTAMP, nullable=False),
    Column("created_at", TIMESTAMP, nullable=False, server_default=func.now()),
    CheckConstraint("prefix <> ''", name="prefix"),
    Index(None, "tenant_id", "prefix"),
    Index(None, "collect_after"),
)
