"""What sign-in, refresh and password change share: sessions, and the tokens that they give out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lms_app.ports.ids import Ids
from lms_app.ports.repositories import NewSession
from lms_app.ports.tokens import AccessClaims, AccessTokens, RefreshTokens
from lms_domain.accounts.roles import Role

ACCESS_LIFETIME = timedelta(minutes=10)
SESSION_LIFETIME = timedelta(days=30)
OPERATOR_SESSION_LIFETIME = timedelta(hours=12)
MAX_SESSIONS = 20
"""Of one person. Whoever signs in once more is signed out where they signed in longest ago."""
MAX_USER_AGENT = 300
"""Characters that are kept."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A short-lived access token and the refresh token that follows the one used."""

    access: str
    refresh: str


@dataclass(frozen=True, slots=True)
class Device:
    """Where somebody sits who is not signed in yet; texts are empty when nothing is known."""

    address: str = ""
    user_agent: str = ""


def new_session(
    tokens: RefreshTokens, ids: Ids, *, user_id: UUID, role: Role, now: datetime, device: Device
) -> tuple[NewSession, str]:
    """A session to be stored, of somebody who has just proved who they are, and its first refresh token."""
    first = tokens.first()
    lifetime = OPERATOR_SESSION_LIFETIME if role is Role.SUPER_ADMIN else SESSION_LIFETIME
    session = NewSession(
        id=ids.new(),
        user_id=user_id,
        fingerprint=tokens.fingerprint(first),
        created_at=now,
        expires_at=now + lifetime,
        address=device.address,
        user_agent=_shown(device.user_agent),
        confirmed_at=now,
    )
    return session, first


def access_token(
    tokens: AccessTokens, *, user_id: UUID, tenant_id: UUID | None, role: Role, session_id: UUID, now: datetime
) -> str:
    """A new access token for a session that holds."""
    claims = AccessClaims(
        user_id=user_id, tenant_id=tenant_id, role=role, session_id=session_id, expires_at=now + ACCESS_LIFETIME
    )
    return tokens.issue(claims, now=now)


def _shown(user_agent: str) -> str:
    return "".join(c if c.isprintable() else " " for c in user_agent[:MAX_USER_AGENT]).strip()
