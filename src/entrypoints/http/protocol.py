"""Limits on the head of a request, which uvicorn's fast parser has none of."""

import asyncio
import secrets

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from entrypoints.http.head_with_body import HeadWithBody
from entrypoints.http.headers import complete
from entrypoints.http.problems import INSTANCE_PREFIX, KINDS, MEDIA_TYPE, TYPE_PREFIX, Answer, Problem

MAX_HEAD_BYTES = 32 * 1024
MAX_HEADERS = 100
HEAD_SECONDS = 15.0
"""From the first byte (or from connecting) until the head is complete."""


class HeadRefused(Exception):
    """Raised inside the parser, which turns it into an answer of 400."""


class GuardedProtocol(HttpToolsProtocol):
    """HTTP/1.1 whose heads are short and quick, and whose refusals are problems too."""

    _head_bytes = 0
    _in_head = False
    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """A connection that never says anything must not stay either."""
        super().connection_made(transport)
        self.transport = HeadWithBody(transport, self.loop)
        self._arm()

    def connection_lost(self, exc: Exception | None) -> None:
        """No timer outlives its connection."""
        self._disarm()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what belongs to a head that does not come to its end."""
        # The piece in which a head begins may hold the end of a body, so it does not count; it is bounded anyway.
        was_in_head = self._in_head
        super().data_received(data)
        if not self._in_head:
            return
        if was_in_head:
            self._head_bytes += len(data)
        if self._head_bytes > MAX_HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("The head of this request is too large.")
        elif self._head_timer is None:
            self._arm()

    def on_message_begin(self) -> None:
        """A new request."""
        super().on_message_begin()
        self._in_head = True
        self._head_bytes = 0

    def on_url(self, url: bytes) -> None:
        """Part of the address."""
        super().on_url(url)
        if len(self.url) > MAX_HEAD_BYTES:
            raise HeadRefused

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header. Called for trailers after a body too, hence the limit on their number."""
        # White space around a value is no part of it (RFC 9110, 5.5); the parser leaves what stands behind it.
        super().on_header(name, value.rstrip(b" \t"))
        if len(self.headers) > MAX_HEADERS or len(name) + len(value) > MAX_HEAD_BYTES:
            raise HeadRefused

    def on_headers_complete(self) -> None:
        """The head is here."""
        self._in_head = False
        self._disarm()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """The refusal, as a problem like every other."""
        request_id = secrets.token_hex(12)
        kind = KINDS["bad_request"]
        answer = Answer(
            Problem(
                type=f"{TYPE_PREFIX}bad_request",
                title=kind.title,
                status=kind.status,
                detail=msg,
                instance=INSTANCE_PREFIX + request_id,
            ),
            {},
        )
        headers = complete(
            (
                (b"content-type", MEDIA_TYPE.encode("ascii")),
                (b"content-length", str(len(answer.body)).encode("ascii")),
                (b"connection", b"close"),
            ),
            request_id=request_id,
            is_secure=self.scheme == "https",
        )
        lines = (b"HTTP/1.1 400 Bad Request", *(b"%s: %s" % pair for pair in headers), b"", answer.body)
        self.transport.write(b"\r\n".join(lines))
        self.transport.close()

    def _arm(self) -> None:
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def _disarm(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _too_slow(self) -> None:
        self._head_timer = None
        if not self.transport.is_closing():
            self.transport.close()
