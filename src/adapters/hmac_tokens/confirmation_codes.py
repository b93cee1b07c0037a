"""Codes that confirm one thing, for a while."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from adapters.hmac_tokens.signing import SigningKeys
from lms_app.ports.confirmations import ConfirmationCodes

_SHAPE = re.compile(r"([A-Za-z0-9_-]{1,32})\.([1-9][0-9]{0,10})\.([\w-]{43})", re.ASCII)


class HmacConfirmationCodes(ConfirmationCodes):
    """``<key id>.<expiry>.<signature>``: the base64url of HMAC-SHA256 over the two others and the subject.

    Args:
        keys: by key id, derived for this purpose alone. All verify, ``current`` signs.
    """

    def __init__(self, *, keys: Mapping[str, bytes], current: str) -> None:
        self._keys = SigningKeys(keys, current)

    def issue(self, subject: str, *, expires_at: datetime) -> str:
        expiry = str(int(expires_at.timestamp()))
        kid = self._keys.current
        return f"{kid}.{expiry}.{self._keys.sign(kid, expiry, subject)}"

    def holds(self, code: str, subject: str, *, now: datetime) -> bool:
        parts = _SHAPE.fullmatch(code)
        if parts is None:
            return False
        kid, expiry, signature = parts.groups()
        return self._keys.verifies(signature, kid, expiry, subject) and now < datetime.fromtimestamp(int(expiry), UTC)
