"""What is known of uploaded files."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, Text, Uuid, delete, exists, func, literal_column, or_, select

from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import TENANT, Statement, any_id, insert_row, of_tenant, parameter
from adapters.postgres.tables import contents, courses, stored_files, submission_files, tenants, users
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.files.addresses import PUBLIC_PREFIX
from lms_app.ports.files import FileRepository
from lms_domain.files.stored_file import FilePurpose, StoredFile

_FILE = parameter("id", Uuid)
_PUBLIC = literal_column(f"'{PUBLIC_PREFIX}'", Text)
_ADD = Statement(insert_row(stored_files))
_GET = Statement(select(stored_files).where(of_tenant(stored_files), stored_files.c.id == _FILE))
_GET_MANY = Statement(
    select(stored_files).where(of_tenant(stored_files), stored_files.c.id == any_id("ids")).order_by(stored_files.c.id)
)
# Not every column: of its school the application may read some only.
_there = exists(literal_column("1"))
_is_referred = or_(
    _there.where(of_tenant(contents), contents.c.file_id == stored_files.c.id),
    _there.where(of_tenant(submission_files), submission_files.c.file_id == stored_files.c.id),
)
# Pictures are named by their key, a logo by its address: see lms_app.files.addresses.
_is_shown = or_(
    _there.where(of_tenant(courses), courses.c.thumbnail_key == stored_files.c.key),
    _there.where(of_tenant(users), users.c.picture_key == stored_files.c.key),
    _there.where(
        tenants.c.id == TENANT,
        func.starts_with(tenants.c.logo_url, _PUBLIC),
        func.strpos(stored_files.c.key, func.replace(tenants.c.logo_url, _PUBLIC, literal_column("''")))
        > literal_column("0"),
    ),
)
_deleted = (
    delete(stored_files)
    .where(of_tenant(stored_files), stored_files.c.id == any_id("ids"), ~_is_referred)
    .returning(*stored_files.columns)
    .cte("deleted")
)
_DELETE = Statement(select(_deleted).order_by(_deleted.c.id))
_UNUSED = Statement(
    select(stored_files)
    .where(
        of_tenant(stored_files),
        stored_files.c.created_at < parameter("before", TIMESTAMP),
        ~_is_referred,
        ~_is_shown,
    )
    .order_by(stored_files.c.created_at, stored_files.c.id)
    .limit(parameter("limit", Integer))
)


def file_from_row(row: Row) -> StoredFile:
    """A file from its row."""
    return StoredFile(
        id=row["id"],
        tenant_id=row["tenant_id"],
        owner_id=row["owner_id"],
        purpose=FilePurpose(row["purpose"]),
        key=row["key"],
        file_name=row["file_name"],
        media_type=row["media_type"],
        size_bytes=row["size_bytes"],
        created_at=row["created_at"],
    )


class PostgresFileRepository(FileRepository):
    """The stored files of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add(self, file: StoredFile) -> None:
        self._sql.check_school(file.tenant_id)
        async with self._sql.survives_taken():
            await self._sql.run(
                _ADD,
                id=file.id,
                owner_id=file.owner_id,
                purpose=file.purpose.value,
                key=file.key,
                file_name=file.file_name,
                media_type=file.media_type,
                size_bytes=file.size_bytes,
                created_at=file.created_at,
            )

    async def get(self, file_id: UUID) -> StoredFile | None:
        row = await self._sql.row(_GET, id=file_id)
        return file_from_row(row) if row is not None else None

    async def get_many(self, file_ids: frozenset[UUID]) -> tuple[StoredFile, ...]:
        return tuple(file_from_row(row) for row in await self._sql.rows(_GET_MANY, ids=list(file_ids)))

    async def delete_unreferred(self, file_ids: frozenset[UUID]) -> tuple[StoredFile, ...]:
        return tuple(file_from_row(row) for row in await self._sql.rows(_DELETE, ids=list(file_ids)))

    async def unused(self, before: datetime, limit: int) -> tuple[StoredFile, ...]:
        return tuple(file_from_row(row) for row in await self._sql.rows(_UNUSED, before=before, limit=limit))
