"""Fetch media under a grant."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms_app.ports.clock import Clock
from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.storage import ObjectNotFound, ObjectStorage, OpenObject, StoredObject
from lms_app.ports.tokens import PlaybackTokens
from lms_app.video.standing_grant import nothing_here, standing_grant
from lms_domain.video.storage_keys import media_key


@dataclass(frozen=True, slots=True)
class FoundMedia:
    """An object that may be fetched until ``expires_at``."""

    info: StoredObject
    expires_at: datetime


class OpenMedia:
    """Fetch one file of a content's media under a grant. A wrong school, another content, an expired or revoked grant
    and a path that names nothing all look the same."""

    def __init__(
        self, storage: ObjectStorage, tokens: PlaybackTokens, sessions: SessionDirectory, clock: Clock
    ) -> None:
        self._storage = storage
        self._tokens = tokens
        self._sessions = sessions
        self._clock = clock

    async def find(self, *, tenant_id: UUID, token: str, path: str) -> FoundMedia:
        """The object behind ``path`` below the grant's content.

        Args:
            tenant_id: the school of the host.

        Raises:
            NotFound: for every reason there is.
            StorageUnavailable: see there.
        """
        now = self._clock.now()
        grant = await standing_grant(token, self._tokens, self._sessions, tenant_id=tenant_id, now=now)
        key = media_key(grant.tenant_id, grant.content_id, path)
        if key is None:
            raise nothing_here()
        try:
            return FoundMedia(await self._storage.head(key), grant.expires_at)
        except ObjectNotFound:
            raise nothing_here() from None

    def read(self, found: StoredObject, *, start: int, end: int) -> AbstractAsyncContextManager[OpenObject]:
        """The bytes from ``start`` up to but not including ``end``."""
        return self._storage.open(found.key, start=start, end=end)
