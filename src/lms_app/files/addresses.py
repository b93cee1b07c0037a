"""Addresses of uploaded files."""

from datetime import timedelta
from uuid import UUID

from lms_app.actor import Actor
from lms_app.ports.clock import Clock
from lms_app.ports.tokens import PlaybackTokens
from lms_app.scope import TenantScope
from lms_domain.video.playback import MAX_GRANT, PlaybackGrant, grant_expiry
from lms_domain.video.storage_keys import public_name

PUBLIC_PREFIX = "/media/public/"


def public_address(key: str | None) -> str | None:
    """Where anybody may fetch a picture that lies under ``key``; None for none."""
    return None if key is None else PUBLIC_PREFIX + public_name(key)


class FileAddresses:
    """Gives leave to fetch documents: like that to watch a video it is part of the address, so that a plain link works,
    and ends with the session."""

    def __init__(self, tokens: PlaybackTokens, clock: Clock) -> None:
        self._tokens = tokens
        self._clock = clock

    def grant(self, scope: TenantScope, actor: Actor, file_id: UUID) -> str:
        """An address that holds for some hours. A file's id is no content's, so no grant is good for both."""
        grant = PlaybackGrant(
            tenant_id=scope.tenant_id,
            content_id=file_id,
            session_id=actor.session_id,
            expires_at=grant_expiry(duration_seconds=MAX_GRANT / timedelta(seconds=1), now=self._clock.now()),
        )
        return f"/media/files/{self._tokens.issue(grant)}"

    def granted(self, scope: TenantScope, actor: Actor, file_id: str | None) -> str | None:
        """The same for what a screen's query says of a file: its id as text, or None."""
        return None if file_id is None else self.grant(scope, actor, UUID(file_id))
