"""Answer a request that comes twice once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

from lms_app.ports.clock import Clock
from lms_app.ports.idempotency import IdempotencyRepository, KeptAnswer
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope, TenantScope
from lms_domain.errors import Conflict

ABANDONED_AFTER = timedelta(seconds=120)
"""A request that took longer was cut off: its process is gone."""
KEEP = timedelta(hours=24)
"""How long an answer is kept, in whole days of the sweeper."""

_SYSTEM = SystemScope("an operator's request comes with a key")


class AnswerOnce:
    """A client that does not know whether its request arrived sends it again with the same `Idempotency-Key`: it gets
    the first answer, and nothing is done twice. Keys belong to the person who sends them and are kept for a day.

    While the first request is at work the second is refused; with another body, for good. Errors are not kept: whoever
    sends again after one means it.
    """

    def __init__(self, uow: UnitOfWork, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    async def begin(self, tenant_id: UUID | None, user_id: UUID, key: str, fingerprint: bytes) -> KeptAnswer | None:
        """The first answer, or None: go on, then ``keep`` or ``release``.

        Raises:
            Conflict: ``request_at_work`` or ``idempotency_key_reused``.
        """
        now = self._clock.now()
        async with self._keys(tenant_id) as keys:
            known = await keys.begin(user_id, key, fingerprint, now=now, abandoned_before=now - ABANDONED_AFTER)
        if known is None:
            return None
        if known.fingerprint != fingerprint:
            raise Conflict("This Idempotency-Key was used for another request.", code="idempotency_key_reused")
        if known.answer is None:
            raise Conflict("The same request is at work. Please wait for its answer.", code="request_at_work")
        return known.answer

    async def keep(self, tenant_id: UUID | None, user_id: UUID, key: str, answer: KeptAnswer) -> None:
        """The request was answered."""
        async with self._keys(tenant_id) as keys:
            await keys.keep(user_id, key, answer)

    async def release(self, tenant_id: UUID | None, user_id: UUID, key: str) -> None:
        """The request came to nothing."""
        async with self._keys(tenant_id) as keys:
            await keys.release(user_id, key)

    @asynccontextmanager
    async def _keys(self, tenant_id: UUID | None) -> AsyncIterator[IdempotencyRepository]:
        if tenant_id is None:
            async with self._uow.begin(_SYSTEM) as system:
                yield system.operator_idempotency
                await system.commit()
        else:
            async with self._uow.begin(TenantScope(tenant_id)) as tx:
                yield tx.idempotency
                await tx.commit()
