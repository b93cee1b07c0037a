"""Tries to prove who one is: how many are looked at, and when."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from lms_app.ports.lockout import SignInFailureRepository
from lms_domain.accounts.lockout import (
    FREE_TRIES,
    NETWORK_FREE_TRIES,
    SignInFailures,
    TooManyTries,
    account_and_network_key,
    account_key,
    network_key,
)

MAX_WAITING = 256
"""Tries of one account from one network that wait for their turn in this process."""


@dataclass(frozen=True, slots=True)
class TryKeys:
    """What failures of one account from one network are counted under."""

    account_and_network: str
    network: str
    otp: str
    """Codes are guessed only by those who know the password, so these count from everywhere together: six digits
    would not withstand a thousand networks."""

    @classmethod
    def of(cls, email_folded: str, address: str) -> Self:
        """The keys for a try with that e-mail address from that client's address."""
        return cls(
            account_and_network=account_and_network_key(email_folded, address),
            network=network_key(address),
            otp=f"{account_key(email_folded)}#otp",
        )


async def require_a_try(failures: SignInFailureRepository, keys: TryKeys, *, now: datetime) -> bool:
    """Whether there are failures to forget after a success.

    Raises:
        TooManyTries: account and network, or the network alone, must wait after failures.
    """
    free_tries = {keys.account_and_network: FREE_TRIES, keys.network: NETWORK_FREE_TRIES}
    earlier = await failures.get_many(*free_tries)
    for key, failed in earlier.items():
        check_no_wait(failed, free_tries[key], now=now)
    return bool(earlier)


def check_no_wait(failed: SignInFailures | None, free_tries: int, *, now: datetime) -> None:
    """Raises TooManyTries while the next try must wait."""
    if failed is not None and (wait := failed.wait_seconds(now, free_tries=free_tries)):
        raise TooManyTries(wait)


async def count_failure(failures: SignInFailureRepository, keys: TryKeys, *, now: datetime) -> None:
    """A try failed. Accounts that do not exist are counted just the same."""
    await failures.count_up(keys.account_and_network, now=now)
    await failures.count_up(keys.network, now=now)


async def forget_failures(failures: SignInFailureRepository, keys: TryKeys) -> None:
    """Somebody got in: what counts is failures in a row. A school whose people share one address and mistype now and
    then must not be shut out."""
    await failures.clear(keys.account_and_network)
    await failures.clear(keys.network)


class Turns:
    """Lets few tries of one account from one network be in hand at the same time; others wait for their turn.

    Failures are counted once they are known. Without this a thousand wrong passwords sent at once would all be looked
    at before the first of them counts.
    """

    def __init__(self) -> None:
        self._lines: dict[tuple[UUID | None, str], _Line] = {}

    @asynccontextmanager
    async def turn(self, tenant_id: UUID | None, keys: TryKeys) -> AsyncIterator[None]:
        """Raises TooManyTries when the line is too long."""
        place = (tenant_id, keys.account_and_network)
        line = self._lines.setdefault(place, _Line())
        if line.waiting >= MAX_WAITING:
            raise TooManyTries(1)
        line.waiting += 1
        try:
            async with line.turns:
                yield
        finally:
            line.waiting -= 1
            if not line.waiting:
                del self._lines[place]


class _Line:
    def __init__(self) -> None:
        self.turns = asyncio.Semaphore(FREE_TRIES)
        self.waiting = 0
