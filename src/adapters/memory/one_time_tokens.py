"""Links that work once, in memory."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from adapters.memory.checks import require
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.one_time_tokens import OneTimeTokenRepository
from lms_app.ports.repositories import Taken
from lms_domain.accounts.one_time_token import OneTimeToken, TokenPurpose
from lms_domain.accounts.person import User


class MemoryOneTimeTokenRepository(OneTimeTokenRepository):
    """The one-time tokens of one school's people."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._users = Rows(database.users, tx, tenant_id)
        self._tokens = Rows(database.one_time_tokens, tx, tenant_id)

    async def add(self, token: OneTimeToken, *, instead_of: frozenset[TokenPurpose] = frozenset()) -> None:
        require(self._users.get(token.user_id))
        await self.revoke_all(token.user_id, instead_of, now=token.created_at)
        await self._tokens.lock_value(token.fingerprint)
        if any(other.fingerprint == token.fingerprint for other in self._tokens.values()):
            raise Taken("other")
        self._tokens.put(token.id, token)

    async def add_many(self, tokens: tuple[OneTimeToken, ...]) -> None:
        for token in tokens:
            require(self._users.get(token.user_id))
            await self._tokens.lock_value(token.fingerprint)
        given = [token.fingerprint for token in tokens]
        known = {token.fingerprint for token in self._tokens.values()}
        if len(set(given)) < len(given) or known.intersection(given):
            raise Taken("other")
        for token in tokens:
            self._tokens.put(token.id, token)

    async def take(
        self, purpose: TokenPurpose, fingerprint: bytes, *, now: datetime
    ) -> tuple[OneTimeToken, User] | None:
        found = next((token for token in self._tokens.values() if token.fingerprint == fingerprint), None)
        token = await self._tokens.lock(found.id) if found is not None else None
        if token is None or token.purpose is not purpose or not token.is_live(now):
            return None
        used, user = token.use(now), await self._users.lock(token.user_id)
        if user is None:
            return None
        self._tokens.put(token.id, used)
        return used, user

    async def revoke_all(self, user_id: UUID, purposes: frozenset[TokenPurpose], *, now: datetime) -> None:
        for each in self._tokens.values():
            if each.user_id == user_id and each.purpose in purposes and each.used_at is None:
                token = await self._tokens.lock(each.id)
                if token is not None and token.used_at is None:
                    self._tokens.put(token.id, replace(token, used_at=now))
