"""Port: links that work once."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from lms_domain.accounts.one_time_token import OneTimeToken, TokenPurpose


class OneTimeTokenRepository(Protocol):
    """The one-time tokens of one school's people."""

    async def add(self, token: OneTimeToken) -> None:
        """A new token. Raises Taken ``other`` when its fingerprint is known already."""
        ...

    async def add_many(self, tokens: tuple[OneTimeToken, ...]) -> None:
        """The same for many at once. Raises Taken ``other``; then none of them is there."""
        ...

    async def take(self, purpose: TokenPurpose, fingerprint: bytes, *, now: datetime) -> OneTimeToken | None:
        """Use a live token, by one UPDATE: of any number at once only one gets it.

        None when there is no token with this fingerprint for this purpose, or it is used or expired.
        """
        ...

    async def revoke_all(self, user_id: UUID, purposes: frozenset[TokenPurpose], *, now: datetime) -> None:
        """A person's unused tokens for these purposes count as used from now on."""
        ...
