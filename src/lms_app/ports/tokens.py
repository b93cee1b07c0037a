"""Ports: access tokens, refresh tokens, and tokens in media addresses."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from lms_domain.accounts.roles import Role
from lms_domain.video.playback import PlaybackGrant


class InvalidToken(Exception):
    """Forged, expired, of another kind or not for us. Which of these is nobody's business."""


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """What an access token says."""

    user_id: UUID
    tenant_id: UUID | None
    role: Role
    session_id: UUID
    expires_at: datetime
    acting: UUID | None = None
    """The operator who acts as this person, if one does."""


class AccessTokens(Protocol):
    """Short-lived signed tokens for the API, with a key id so that keys can rotate."""

    def issue(self, claims: AccessClaims, *, now: datetime) -> str:
        """A token that says ``claims``."""
        ...

    def verify(self, token: str) -> AccessClaims:
        """What ``token`` says.

        Raises:
            InvalidToken: it proves nothing.
        """
        ...


class RefreshTokens(Protocol):
    """Opaque random tokens. Only their hashes are stored."""

    def first(self) -> str:
        """The first token of a session: 256 random bits."""
        ...

    def successor(self, token: str) -> str:
        """The token that follows ``token``, always the same one: a lost answer can be repeated."""
        ...

    def fingerprint(self, token: str) -> bytes:
        """What is stored of ``token``: 32 bytes from which it cannot be found again."""
        ...


class PlaybackTokens(Protocol):
    """Grants to watch, as one path segment of an address."""

    def issue(self, grant: PlaybackGrant) -> str:
        """The grant as URL-safe text."""
        ...

    def verify(self, token: str, *, now: datetime) -> PlaybackGrant:
        """The grant that ``token`` is.

        Raises:
            InvalidToken: forged or expired.
        """
        ...
