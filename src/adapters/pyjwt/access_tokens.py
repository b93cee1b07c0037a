"""Access tokens as JWT, HS256, in the profile of RFC 9068."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Literal
from uuid import UUID

import jwt
import msgspec

from lms_app.ports.clock import Clock
from lms_app.ports.tokens import AccessClaims, AccessTokens, InvalidToken
from lms_domain.accounts.roles import Role

ALGORITHM = "HS256"
MAX_TOKEN_LENGTH = 2048
MAX_LIFETIME = timedelta(hours=1)
CLOCK_SKEW = timedelta(seconds=30)
"""How far ahead the clock may be of the machine that issued a token."""

_SHAPE = re.compile(r"([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", re.ASCII)
_KID = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)


class _Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who acts as the subject (RFC 8693, section 4.1)."""

    sub: UUID


class _Claims(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    iss: str
    aud: str
    sub: UUID
    tenant_id: UUID | None
    role: Role
    sid: UUID
    jti: str
    typ: Literal["access"]
    iat: int
    exp: int
    act: _Act | None = None


class PyJwtAccessTokens(AccessTokens):
    """Only what this class writes does it read: a header that differs in one byte from ours names no key, and claims
    must be written exactly as we write them.

    Args:
        keys: by key id, at least 32 bytes each, derived for this purpose alone. All verify, ``current`` signs.
    """

    def __init__(self, *, keys: Mapping[str, bytes], current: str, issuer: str, audience: str, clock: Clock) -> None:
        if current not in keys:
            raise ValueError("the current key must be there")
        for kid, key in keys.items():
            if not _KID.fullmatch(kid) or len(key) < 32:
                raise ValueError(f"key {kid!r}: its id is 1 to 32 of A-Z a-z 0-9 _ -, and it has at least 32 bytes")
        self._key = keys[current]
        self._kid = current
        self._issuer = issuer
        self._audience = audience
        self._clock = clock
        self._jws = jwt.PyJWS(algorithms=[ALGORITHM], options={"enforce_minimum_key_length": True})
        self._keys_by_header = {self._sign(b"", kid, key).partition(".")[0]: key for kid, key in keys.items()}

    def issue(self, claims: AccessClaims, *, now: datetime) -> str:
        """See the port.

        Raises:
            ValueError: valid for longer than ``MAX_LIFETIME``.
        """
        if claims.expires_at - now > MAX_LIFETIME:
            raise ValueError(f"an access token is valid for at most {MAX_LIFETIME}")
        body = _Claims(
            iss=self._issuer,
            aud=self._audience,
            sub=claims.user_id,
            tenant_id=claims.tenant_id,
            role=claims.role,
            sid=claims.session_id,
            jti=token_urlsafe(12),
            typ="access",
            iat=int(now.timestamp()),
            exp=int(claims.expires_at.timestamp()),
            act=_Act(claims.acting) if claims.acting is not None else None,
        )
        return self._sign(msgspec.json.encode(body), self._kid, self._key)

    def verify(self, token: str) -> AccessClaims:
        """See the port."""
        if len(token) > MAX_TOKEN_LENGTH or (parts := _SHAPE.fullmatch(token)) is None:
            raise InvalidToken
        key = self._keys_by_header.get(parts[1])
        if key is None:
            raise InvalidToken
        try:
            payload: bytes = self._jws.decode(token, key, algorithms=[ALGORITHM])
            claims = msgspec.json.decode(payload, type=_Claims)
        except (jwt.PyJWTError, msgspec.MsgspecError, ValueError, RecursionError):
            raise InvalidToken from None
        if msgspec.json.encode(claims) != payload or not self._holds(claims):
            raise InvalidToken
        return AccessClaims(
            user_id=claims.sub,
            tenant_id=claims.tenant_id,
            role=claims.role,
            session_id=claims.sid,
            expires_at=datetime.fromtimestamp(claims.exp, UTC),
            acting=claims.act.sub if claims.act is not None else None,
        )

    def _holds(self, claims: _Claims) -> bool:
        now = self._clock.now().timestamp()
        return (
            claims.iss == self._issuer
            and claims.aud == self._audience
            and claims.iat <= now + CLOCK_SKEW.total_seconds()
            and now < claims.exp <= claims.iat + MAX_LIFETIME.total_seconds()
            and bool(claims.jti)
            and (claims.tenant_id is None) == (claims.role is Role.SUPER_ADMIN)
            and (claims.act is None or claims.tenant_id is not None)
        )

    def _sign(self, payload: bytes, kid: str, key: bytes) -> str:
        return self._jws.encode(payload, key, algorithm=ALGORITHM, headers={"typ": "at+jwt", "kid": kid})
