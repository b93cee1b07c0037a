"""Signatures of everything that is signed with HMAC."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping


class SigningKeys:
    """Keys by their id, derived for one purpose alone. All verify, ``current`` signs.

    Raises:
        ValueError: there is no key ``current``.
    """

    def __init__(self, keys: Mapping[str, bytes], current: str) -> None:
        if current not in keys:
            raise ValueError("the current key must be there")
        self._keys = dict(keys)
        self.current = current

    def sign(self, *fields: str) -> str:
        """The base64url, 43 characters, of HMAC-SHA256 over ``fields`` joined by ``|``. The first one names the key.

        Raises:
            KeyError: there is no such key.
        """
        digest = hmac.digest(self._keys[fields[0]], "|".join(fields).encode(), hashlib.sha256)
        return urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")

    def verifies(self, signature: str, *fields: str) -> bool:
        """Whether ``signature`` is that of ``fields``; False as well when their key is unknown. ``signature`` is
        ASCII."""
        return fields[0] in self._keys and hmac.compare_digest(self.sign(*fields), signature)
