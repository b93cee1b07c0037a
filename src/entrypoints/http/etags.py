"""Entity tags: answers that pages poll cost no body when nothing changed, and edits notice that somebody was faster."""

import hashlib
import re
from typing import TypeVar

from litestar import Litestar, Request
from litestar.datastructures import State
from litestar.response.base import ASGIResponse

from entrypoints.http.json_response import JsonAnswer, JsonResponse
from lms_app.courses.edit_course import StaleVersion

T = TypeVar("T")

_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_VERSION = re.compile(r'(?:W/)?"([0-9]{1,9})"', re.ASCII)
_DIGEST_BYTES = 12


class TaggedResponse(JsonResponse[T]):
    """An answer tagged by its own bytes: 304 without a body when the client has these very bytes already.

    Nothing of it may be stored on disk all the same: whoever polls keeps the tag in memory.
    """

    def to_asgi_response(
        self,
        app: Litestar | None,  # noqa: ARG002  # Litestar gives it by name
        request: Request[object, object, State],
        *,
        status_code: int | None = None,
        **_: object,
    ) -> ASGIResponse:
        """The answer, or 304."""
        body = self.encoded()
        tag = f'W/"{hashlib.blake2b(body, digest_size=_DIGEST_BYTES).hexdigest()}"'
        if matches(request.headers.get("if-none-match"), tag):
            return ASGIResponse(headers={"ETag": tag}, status_code=304)
        headers = [*self.raw_headers(), (b"etag", tag.encode("ascii"))]
        return JsonAnswer(body, self.status_code or status_code or 200, headers)


def matches(condition: str | None, tag: str) -> bool:
    """Whether an ``If-None-Match`` header names ``tag``, by weak comparison (RFC 9110, 13.1.2)."""
    if condition is None:
        return False
    if condition.strip() == "*":
        return True
    return any(found.removeprefix("W/") == tag.removeprefix("W/") for found in _TAG.findall(condition))


def version_tag(version: int) -> str:
    """The tag of an object that counts its changes."""
    return f'"{version}"'


def version_of(condition: str | None) -> int | None:
    """The version that an ``If-Match`` header insists on; None when there is none, or any will do.

    A weak tag counts too: proxies weaken tags when they compress.

    Raises:
        StaleVersion: the header names no version that could ever be the present one.
    """
    if condition is None or condition.strip() == "*":
        return None
    found = _VERSION.fullmatch(condition.strip())
    if found is None:
        raise StaleVersion("If-Match must be the ETag that came with the object. Reload it and try again.")
    return int(found[1])
