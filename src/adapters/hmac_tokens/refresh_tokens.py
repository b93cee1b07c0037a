"""Refresh tokens: opaque to those who hold them, and each follows from the one before."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from secrets import token_bytes

from lms_app.ports.tokens import RefreshTokens


class HmacRefreshTokens(RefreshTokens):
    """``<key id>.<256 bits>``. The key id stays with the session, so that a repeated request has the same successor
    on every machine while keys are being replaced; once a key is gone, its sessions go on under the current one.

    Args:
        keys: by key id, derived for this purpose alone.
    """

    def __init__(self, *, keys: Mapping[str, bytes], current: str) -> None:
        if current not in keys or any("." in kid for kid in keys):
            raise ValueError("the current key must be there, and no key id has a dot")
        self._keys = dict(keys)
        self._current = current

    def first(self) -> str:
        """See the port."""
        return f"{self._current}.{_text(token_bytes(32))}"

    def successor(self, token: str) -> str:
        """See the port."""
        kid = token.partition(".")[0]
        if kid not in self._keys:
            kid = self._current
        return f"{kid}.{_text(hmac.digest(self._keys[kid], _bytes(token), hashlib.sha256))}"

    def fingerprint(self, token: str) -> bytes:
        """See the port."""
        return hashlib.sha256(_bytes(token)).digest()


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _bytes(token: str) -> bytes:
    """Whatever a client sends has a fingerprint."""
    return token.encode("utf-8", "surrogatepass")
