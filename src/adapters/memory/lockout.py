"""Failed sign-ins, in memory."""

from datetime import datetime
from uuid import UUID

from adapters.memory.database import FailureKey
from adapters.memory.tables import Rows
from lms_app.ports.lockout import SignInFailureRepository
from lms_domain.accounts.lockout import SignInFailures, account_key, failed_again


class MemorySignInFailureRepository(SignInFailureRepository):
    """Failures at one school, or (None) of operators: the rows say whose."""

    def __init__(self, failures: Rows[FailureKey, SignInFailures], tenant_id: UUID | None) -> None:
        self._failures = failures
        self._tenant_id = tenant_id

    async def get(self, key: str) -> SignInFailures | None:
        return self._failures.get((self._tenant_id, key))

    async def get_many(self, *keys: str) -> dict[str, SignInFailures]:
        found = {key: await self.get(key) for key in keys}
        return {key: failures for key, failures in found.items() if failures is not None}

    async def count_up(self, key: str, *, now: datetime) -> SignInFailures:
        await self._failures.lock_value(key)
        failures = failed_again(await self.get(key), now=now)
        self._failures.put((self._tenant_id, key), failures)
        return failures

    async def clear(self, key: str) -> None:
        await self._failures.lock_value(key)
        self._failures.remove((self._tenant_id, key))

    async def clear_account(self, email_folded: str) -> None:
        account = account_key(email_folded)
        for (_, key), _ in self._failures.keyed():
            if key.startswith(account):
                await self.clear(key)

    async def forget(self, before: datetime) -> int:
        old = [key for (_, key), failures in self._failures.keyed() if failures.last_at < before]
        for key in old:
            await self.clear(key)
        return len(old)
