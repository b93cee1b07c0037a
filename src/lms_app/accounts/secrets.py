"""Secrets that are given out once, in a link or as a code, and of which only a fingerprint is kept."""

import hashlib
from base64 import b32encode, urlsafe_b64encode
from dataclasses import dataclass

from lms_app.ports.randomness import Randomness

_LINK_BYTES = 32
_RECOVERY_BYTES = 10
_GROUP = 4


@dataclass(frozen=True, slots=True)
class NewSecret:
    """``text`` goes to the person and nowhere else; ``fingerprint`` is stored."""

    text: str
    fingerprint: bytes


def new_secret(randomness: Randomness) -> NewSecret:
    """For a link or a code that a machine carries: 256 bits, fit for an address."""
    text = urlsafe_b64encode(randomness.random_bytes(_LINK_BYTES)).rstrip(b"=").decode("ascii")
    return NewSecret(text, fingerprint_of(text))


def fingerprint_of(text: str) -> bytes:
    """What is kept of a secret: 32 bytes from which it cannot be found again, since it is random and long enough.
    Whatever a client sends has one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def new_recovery_code(randomness: Randomness) -> NewSecret:
    """For paper: 80 bits, as four groups of four letters and digits."""
    plain = b32encode(randomness.random_bytes(_RECOVERY_BYTES)).decode("ascii").lower()
    text = "-".join(plain[at : at + _GROUP] for at in range(0, len(plain), _GROUP))
    return NewSecret(text, recovery_fingerprint(text))


def recovery_fingerprint(typed: str) -> bytes:
    """The fingerprint of a recovery code as somebody typed it: case, hyphens and spaces do not matter."""
    return fingerprint_of("".join(c for c in typed.casefold() if c.isalnum()))
