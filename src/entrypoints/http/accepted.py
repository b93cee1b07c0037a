"""An answer that says nothing but that a request was heard."""

from litestar import Litestar, Request, Response
from litestar.datastructures import State
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send


class Accepted(Response[None]):
    """202 without a body. (Litestar would write ``null``.)"""

    def __init__(self) -> None:
        super().__init__(None, status_code=202)

    def to_asgi_response(
        self,
        app: Litestar | None,  # noqa: ARG002  # Litestar gives it by name
        request: Request[object, object, State],  # noqa: ARG002  # the same
        **_: object,
    ) -> ASGIResponse:
        """The answer as bytes."""
        return _Nothing()


class _Nothing(ASGIResponse):
    def __init__(self) -> None:
        self.status_code = 202

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # ASGI's signature
        """ASGI."""
        await send({"type": "http.response.start", "status": 202, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
