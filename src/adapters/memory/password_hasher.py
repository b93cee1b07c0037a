"""Password hashing without the wait, and without the security."""

import hashlib
import hmac
import unicodedata

from lms_app.ports.password_hasher import HasherSaturated, PasswordHasher


class MemoryPasswordHasher(PasswordHasher):
    """SHA-256 of the password and ``strength``: for tests only. ``is_saturated`` makes every call refuse; ``verified``
    counts verifications, also those of nobody's password."""

    def __init__(self, strength: int = 1) -> None:
        self._strength = strength
        self.is_saturated = False
        self.verified = 0

    async def hash(self, password: str) -> str:
        """See the port."""
        self._enter()
        return f"memory${self._strength}${_digest(self._strength, password)}"

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """See the port."""
        self._enter()
        self.verified += 1
        kind, _, rest = (password_hash or "").partition("$")
        strength, _, digest = rest.partition("$")
        return (
            kind == "memory" and strength.isdecimal() and hmac.compare_digest(_digest(int(strength), password), digest)
        )

    def needs_rehash(self, password_hash: str) -> bool:
        """See the port."""
        strength = password_hash.split("$")[1:2]
        return not strength or not strength[0].isdecimal() or int(strength[0]) < self._strength

    def _enter(self) -> None:
        if self.is_saturated:
            raise HasherSaturated("told so")


def _digest(strength: int, password: str) -> str:
    text = f"{strength}:{unicodedata.normalize('NFC', password)}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
