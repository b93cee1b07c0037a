"""Secrets that are kept and must be read again, sealed with a key that the database does not have.

Encrypt-then-MAC (Bellare and Namprempre, 2000) from HMAC-SHA-256 alone: a pseudorandom function in counter mode makes
the key stream, and the tag covers everything, what the secret belongs to included. The secrets are few and short.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from itertools import count

_NONCE_BYTES = 16
_TAG_BYTES = 32


class SealBroken(Exception):
    """What was stored cannot be opened: changed, moved to somebody else, or sealed with a key that is gone."""


class SecretSeal:
    """Seals short secrets. Old keys open what they sealed; the current one seals."""

    def __init__(self, keys: Mapping[str, bytes], current: str) -> None:
        """Keys of 32 bytes by their ids, which are short ASCII texts."""
        self._keys = keys
        self._current = current

    def seal(self, secret: bytes, *, owner: bytes) -> bytes:
        """``secret`` in a form that says nothing; ``owner`` is whose it is and must be named again to open it."""
        key_id, nonce = self._current.encode("ascii"), secrets.token_bytes(_NONCE_BYTES)
        key = self._keys[self._current]
        sealed = bytes([len(key_id)]) + key_id + nonce + _xor(secret, key, nonce)
        return sealed + _tag(key, sealed, owner)

    def open(self, sealed: bytes, *, owner: bytes) -> bytes:
        """What was sealed for ``owner``.

        Raises:
            SealBroken: see there.
        """
        head = 1 + (sealed[0] if sealed else 0)
        key = self._keys.get(sealed[1:head].decode("ascii", "replace"))
        body, tag = sealed[:-_TAG_BYTES], sealed[-_TAG_BYTES:]
        if key is None or len(body) < head + _NONCE_BYTES or not hmac.compare_digest(tag, _tag(key, body, owner)):
            raise SealBroken("a sealed secret cannot be opened")
        return _xor(body[head + _NONCE_BYTES :], key, body[head : head + _NONCE_BYTES])


def _xor(text: bytes, key: bytes, nonce: bytes) -> bytes:
    own = hmac.digest(key, b"encrypt", hashlib.sha256)
    stream = bytearray()
    for block in count():
        if len(stream) >= len(text):
            break
        stream += hmac.digest(own, nonce + block.to_bytes(4, "big"), hashlib.sha256)
    return bytes(a ^ b for a, b in zip(text, stream, strict=False))


def _tag(key: bytes, body: bytes, owner: bytes) -> bytes:
    own = hmac.digest(key, b"authenticate", hashlib.sha256)
    return hmac.digest(own, len(owner).to_bytes(4, "big") + owner + body, hashlib.sha256)
