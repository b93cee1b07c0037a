"""Failed sign-ins: the same for people of a school and for operators, in tables of their own."""

from datetime import datetime

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    Interval,
    Table,
    Text,
    any_,
    bindparam,
    case,
    cast,
    delete,
    literal_column,
    select,
)

from adapters.postgres.sql import Row, Sql
from adapters.postgres.statements import Statement, insert_row, of_tenant, parameter
from adapters.postgres.tables import platform_sign_in_failures, sign_in_failures
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.lockout import SignInFailureRepository
from lms_domain.accounts.lockout import FORGET_AFTER, SignInFailures, account_key

_BEHIND_ALL = "\U0010ffff"
"""Sorts behind every other character, so that a prefix is a range of the index."""


class FailureStatements:
    """The statements for one table."""

    def __init__(self, failures: Table) -> None:
        has_tenant = "tenant_id" in failures.c
        fence: ColumnElement[bool] = of_tenant(failures) if has_tenant else literal_column("true")
        key = failures.c.key
        self.get = Statement(select(failures).where(fence, key == parameter("key", Text)))
        self.get_many = Statement(
            select(failures).where(fence, key == any_(bindparam("keys", type_=ARRAY(Text)))).order_by(key)
        )
        first = insert_row(failures)
        forgotten = first.excluded.last_at - failures.c.last_at >= cast(parameter("forget_after", Interval), Interval)
        one = literal_column("1", Integer)
        self.count_up = Statement(
            first.on_conflict_do_update(
                index_elements=list(failures.primary_key.columns),
                set_={
                    "count": case((forgotten, one), else_=failures.c.count + one),
                    "last_at": first.excluded.last_at,
                },
            ).returning(failures.c.count, failures.c.last_at)
        )
        self.clear = Statement(delete(failures).where(fence, key == any_(bindparam("keys", type_=ARRAY(Text)))))
        self.clear_account = Statement(
            delete(failures).where(fence, key >= parameter("first", Text), key < parameter("last", Text))
        )
        self.forget = Statement(delete(failures).where(fence, failures.c.last_at < parameter("before", TIMESTAMP)))


OF_SCHOOL = FailureStatements(sign_in_failures)
OF_PLATFORM = FailureStatements(platform_sign_in_failures)


class PostgresSignInFailureRepository(SignInFailureRepository):
    """Failures at one school, or of operators: ``sql`` and ``statements`` say whose."""

    def __init__(self, sql: Sql, statements: FailureStatements) -> None:
        self._sql = sql
        self._statements = statements

    async def get(self, key: str) -> SignInFailures | None:
        row = await self._sql.row(self._statements.get, key=key)
        return _failures_from_row(row) if row is not None else None

    async def get_many(self, *keys: str) -> dict[str, SignInFailures]:
        rows = await self._sql.rows(self._statements.get_many, keys=list(keys))
        return {row["key"]: _failures_from_row(row) for row in rows}

    async def count_up(self, key: str, *, now: datetime) -> SignInFailures:
        row = await self._sql.row(self._statements.count_up, key=key, count=1, last_at=now, forget_after=FORGET_AFTER)
        if row is None:
            raise LookupError("an upsert gives its row back")
        return _failures_from_row(row)

    async def clear(self, key: str) -> None:
        await self._sql.gather(self._statements.clear, keys=[key])

    async def clear_account(self, email_folded: str) -> None:
        first = account_key(email_folded)
        await self._sql.later(self._statements.clear_account, first=first, last=first + _BEHIND_ALL)

    async def forget(self, before: datetime) -> int:
        return await self._sql.run(self._statements.forget, before=before)


def _failures_from_row(row: Row) -> SignInFailures:
    return SignInFailures(count=row["count"], last_at=row["last_at"])
