"""Codes that confirm one thing, for a while."""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, datetime

from lms_app.ports.confirmations import ConfirmationCodes

_SHAPE = re.compile(r"([A-Za-z0-9_-]{1,32})\.([1-9][0-9]{0,10})\.([\w-]{43})", re.ASCII)


class HmacConfirmationCodes(ConfirmationCodes):
    """``<key id>.<expiry>.<signature>``: the base64url of HMAC-SHA256 over the two others and the subject.

    Args:
        keys: by key id, derived for this purpose alone. All verify, ``current`` signs.
    """

    def __init__(self, *, keys: Mapping[str, bytes], current: str) -> None:
        if current not in keys:
            raise ValueError("the current key must be there")
        self._keys = dict(keys)
        self._current = current

    def issue(self, subject: str, *, expires_at: datetime) -> str:
        expiry = str(int(expires_at.timestamp()))
        return f"{self._current}.{expiry}.{self._signature(self._current, expiry, subject)}"

    def holds(self, code: str, subject: str, *, now: datetime) -> bool:
        parts = _SHAPE.fullmatch(code)
        if parts is None or parts[1] not in self._keys:
            return False
        kid, expiry, signature = parts.groups()
        is_ours = hmac.compare_digest(self._signature(kid, expiry, subject), signature)
        return is_ours and now < datetime.fromtimestamp(int(expiry), UTC)

    def _signature(self, kid: str, expiry: str, subject: str) -> str:
        digest = hmac.digest(self._keys[kid], f"{kid}|{expiry}|{subject}".encode(), hashlib.sha256)
        return urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
