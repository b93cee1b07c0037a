"""What sign-in, refresh and password change share: the tokens that they give out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lms_app.ports.tokens import AccessClaims, AccessTokens
from lms_domain.accounts.roles import Role

ACCESS_LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Tokens:
    """A short-lived access token and the refresh token that follows the one used."""

    access: str
    refresh: str


def access_token(
    tokens: AccessTokens, *, user_id: UUID, tenant_id: UUID | None, role: Role, session_id: UUID, now: datetime
) -> str:
    """A new access token for a session that holds."""
    claims = AccessClaims(
        user_id=user_id, tenant_id=tenant_id, role=role, session_id=session_id, expires_at=now + ACCESS_LIFETIME
    )
    return tokens.issue(claims, now=now)
