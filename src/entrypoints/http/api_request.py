"""The request as handlers see it: who asks, where, and a strictly read body."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from functools import lru_cache
from typing import TypeVar

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.types import Empty, Receive

from entrypoints.http.fields import invalid_body
from entrypoints.http.options import HttpOptions
from entrypoints.http.refusals import ClientGone, RequestTimedOut, UnsupportedMediaType
from entrypoints.http.visit import Visit, visit_of
from lms_app.actor import Actor
from lms_domain.errors import NotSignedIn, TooLarge

T = TypeVar("T")

MAX_JSON_BYTES = 1024 * 1024
MIN_BYTES_PER_SECOND = 1024
"""Slower uploads than this, on the whole, only hold a connection."""
SLOW_START_SECONDS = 60.0
"""How long an upload may take before its speed is looked at."""


class ApiRequest(Request[Actor, None, State]):
    """A request to one site."""

    @property
    def visit(self) -> Visit:
        """Where this request came to, and who is signed in."""
        return visit_of(self.scope)

    @property
    def actor(self) -> Actor:
        """The person who is signed in. Routes that are not public always have one."""
        actor = self.visit.actor
        if actor is None:
            raise NotSignedIn("Please sign in.")
        return actor

    @property
    def options(self) -> HttpOptions:
        """The options of this app."""
        options: HttpOptions = self.app.state.options
        return options

    async def body(self) -> bytes:
        """The whole body, small and quick enough; read once."""
        if self._body is Empty:
            limit = self.route_handler.resolve_request_max_body_size() or MAX_JSON_BYTES
            if (self.content_length or 0) > limit:
                raise TooLarge("The body is too large.")
            try:
                async with asyncio.timeout(self.options.body_seconds):
                    self._body = await _read_all(self.receive, limit)
            except TimeoutError:
                raise RequestTimedOut("The body came too slowly.") from None
            self.visit.has_read_body = True
        return self._body

    async def json(self) -> object:
        """The body as the very type that the handler's ``data`` has: no coercion, no unknown fields.

        Litestar itself would take ``"1"`` for a number, any ``Content-Type`` for JSON, and answer 500 to bodies that
        are no UTF-8.
        """
        field = self.route_handler.parsed_data_field
        if field is None:
            raise TypeError("this handler takes no body")
        return await self._decode(_decoder(field.annotation).decode)

    async def decoded(self, kind: type[T]) -> T:
        """The same for a handler that reads its body itself, as JSON of that type.

        Raises:
            UnsupportedMediaType: no JSON by its own account, or compressed.
            InvalidInput: no JSON, or another one.
        """
        return await self._decode(msgspec.json.Decoder(kind).decode)

    async def _decode(self, decode: Callable[[bytes], T]) -> T:
        if self.content_type[0] != "application/json":
            raise UnsupportedMediaType("Send JSON, and say so: Content-Type: application/json.")
        refuse_content_encoding(self)
        try:
            return decode(await self.body())
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise invalid_body(error) from None


def refuse_content_encoding(request: ApiRequest) -> None:
    """Compressed bodies are refused: a small one can unpack to anything.

    Raises:
        UnsupportedMediaType: the body is compressed.
    """
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("Send the body uncompressed, without Content-Encoding.")


async def body_chunks(request: ApiRequest, *, idle_seconds: float) -> AsyncGenerator[bytes, None]:
    """The body as it arrives.

    Raises:
        RequestTimedOut: nothing came for ``idle_seconds``, or next to nothing for long.
        ClientGone: the connection ended early.
    """
    more = True
    received, started = 0, time.monotonic()
    while more:
        try:
            async with asyncio.timeout(idle_seconds):
                message = await request.receive()
        except TimeoutError:
            raise RequestTimedOut("The body stopped coming.") from None
        if message["type"] != "http.request":
            raise ClientGone
        more = message["more_body"]
        request.visit.has_read_body = not more
        received += len(message["body"])
        seconds = time.monotonic() - started
        if more and seconds > SLOW_START_SECONDS and received < seconds * MIN_BYTES_PER_SECOND:
            raise RequestTimedOut("The body comes too slowly.")
        if message["body"]:
            yield message["body"]


async def _read_all(receive: Receive, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise ClientGone
        size += len(message["body"])
        if size > limit:
            raise TooLarge("The body is too large.")
        parts.append(message["body"])
        if not message["more_body"]:
            return b"".join(parts)


@lru_cache(maxsize=256)
def _decoder(kind: type[msgspec.Struct]) -> msgspec.json.Decoder[msgspec.Struct]:
    return msgspec.json.Decoder(kind)
