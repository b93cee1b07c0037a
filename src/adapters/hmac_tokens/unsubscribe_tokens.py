"""Tokens in the links that end mails."""

import re
from collections.abc import Mapping
from uuid import UUID

from adapters.hmac_tokens.signing import SigningKeys
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
        self._keys = SigningKeys(keys, current)

    def issue(self, tenant_id: UUID, user_id: UUID, kind: NotificationKind | None) -> str:
        kid, name = self._keys.current, _ALL if kind is None else kind.value
        return f"{kid}.{user_id.hex}.{name}.{self._keys.sign(kid, tenant_id.hex, user_id.hex, name)}"

    def read(self, token: str, tenant_id: UUID) -> tuple[UUID, NotificationKind | None] | None:
        parts = _SHAPE.fullmatch(token)
        if parts is None:
            return None
        kid, user_id, name, signature = parts.groups()
        if not self._keys.verifies(signature, kid, tenant_id.hex, user_id, name):
            return None
        return UUID(user_id), None if name == _ALL else NotificationKind(name)
