"""A small file to be saved, made just now."""

from litestar.types import Receive, Scope, Send

from entrypoints.http.file_response import attachment
from entrypoints.http.visit import visit_of


class BytesResponse:
    """Sends bytes as an attachment. Never shown in the page: whatever they hold, no script of it runs there."""

    def __init__(self, body: bytes, *, file_name: str, media_type: str) -> None:
        self._body = body
        self._headers = [
            (b"content-type", media_type.encode("ascii")),
            (b"content-disposition", attachment(file_name).encode("ascii")),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", b"private, no-store"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # ASGI's signature
        """ASGI."""
        await send({"type": "http.response.start", "status": 200, "headers": self._headers})
        body = b"" if visit_of(scope).is_head else self._body
        await send({"type": "http.response.body", "body": body, "more_body": False})
