"""Answers kept for clients that ask again: for people of a school and for operators, in tables of their own."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, LargeBinary, Table, Text, Uuid, delete, literal_column, select, update

from adapters.postgres.sql import Row, Sql
from adapters.postgres.statements import Statement, assign, insert_row, of_tenant, parameter
from adapters.postgres.tables import idempotency_keys, platform_idempotency_keys
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.idempotency import IdempotencyRepository, KeptAnswer, KeyedRequest


class IdempotencyStatements:
    """The statements for one table."""

    def __init__(self, keys: Table) -> None:
        has_tenant = "tenant_id" in keys.c
        fence: ColumnElement[bool] = of_tenant(keys) if has_tenant else literal_column("true")
        mine = keys.c.user_id == parameter("user_id", Uuid)
        one = keys.c.key == parameter("key", Text)
        names = ("tenant_id",) if has_tenant else ()
        begun = insert_row(keys, *names, "user_id", "key", "fingerprint", "started_at")
        self.begin = Statement(
            begun.on_conflict_do_update(
                index_elements=list(keys.primary_key.columns),
                set_={"started_at": begun.excluded.started_at},
                where=(
                    keys.c.status.is_(None)
                    & (keys.c.fingerprint == parameter("fingerprint", LargeBinary))
                    & (keys.c.started_at < parameter("abandoned_before", TIMESTAMP))
                ),
            ).returning(keys.c.key)
        )
        self.get = Statement(select(keys).where(fence, mine, one))
        self.keep = Statement(
            update(keys)
            .where(fence, mine, one, keys.c.status.is_(None))
            .values(assign(keys, "status", "content_type", "location", "body"))
        )
        self.release = Statement(delete(keys).where(fence, mine, one, keys.c.status.is_(None)))
        self.forget = Statement(delete(keys).where(fence, keys.c.started_at < parameter("before", TIMESTAMP)))


OF_SCHOOL = IdempotencyStatements(idempotency_keys)
OF_PLATFORM = IdempotencyStatements(platform_idempotency_keys)


class PostgresIdempotencyRepository(IdempotencyRepository):
    """Requests of people of one school, or of operators: ``sql`` and ``statements`` say whose."""

    def __init__(self, sql: Sql, statements: IdempotencyStatements) -> None:
        self._sql = sql
        self._statements = statements

    async def begin(
        self, user_id: UUID, key: str, fingerprint: bytes, *, now: datetime, abandoned_before: datetime
    ) -> KeyedRequest | None:
        begun = await self._sql.row(
            self._statements.begin,
            user_id=user_id,
            key=key,
            fingerprint=fingerprint,
            started_at=now,
            abandoned_before=abandoned_before,
        )
        if begun is not None:
            return None
        row = await self._sql.row(self._statements.get, user_id=user_id, key=key)
        # Released in this very moment: to say "at work" costs its client a second, nothing else.
        return _from_row(row) if row is not None else KeyedRequest(fingerprint, now, None)

    async def keep(self, user_id: UUID, key: str, answer: KeptAnswer) -> None:
        await self._sql.run(
            self._statements.keep,
            user_id=user_id,
            key=key,
            status=answer.status,
            content_type=answer.content_type,
            location=answer.location,
            body=answer.body,
        )

    async def release(self, user_id: UUID, key: str) -> None:
        await self._sql.run(self._statements.release, user_id=user_id, key=key)

    async def forget(self, before: datetime) -> int:
        return await self._sql.run(self._statements.forget, before=before)


def _from_row(row: Row) -> KeyedRequest:
    answer = (
        KeptAnswer(row["status"], row["content_type"], row["location"], row["body"])
        if row["status"] is not None
        else None
    )
    return KeyedRequest(row["fingerprint"], row["started_at"], answer)
