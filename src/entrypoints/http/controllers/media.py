"""Serving media below a grant: playlists, segments, captions, pictures."""

from datetime import datetime
from pathlib import PurePosixPath

from dishka import FromDishka
from litestar import get
from litestar.params import FromPath
from litestar.types import ASGIApp, Receive, Scope, Send

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.etags import matches
from entrypoints.http.injected import inject
from entrypoints.http.ranges import ByteRange, parse_range
from entrypoints.http.session import PUBLIC_FILE
from entrypoints.http.visit import visit_of
from lms_app.ports.clock import Clock
from lms_app.ports.storage import StoredObject
from lms_app.schools.admission import admit
from lms_app.video.open_media import OpenMedia
from lms_domain.errors import NotFound

_TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".ts": "video/mp2t",
    ".jpg": "image/jpeg",
    ".vtt": "text/vtt; charset=utf-8",
}
"""Never what an upload said of itself. The endings are those that ``storage_keys.media_key`` lets through."""


@get("/media/{token:str}/{path:path}", include_in_schema=False, opt=PUBLIC_FILE)
@inject
async def get_media(
    request: ApiRequest,
    token: FromPath[str],
    path: FromPath[str],
    media: FromDishka[OpenMedia],
    clock: FromDishka[Clock],
) -> ASGIApp:
    school = request.visit.school
    if school is None:
        raise NotFound("There is nothing here.")
    relative = path.lstrip("/")
    granted = await media.find(tenant_id=school.tenant_id, token=token, path=relative)
    found = granted.info
    # Only somebody with a grant of this school gets to know that it is closed.
    admit(school)
    headers = {
        "Content-Type": _TYPES[PurePosixPath(relative).suffix],
        "ETag": found.etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": _cache_rule(relative, granted.expires_at, clock.now()),
    }
    if matches(request.headers.get("if-none-match"), found.etag):
        return MediaResponse(media, found, status=304, headers=headers, part=None)
    part = _wanted(request, found)
    if part is None:
        return MediaResponse(media, found, status=200, headers=headers, part=ByteRange(0, found.size))
    headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{found.size}"
    return MediaResponse(media, found, status=206, headers=headers, part=part)


class MediaResponse:
    """Sends a part of an object, piece by piece as the storage gives it."""

    def __init__(
        self, media: OpenMedia, found: StoredObject, *, status: int, headers: dict[str, str], part: ByteRange | None
    ) -> None:
        self._media = media
        self._found = found
        self._status = status
        self._part = part
        if part is not None:
            headers["Content-Length"] = str(part.end - part.start)
        self._headers = [(name.lower().encode("ascii"), value.encode("ascii")) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # ASGI's signature
        """ASGI."""
        part = self._part
        if part is None or part.start == part.end or visit_of(scope).is_head:
            await self._start(send)
        else:
            # Opened before the answer begins: a storage that does not answer can still become a 503.
            async with self._media.read(self._found, start=part.start, end=part.end) as opened:
                await self._start(send)
                async for chunk in opened.chunks:
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _start(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self._status, "headers": self._headers})


HANDLERS = (get_media,)


def _wanted(request: ApiRequest, found: StoredObject) -> ByteRange | None:
    """The part that is asked for; the whole when ``If-Range`` names another version of the object."""
    condition = request.headers.get("if-range")
    if condition is not None and condition.strip() != found.etag:
        return None
    return parse_range(request.headers.get("range"), found.size)


def _cache_rule(path: str, expires_at: datetime, now: datetime) -> str:
    # Runs are immutable, but leave to fetch them ends with the grant; a playlist asks for leave every time.
    if path.endswith(".m3u8"):
        return "no-store"
    return f"private, max-age={max(0, int((expires_at - now).total_seconds()))}, immutable"
