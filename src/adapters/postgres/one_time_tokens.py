"""Links that work once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, LargeBinary, Text, Uuid, any_, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import TENANT, Given, Statement, insert_row, of_tenant, parameter
from adapters.postgres.tables import one_time_tokens
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.one_time_tokens import OneTimeTokenRepository
from lms_domain.accounts.one_time_token import OneTimeToken, TokenPurpose

_NOW = parameter("now", TIMESTAMP)
_ADD = Statement(insert_row(one_time_tokens))
_given = Given(one_time_tokens, *(column.name for column in one_time_tokens.columns if column.name != "tenant_id"))
_ADD_MANY = Statement(
    insert(one_time_tokens).from_select([*_given.columns, "tenant_id"], select(*_given.fields, TENANT))
)
# One UPDATE decides: of two at once the second finds ``used_at`` set when the row is its own.
_TAKE = Statement(
    update(one_time_tokens)
    .where(
        of_tenant(one_time_tokens),
        one_time_tokens.c.fingerprint == parameter("fingerprint", LargeBinary),
        one_time_tokens.c.purpose == parameter("purpose", Text),
        one_time_tokens.c.used_at.is_(None),
        one_time_tokens.c.expires_at > _NOW,
    )
    .values(used_at=_NOW)
    .returning(*one_time_tokens.columns)
)
_REVOKE_ALL = Statement(
    update(one_time_tokens)
    .where(
        of_tenant(one_time_tokens),
        one_time_tokens.c.user_id == parameter("user_id", Uuid),
        one_time_tokens.c.purpose == any_(bindparam("purposes", type_=ARRAY(Text))),
        one_time_tokens.c.used_at.is_(None),
    )
    .values(used_at=_NOW)
)


def token_from_row(row: Row) -> OneTimeToken:
    """A token from its row."""
    return OneTimeToken(
        id=row["id"],
        user_id=row["user_id"],
        purpose=TokenPurpose(row["purpose"]),
        email=row["email"],
        fingerprint=row["fingerprint"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        used_at=row["used_at"],
    )


def _values(token: OneTimeToken) -> dict[str, object]:
    return {
        "id": token.id,
        "user_id": token.user_id,
        "purpose": token.purpose.value,
        "email": token.email,
        "fingerprint": token.fingerprint,
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "used_at": token.used_at,
    }


class PostgresOneTimeTokenRepository(OneTimeTokenRepository):
    """The one-time tokens of one school's people."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add(self, token: OneTimeToken) -> None:
        async with self._sql.survives_taken():
            await self._sql.run(_ADD, **_values(token))

    async def add_many(self, tokens: tuple[OneTimeToken, ...]) -> None:
        async with self._sql.survives_taken():
            await self._sql.run(_ADD_MANY, **_given.values(map(_values, tokens)))

    async def take(self, purpose: TokenPurpose, fingerprint: bytes, *, now: datetime) -> OneTimeToken | None:
        row = await self._sql.row(_TAKE, purpose=purpose.value, fingerprint=fingerprint, now=now)
        return token_from_row(row) if row is not None else None

    async def revoke_all(self, user_id: UUID, purposes: frozenset[TokenPurpose], *, now: datetime) -> None:
        await self._sql.run(_REVOKE_ALL, user_id=user_id, purposes=[each.value for each in purposes], now=now)
