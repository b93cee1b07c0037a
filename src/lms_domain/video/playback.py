"""Grants to watch: who may fetch which content's media, and until when."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

MAX_GRANT = timedelta(hours=4)
_STEP_SECONDS = 300


@dataclass(frozen=True, slots=True)
class PlaybackGrant:
    """Leave to fetch everything below one content's media, within one session."""

    tenant_id: UUID
    content_id: UUID
    session_id: UUID
    expires_at: datetime


def grant_expiry(*, duration_seconds: float | None, now: datetime) -> datetime:
    """Long enough to watch twice with a break, at most 4 h, rounded up to 5 min so that addresses repeat."""
    wanted = timedelta(seconds=2 * (duration_seconds or 0) + 1800)
    end = (now + min(wanted, MAX_GRANT - timedelta(seconds=_STEP_SECONDS))).timestamp()
    return datetime.fromtimestamp(math.ceil(end / _STEP_SECONDS) * _STEP_SECONDS, UTC)
