"""Links that work once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, LargeBinary, Text, Uuid, any_, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.accounts import user_from_row
from adapters.postgres.school import BESIDE, PostgresSchoolRepository
from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import TENANT, Given, Statement, insert_row, of_tenant, parameter
from adapters.postgres.tables import one_time_tokens, tenants, users
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.one_time_tokens import OneTimeTokenRepository
from lms_domain.accounts.one_time_token import OneTimeToken, TokenPurpose
from lms_domain.accounts.person import User

_NOW, _CREATED = parameter("now", TIMESTAMP), parameter("created_at", TIMESTAMP)
_given = Given(one_time_tokens, *(column.name for column in one_time_tokens.columns if column.name != "tenant_id"))
_ADD_MANY = Statement(
    insert(one_time_tokens).from_select([*_given.columns, "tenant_id"], select(*_given.fields, TENANT))
)
# One UPDATE decides: of two at once the second finds ``used_at`` set when the row is its own.
_taken = (
    update(one_time_tokens)
    .where(
        of_tenant(one_time_tokens),
        one_time_tokens.c.fingerprint == parameter("fingerprint", LargeBinary),
        one_time_tokens.c.purpose == parameter("purpose", Text),
        one_time_tokens.c.used_at.is_(None),
        one_time_tokens.c.expires_at > _NOW,
    )
    .values(used_at=_NOW)
    .returning(*(column.label(f"token_{column.name}") for column in one_time_tokens.columns))
    .cte("taken")
)
_TAKE = Statement(
    select(*users.columns, *_taken.columns, *BESIDE)
    .join_from(_taken, users, users.c.id == _taken.c.token_user_id)
    .join(tenants, tenants.c.id == users.c.tenant_id)
    .where(of_tenant(users))
    .with_for_update(of=users, key_share=True)
)
_revoked = (
    update(one_time_tokens)
    .where(
        of_tenant(one_time_tokens),
        one_time_tokens.c.user_id == parameter("user_id", Uuid),
        one_time_tokens.c.purpose == any_(bindparam("purposes", type_=ARRAY(Text))),
        one_time_tokens.c.used_at.is_(None),
    )
    .values(used_at=_NOW)
)
_REVOKE_ALL = Statement(_revoked)
# What is new is not there yet for the rest of the statement.
_REPLACE = Statement(insert_row(one_time_tokens).add_cte(_revoked.values(used_at=_CREATED).cte("revoked")))


def _token_from_row(row: Row) -> OneTimeToken:
    return OneTimeToken(
        id=row["token_id"],
        user_id=row["token_user_id"],
        purpose=TokenPurpose(row["token_purpose"]),
        email=row["token_email"],
        fingerprint=row["token_fingerprint"],
        created_at=row["token_created_at"],
        expires_at=row["token_expires_at"],
        used_at=row["token_used_at"],
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

    def __init__(self, sql: TenantSql, school: PostgresSchoolRepository) -> None:
        self._sql = sql
        self._school = school

    async def add(self, token: OneTimeToken, *, instead_of: frozenset[TokenPurpose] = frozenset()) -> None:
        await self._sql.later(_REPLACE, **_values(token), purposes=[each.value for each in instead_of])

    async def add_many(self, tokens: tuple[OneTimeToken, ...]) -> None:
        if tokens:
            await self._sql.gather(_ADD_MANY, **_given.values(map(_values, tokens)))

    async def take(
        self, purpose: TokenPurpose, fingerprint: bytes, *, now: datetime
    ) -> tuple[OneTimeToken, User] | None:
        row = await self._sql.row(_TAKE, purpose=purpose.value, fingerprint=fingerprint, now=now)
        if row is None:
            return None
        self._school.from_beside(row)
        return _token_from_row(row), user_from_row(row)

    async def revoke_all(self, user_id: UUID, purposes: frozenset[TokenPurpose], *, now: datetime) -> None:
        await self._sql.later(_REVOKE_ALL, user_id=user_id, purposes=[each.value for each in purposes], now=now)
