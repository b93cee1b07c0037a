"""What operators ask for while they visit a school is recorded."""

from collections.abc import Awaitable

from dishka import AsyncContainer
from litestar.types import ASGIApp, Receive, Scope, Send

from entrypoints.http.visit import visit_of
from lms_app.accounts.record_visit import RecordVisit
from lms_app.actor import Actor


class RecordedVisitsMiddleware:
    """Behind the session. For everybody who is no visitor nothing happens here."""

    def __init__(self, container: AsyncContainer) -> None:
        self._container = container
        self._record: RecordVisit | None = None

    def __call__(self, app: ASGIApp) -> ASGIApp:
        """Before ``app``. No coroutine of our own stands between it and those who are no visitors."""

        def for_visitors(scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
            actor = visit_of(scope).actor
            if actor is None or actor.impersonated_by is None:
                return app(scope, receive, send)
            return self._recorded(actor, scope, receive, send, app)

        return for_visitors

    async def _recorded(self, actor: Actor, scope: Scope, receive: Receive, send: Send, app: ASGIApp) -> None:
        if self._record is None:
            self._record = await self._container.get(RecordVisit)
        await self._record(actor, method=scope["method"], path=scope["path"])  # type: ignore[typeddict-item]  # never a websocket
        await app(scope, receive, send)
