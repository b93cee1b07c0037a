"""Grants to watch, as one segment of an address."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from adapters.hmac_tokens.signing import SigningKeys
from lms_app.ports.tokens import InvalidToken, PlaybackTokens
from lms_domain.video.playback import PlaybackGrant

MAX_LENGTH = 256
_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_SHAPE = re.compile(
    rf"([A-Za-z0-9_-]{{1,32}})\.([1-9][0-9]{{0,10}})\.({_ID})\.({_ID})\.({_ID})\.([\w-]{{43}})", re.ASCII
)


class HmacPlaybackTokens(PlaybackTokens):
    """``<key id>.<expiry>.<tenant>.<content>.<session>.<signature>``, where the signature is the base64url of
    HMAC-SHA256 over the five others joined by ``|``. Readable on purpose: a web server in front of us finds the folder
    in it, and verifies it without asking us.

    Args:
        keys: by key id, derived for this purpose alone. All verify, ``current`` signs.
    """

    def __init__(self, *, keys: Mapping[str, bytes], current: str) -> None:
        self._keys = SigningKeys(keys, current)

    def issue(self, grant: PlaybackGrant) -> str:
        """See the port. Whole seconds: a fraction of ``expires_at`` is dropped."""
        fields = (
            self._keys.current,
            str(int(grant.expires_at.timestamp())),
            str(grant.tenant_id),
            str(grant.content_id),
            str(grant.session_id),
        )
        return ".".join((*fields, self._keys.sign(*fields)))

    def verify(self, token: str, *, now: datetime) -> PlaybackGrant:
        """See the port."""
        parts = _SHAPE.fullmatch(token) if len(token) <= MAX_LENGTH else None
        if parts is None:
            raise InvalidToken
        kid, expiry, tenant, content, session, signature = parts.groups()
        if not self._keys.verifies(signature, kid, expiry, tenant, content, session):
            raise InvalidToken
        expires_at = datetime.fromtimestamp(int(expiry), UTC)
        if expires_at <= now:
            raise InvalidToken
        return PlaybackGrant(UUID(tenant), UUID(content), UUID(session), expires_at)
