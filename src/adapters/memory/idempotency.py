"""Answers kept for clients that ask again, in memory."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from adapters.memory.checks import require
from adapters.memory.database import IdempotencyKey
from adapters.memory.tables import Rows
from lms_app.ports.idempotency import IdempotencyRepository, KeptAnswer, KeyedRequest
from lms_domain.accounts.person import User


class MemoryIdempotencyRepository(IdempotencyRepository):
    """Requests of people of one school, or of operators."""

    def __init__(
        self, people: Rows[UUID, User] | None, keys: Rows[IdempotencyKey, KeyedRequest], tenant_id: UUID | None
    ) -> None:
        """``people``: who may ask; None: anybody."""
        self._people = people
        self._keys = keys
        self._tenant_id = tenant_id

    async def begin(
        self, user_id: UUID, key: str, fingerprint: bytes, *, now: datetime, abandoned_before: datetime
    ) -> KeyedRequest | None:
        if self._people is not None:
            require(self._people.get(user_id))
        name = (self._tenant_id, user_id, key)
        await self._keys.lock_value(name)
        known = self._keys.get(name)
        if known is not None and not (
            known.answer is None and known.fingerprint == fingerprint and known.started_at < abandoned_before
        ):
            return known
        self._keys.put(name, KeyedRequest(fingerprint, now, None))
        return None

    async def keep(self, user_id: UUID, key: str, answer: KeptAnswer) -> None:
        known = await self._keys.lock((self._tenant_id, user_id, key))
        if known is not None and known.answer is None:
            self._keys.put((self._tenant_id, user_id, key), replace(known, answer=answer))

    async def release(self, user_id: UUID, key: str) -> None:
        known = await self._keys.lock((self._tenant_id, user_id, key))
        if known is not None and known.answer is None:
            self._keys.remove((self._tenant_id, user_id, key))

    async def forget(self, before: datetime) -> int:
        old = [name for name, known in self._keys.keyed() if name[0] == self._tenant_id and known.started_at < before]
        for name in old:
            self._keys.remove(name)
        return len(old)
