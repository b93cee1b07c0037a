"""Who is asking: every route needs somebody signed in, unless it says otherwise."""

from collections.abc import Awaitable

from dishka import AsyncContainer
from litestar.types import ASGIApp, Receive, Scope, Send

from entrypoints.http.query import check_query, never_null
from entrypoints.http.visit import Visit, visit_of
from lms_app.actor import Actor, Origin
from lms_app.ports.clock import Clock
from lms_app.ports.session_directory import LiveSession, SessionDirectory
from lms_app.ports.tokens import AccessClaims, AccessTokens, InvalidToken
from lms_app.schools.admission import admit
from lms_domain.errors import NotAllowed, NotSignedIn

PUBLIC = {"public": True}
"""``opt`` of a route that needs nobody signed in."""
PUBLIC_FILE = {"public": True, "any_query": True}
"""``opt`` of files, whose addresses may carry any query."""
BEFORE_PASSWORD_CHANGE = {"before_password_change": True, "before_second_factor": True}
"""``opt`` of a route that works while the person must still choose a password of their own, or enrol a factor."""
BEFORE_SECOND_FACTOR = {"before_second_factor": True}
"""``opt`` of a route that works while an operator must still enrol a second factor."""

MAX_TOKEN_BYTES = 2048
_REMEMBERED = 4096


class SessionMiddleware:
    """Turns the bearer token into the actor, before anything of the body is read.

    A token is good on the site that it was made for and nowhere else. Roles come from the session as it is now (at most
    5 seconds old), never from the token.
    """

    def __init__(self, container: AsyncContainer, *, operators_need_second_factor: bool) -> None:
        self._container = container
        self._operators_need_second_factor = operators_need_second_factor
        self._ports: tuple[TokenVerifier, SessionDirectory] | None = None

    def __call__(self, app: ASGIApp) -> ASGIApp:
        """Before ``app``. No coroutine of our own stands between it and a route that is public."""

        def for_everybody(scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
            opt = scope["route_handler"].opt
            if scope["query_string"] and not opt.get("any_query"):
                check_query(scope["query_string"], never_null(scope["route_handler"]))
            if opt.get("public") or scope["method"] == "OPTIONS":  # type: ignore[typeddict-item]  # never a websocket
                return app(scope, receive, send)
            return self._for_the_signed_in(scope, receive, send, app)

        return for_everybody

    async def _for_the_signed_in(self, scope: Scope, receive: Receive, send: Send, app: ASGIApp) -> None:
        opt = scope["route_handler"].opt
        visit = visit_of(scope)
        session = await self._live_session(visit)
        if visit.school is not None:
            admit(visit.school)
        # Not asked of a visiting operator: the password is not theirs.
        must_change = session.must_change_password and session.impersonated_by is None
        if must_change and not opt.get("before_password_change"):
            raise NotAllowed("Please choose a password of your own first.", code="password_change_required")
        if (
            visit.school is None
            and self._operators_need_second_factor
            and not session.has_second_factor
            and not opt.get("before_second_factor")
        ):
            raise NotAllowed("Operators need a second factor. Please enrol one.", code="second_factor_required")
        await app(scope, receive, send)

    async def _live_session(self, visit: Visit) -> LiveSession:
        if self._ports is None:
            tokens, clock = await self._container.get(AccessTokens), await self._container.get(Clock)
            self._ports = TokenVerifier(tokens, clock), await self._container.get(SessionDirectory)
        verifier, sessions = self._ports
        tenant_id = visit.school.tenant_id if visit.school else None
        try:
            claims = verifier.claims(_bearer(visit))
        except InvalidToken:
            raise _not_signed_in() from None
        if claims.tenant_id != tenant_id:
            raise _not_signed_in()
        session = await sessions.live(tenant_id=tenant_id, session_id=claims.session_id)
        if session is None or (session.user_id, session.impersonated_by) != (claims.user_id, claims.acting):
            raise _not_signed_in()
        visit.access_ends_at = claims.expires_at
        visit.actor = Actor(
            user_id=session.user_id,
            tenant_id=tenant_id,
            role=session.role,
            session_id=session.session_id,
            email=session.email,
            impersonated_by=session.impersonated_by,
            origin=Origin(visit.address, visit.request_id),
        )
        return session


class TokenVerifier:
    """Remembers what it has verified: a page asks many times with one token, and a signature costs more than a route.

    What is remembered ends with the token itself, so nothing becomes valid for longer.
    """

    def __init__(self, tokens: AccessTokens, clock: Clock) -> None:
        self._tokens = tokens
        self._clock = clock
        self._known: dict[str, AccessClaims] = {}

    def claims(self, token: str) -> AccessClaims:
        """What ``token`` says.

        Raises:
            InvalidToken: it proves nothing.
        """
        known = self._known.get(token)
        if known is not None and known.expires_at > self._clock.now():
            return known
        claims = self._tokens.verify(token)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[token] = claims
        return claims


def _bearer(visit: Visit) -> str:
    header = visit.authorization
    if header is None or visit.has_two_authorizations or len(header) > MAX_TOKEN_BYTES:
        raise _not_signed_in()
    scheme, _, token = header.partition(b" ")
    if scheme.lower() != b"bearer" or not token:
        raise _not_signed_in()
    try:
        return token.decode("ascii")
    except UnicodeDecodeError:
        raise _not_signed_in() from None


def _not_signed_in() -> NotSignedIn:
    return NotSignedIn("Please sign in.")
