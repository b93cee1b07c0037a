"""Port: links that work once."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from lms_domain.accounts.one_time_token import OneTimeToken, TokenPurpose
from lms_domain.accounts.person import User


class OneTimeTokenRepository(Protocol):
    """The one-time tokens of one school's people."""

    async def add(self, token: OneTimeToken, *, instead_of: frozenset[TokenPurpose] = frozenset()) -> None:
        """A new token; the person's unused tokens for the purposes ``instead_of`` count as used from now on.

        Raises:
            Taken: ``other``, at the latest with the commit: its fingerprint is known already.
        """
        ...

    async def add_many(self, tokens: tuple[OneTimeToken, ...]) -> None:
        """The same for many at once: all of them are there, or nothing of the transaction."""
        ...

    async def take(
        self, purpose: TokenPurpose, fingerprint: bytes, *, now: datetime
    ) -> tuple[OneTimeToken, User] | None:
        """Use a live token, by one UPDATE: of any number at once only one gets it. And its person, locked until the
        transaction ends.

        None when there is no token with this fingerprint for this purpose, or it is used or expired.
        """
        ...

    async def revoke_all(self, user_id: UUID, purposes: frozenset[TokenPurpose], *, now: datetime) -> None:
        """A person's unused tokens for these purposes count as used from now on."""
        ...
