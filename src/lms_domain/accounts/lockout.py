"""How long to wait after failed sign-ins. Delays grow and end; nobody can lock somebody else out for good."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from math import ceil

from lms_domain.errors import LmsError

FREE_TRIES = 5
"""Failures of one account from one network that cost nothing."""
NETWORK_FREE_TRIES = 50
"""Failures from one network, over all accounts: a whole school may sit behind one address."""
MAX_WAIT_SECONDS = 15 * 60
FORGET_AFTER = timedelta(hours=1)
"""After so long without a failure all is forgotten. Longer than the longest wait."""


class TooManyTries(LmsError):
    """Another try is looked at only after a while."""

    code = "too_many_tries"

    def __init__(self, wait_seconds: float) -> None:
        self.wait_seconds = max(1, ceil(wait_seconds))
        """Whole seconds, at least 1."""
        super().__init__(f"Too many tries. Please wait {_in_words(self.wait_seconds)} and try again.")


@dataclass(frozen=True, slots=True)
class SignInFailures:
    """Failures in a row under one key."""

    count: int
    last_at: datetime

    def counted(self, now: datetime) -> int:
        """How many still count."""
        return 0 if now - self.last_at >= FORGET_AFTER else self.count

    def wait_seconds(self, now: datetime, *, free_tries: int = FREE_TRIES) -> float:
        """Seconds until the next try is looked at; 0.0 when that is now.

        After ``free_tries`` failures 1 s, then twice as long each time, at most ``MAX_WAIT_SECONDS``.
        """
        beyond = self.counted(now) - free_tries
        if beyond < 0:
            return 0.0
        delay = min(MAX_WAIT_SECONDS, 1 << min(beyond, 20))
        return max(0.0, min(delay, delay - (now - self.last_at).total_seconds()))


def _in_words(seconds: int) -> str:
    minutes = ceil(seconds / 60)
    if seconds <= 90:
        return "a second" if seconds == 1 else f"{seconds} seconds"
    return f"{minutes} minutes"


def failed_again(earlier: SignInFailures | None, *, now: datetime) -> SignInFailures:
    """The failures with one more, now. (Storage does the same in one statement.)"""
    return SignInFailures(count=(earlier.counted(now) if earlier is not None else 0) + 1, last_at=now)


def account_key(email_folded: str) -> str:
    """What all keys of an account begin with. A digest: addresses of people who have no account are not kept."""
    return "account:" + hashlib.sha256(email_folded.encode()).hexdigest()


def account_and_network_key(email_folded: str, address: str) -> str:
    """The key for an account and where the tries come from: a stranger elsewhere slows nobody down."""
    return f"{account_key(email_folded)}@{network_of(address)}"


def network_key(address: str) -> str:
    """The key for everything from one network."""
    return f"network:{network_of(address)}"


def network_of(address: str) -> str:
    """The network that a client's address counts for: one IPv4 address, or an IPv6 /64, which one client has to
    itself. ``unknown`` for what is no address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)
