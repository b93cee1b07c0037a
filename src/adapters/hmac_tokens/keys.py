"""One key per purpose, so that a token of one kind can never pass for another."""

import hashlib
import hmac

MIN_SECRET_BYTES = 32


def derive_key(secret: bytes, purpose: str) -> bytes:
    """32 bytes for ``purpose``, from which neither ``secret`` nor another purpose's key can be found.

    HKDF-Expand (RFC 5869, section 2.3), first block; ``secret`` must be random, so that it needs no HKDF-Extract.

    Args:
        purpose: such as ``access``, ``refresh``, ``playback``.

    Raises:
        ValueError: ``secret`` is shorter than 32 bytes, or ``purpose`` is empty.
    """
    if len(secret) < MIN_SECRET_BYTES:
        raise ValueError(f"a secret has at least {MIN_SECRET_BYTES} bytes")
    if not purpose:
        raise ValueError("a key is for a purpose")
    return hmac.digest(secret, f"brain-lms {purpose}".encode() + b"\x01", hashlib.sha256)
