"""What lies in storage and is no longer wanted."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Integer,
    any_,
    bindparam,
    delete,
    insert,
    literal_column,
    select,
)

from adapters.postgres.sql import Sql, TenantSql
from adapters.postgres.statements import TENANT, Given, Statement, of_tenant, parameter
from adapters.postgres.tables import storage_garbage
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.storage_garbage import Garbage, GarbageToCollect, StorageGarbageRepository

_of_one = Given(storage_garbage, "prefix", "collect_after")
_of_any = Given(storage_garbage, "tenant_id", "prefix", "collect_after")


class GarbageStatements:
    """The statements for one school, or for all."""

    def __init__(self, fence: ColumnElement[bool]) -> None:
        self.due = Statement(
            select(storage_garbage)
            .where(fence, storage_garbage.c.collect_after <= parameter("now", TIMESTAMP))
            .order_by(storage_garbage.c.collect_after, storage_garbage.c.id)
            .limit(parameter("limit", Integer))
            .with_for_update(skip_locked=True)
        )
        self.collected = Statement(
            delete(storage_garbage).where(
                fence, storage_garbage.c.id == any_(bindparam("ids", type_=ARRAY(BigInteger)))
            )
        )


_OF_SCHOOL = GarbageStatements(of_tenant(storage_garbage))
_OF_ALL = GarbageStatements(literal_column("true"))
_ADD_OF_SCHOOL = Statement(
    insert(storage_garbage).from_select(["tenant_id", *_of_one.columns], select(TENANT, *_of_one.fields))
)
_ADD = Statement(insert(storage_garbage).from_select([*_of_any.columns], select(*_of_any.fields)))


def _values(garbage: Garbage) -> Mapping[str, object]:
    return {"tenant_id": garbage.tenant_id, "prefix": garbage.prefix, "collect_after": garbage.collect_after}


class PostgresStorageGarbage(StorageGarbageRepository):
    """Of the school of the transaction, or of all as the system role."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql
        self._statements = _OF_SCHOOL if isinstance(sql, TenantSql) else _OF_ALL

    async def add(self, garbage: tuple[Garbage, ...]) -> None:
        if not garbage:
            return
        rows = [_values(each) for each in garbage]
        if isinstance(self._sql, TenantSql):
            for each in garbage:
                self._sql.check_school(each.tenant_id)
            await self._sql.gather(_ADD_OF_SCHOOL, **_of_one.values(rows))
        else:
            await self._sql.gather(_ADD, **_of_any.values(rows))

    async def due(self, limit: int, *, now: datetime) -> tuple[GarbageToCollect, ...]:
        return tuple(
            GarbageToCollect(
                id=row["id"],
                garbage=Garbage(tenant_id=row["tenant_id"], prefix=row["prefix"], collect_after=row["collect_after"]),
            )
            for row in await self._sql.rows(self._statements.due, limit=limit, now=now)
        )

    async def collected(self, ids: frozenset[int]) -> None:
        await self._sql.run(self._statements.collected, ids=list(ids))
