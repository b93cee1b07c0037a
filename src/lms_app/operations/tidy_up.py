"""Forget what is kept for a while only."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from lms_app.ports.clock import Clock
from lms_app.ports.unit_of_work import SystemTransaction, UnitOfWork
from lms_app.scope import SystemScope
from lms_domain.accounts.lockout import FORGET_AFTER

KEEP_ANSWERS = timedelta(days=1)
"""How long a client that asks again under the same Idempotency-Key gets the first answer."""
KEEP_ENDED_SESSIONS = timedelta(days=30)
"""How long the use of an old refresh token still tells of a theft."""
_BATCH = 5_000
_TIDY_UP = SystemScope("what is of no use any more is forgotten")

_Forget = Callable[[SystemTransaction], Awaitable[int]]


class TidyUp:
    """Forget kept answers after a day, failed sign-ins that no longer count, and refresh tokens of sessions that ended
    a month ago. In small transactions; interrupted, it goes on at the next time."""

    def __init__(self, uow: UnitOfWork, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    async def __call__(self) -> int:
        """How many rows were removed. Raises Unavailable."""
        now = self._clock.now()
        answers, failures, sessions = now - KEEP_ANSWERS, now - FORGET_AFTER, now - KEEP_ENDED_SESSIONS
        removed = 0
        async with self._uow.begin(_TIDY_UP) as system:
            removed += await system.operator_idempotency.forget(answers)
            removed += await system.operator_sign_in_failures.forget(failures)
            await system.commit()
        of_schools: tuple[_Forget, ...] = (
            lambda system: system.upkeep.forget_idempotency_keys(answers, _BATCH),
            lambda system: system.upkeep.forget_sign_in_failures(failures, _BATCH),
            lambda system: system.ended_sessions.forget_tokens(sessions, _BATCH),
        )
        for forget in of_schools:
            removed += await self._all(forget)
        return removed

    async def _all(self, forget: _Forget) -> int:
        removed = 0
        while True:
            async with self._uow.begin(_TIDY_UP) as system:
                batch = await forget(system)
                await system.commit()
            removed += batch
            if batch < _BATCH:
                return removed
