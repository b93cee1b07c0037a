"""A public picture: small, and never another one under the same address."""

from litestar.types import Receive, Scope, Send

from entrypoints.http.visit import visit_of
from lms_app.files.open_file import PublicPicture


class PictureResponse:
    """Sends a picture that browsers and proxies may keep for a year, or 304 to those that have it."""

    def __init__(self, picture: PublicPicture, *, etag: str, is_known: bool) -> None:
        self._body = b"" if is_known else picture.data
        self._status = 304 if is_known else 200
        self._headers = [
            (b"content-type", picture.media_type.encode("ascii")),
            (b"etag", etag.encode("ascii")),
            (b"cache-control", b"public, max-age=31536000, immutable"),
            # The same path on another host is another school's.
            (b"vary", b"Host"),
            # Mail programs and other sites of the platform show it, too.
            (b"cross-origin-resource-policy", b"cross-origin"),
        ]
        if not is_known:
            self._headers.append((b"content-length", b"%d" % len(picture.data)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # ASGI's signature
        """ASGI."""
        await send({"type": "http.response.start", "status": self._status, "headers": self._headers})
        body = b"" if visit_of(scope).is_head else self._body
        await send({"type": "http.response.body", "body": body, "more_body": False})
