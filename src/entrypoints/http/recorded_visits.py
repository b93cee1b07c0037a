"""What operators ask for while they visit a school is recorded."""

from dishka import AsyncContainer
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from entrypoints.http.visit import visit_of
from lms_app.accounts.record_visit import RecordVisit


class RecordedVisitsMiddleware(ASGIMiddleware):
    """Behind the session. For everybody who is no visitor nothing happens here."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, container: AsyncContainer) -> None:
        self._container = container
        self._record: RecordVisit | None = None

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """ASGI."""
        actor = visit_of(scope).actor
        if actor is not None and actor.impersonated_by is not None:
            if self._record is None:
                self._record = await self._container.get(RecordVisit)
            await self._record(actor, method=scope["method"], path=scope["path"])  # type: ignore[typeddict-item]  # never a websocket
        await next_app(scope, receive, send)
