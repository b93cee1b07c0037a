"""Grants that still hold."""

from datetime import datetime
from uuid import UUID

from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.tokens import InvalidToken, PlaybackTokens
from lms_domain.errors import NotFound
from lms_domain.video.playback import PlaybackGrant


def nothing_here() -> NotFound:
    """What everybody hears who may not fetch something, whatever the reason."""
    return NotFound("There is nothing here.")


async def standing_grant(
    token: str, tokens: PlaybackTokens, sessions: SessionDirectory, *, tenant_id: UUID, now: datetime
) -> PlaybackGrant:
    """What ``token`` gives leave to fetch.

    Args:
        tenant_id: the school of the host.

    Raises:
        NotFound: it is none of ours, of another school or expired, or the session that it was given to has ended.
    """
    try:
        grant = tokens.verify(token, now=now)
    except InvalidToken:
        raise nothing_here() from None
    if grant.tenant_id != tenant_id:
        raise nothing_here()
    if await sessions.live(tenant_id=tenant_id, session_id=grant.session_id) is None:
        raise nothing_here()
    return grant
