"""Port: counting failed sign-ins. For people of one school, or for operators."""

from datetime import datetime
from typing import Protocol

from lms_domain.accounts.lockout import SignInFailures


class SignInFailureRepository(Protocol):
    """Failures by key (see ``lms_domain.accounts.lockout``)."""

    async def get(self, key: str) -> SignInFailures | None:
        """The failures under a key."""
        ...

    async def get_many(self, *keys: str) -> dict[str, SignInFailures]:
        """The failures under each of these keys that has any."""
        ...

    async def count_up(self, key: str, *, now: datetime) -> SignInFailures:
        """One failure more, by one statement, as ``failed_again`` says: of many at once each counts."""
        ...

    async def clear(self, key: str) -> None:
        """Forget a key: somebody got in."""
        ...

    async def clear_account(self, email_folded: str) -> None:
        """Forget an account's failures from everywhere: an administrator unlocks it."""
        ...

    async def forget(self, before: datetime) -> int:
        """Remove what last failed before ``before`` and no longer counts; how many keys that were."""
        ...
