"""A file to be saved, streamed as the storage gives it."""

from contextlib import AbstractAsyncContextManager
from urllib.parse import quote

from litestar.types import Receive, Scope, Send

from entrypoints.http.visit import visit_of
from lms_app.ports.storage import OpenObject


class FileResponse:
    """Sends a whole object as an attachment. Never shown in the page: whatever it holds, no script of it runs there."""

    def __init__(self, opened: AbstractAsyncContextManager[OpenObject], *, file_name: str, media_type: str) -> None:
        self._opened = opened
        self._headers = [
            (b"content-type", media_type.encode("ascii")),
            (b"content-disposition", attachment(file_name).encode("ascii")),
            (b"cache-control", b"private, no-store"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # ASGI's signature
        """ASGI."""
        # Opened before the answer begins: a storage that does not answer can still become a 503.
        async with self._opened as opened:
            length = (b"content-length", b"%d" % opened.info.size)
            await send({"type": "http.response.start", "status": 200, "headers": [*self._headers, length]})
            if not visit_of(scope).is_head:
                async for chunk in opened.chunks:
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def attachment(file_name: str) -> str:
    """``Content-Disposition`` for a file name in any script (RFC 6266, RFC 8187)."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in file_name) or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"
