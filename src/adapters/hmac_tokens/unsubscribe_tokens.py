"""Tokens in the links that end mails."""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from uuid import UUID

from lms_app.ports.unsubscribe_tokens import UnsubscribeTokens
from lms_domain.notices.notification import NotificationKind

_ALL = "ALL"
_KINDS = "|".join((*NotificationKind, _ALL))
_SHAPE = re.compile(rf"([A-Za-z0-9_-]{{1,32}})\.([0-9a-f]{{32}})\.({_KINDS})\.([\w-]{{43}})", re.ASCII)


class HmacUnsubscribeTokens(UnsubscribeTokens):
    """``<key id>.<person>.<kind>.<signature>``: the base64url of HMAC-SHA256 over the others and the school.

    Args:
        keys: by key id, derived for this purpose alone. All verify, ``current`` signs.
    """

    def __init__(self, *, keys: Mapping[str, bytes], current: str) -> None:
        if current not in keys:
            raise ValueError("the current key must be there")
        self._keys = dict(keys)
        self._current = current

    def issue(self, tenant_id: UUID, user_id: UUID, kind: NotificationKind | None) -> str:
        name = _ALL if kind is None else kind.value
        return f"{self._current}.{user_id.hex}.{name}.{self._signature(self._current, tenant_id, user_id, name)}"

    def read(self, token: str, tenant_id: UUID) -> tuple[UUID, NotificationKind | None] | None:
        parts = _SHAPE.fullmatch(token)
        if parts is None or parts[1] not in self._keys:
            return None
        user_id, name = UUID(parts[2]), parts[3]
        if not hmac.compare_digest(self._signature(parts[1], tenant_id, user_id, name), parts[4]):
            return None
        return user_id, None if name == _ALL else NotificationKind(name)

    def _signature(self, kid: str, tenant_id: UUID, user_id: UUID, name: str) -> str:
        signed = f"{kid}|{tenant_id.hex}|{user_id.hex}|{name}"
        digest = hmac.digest(self._keys[kid], signed.encode(), hashlib.sha256)
        return urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
