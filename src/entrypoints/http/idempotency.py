"""``Idempotency-Key``: a request that comes twice is done once."""

import asyncio
import re
from collections.abc import Awaitable
from hashlib import sha256

from dishka import AsyncContainer
from litestar.types import ASGIApp, HTTPReceiveMessage, Message, Receive, Scope, Send

from entrypoints.http.api_request import MAX_JSON_BYTES
from entrypoints.http.json_response import RawHeaders
from entrypoints.http.visit import visit_of
from lms_app.actor import Actor
from lms_app.operations.answer_once import AnswerOnce
from lms_app.ports.idempotency import KeptAnswer
from lms_domain.errors import InvalidInput

HEADER = b"idempotency-key"
_KEY = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)
_CREATED = frozenset({201, 202})
"""Only what creates something is kept: what merely acts may be done again, and may answer with tokens."""
SECRET_ANSWER = {"secret_answer": True}
"""``opt`` of a route that creates something and answers with what opens it: that is never stored, key or not."""
MAX_KEPT_BYTES = 256 * 1024
"""Larger answers are not kept: nothing that creates something answers with so much."""


class IdempotencyMiddleware:
    """Behind the session, for POST. Without the header nothing happens here, and nothing is asked of the database."""

    def __init__(self, container: AsyncContainer) -> None:
        self._container = container
        self._answer_once: AnswerOnce | None = None

    def __call__(self, app: ASGIApp) -> ASGIApp:
        """Before ``app``. No coroutine of our own stands between it and what has no key."""

        def for_keys(scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
            actor = visit_of(scope).actor
            if scope["method"] == "POST" and actor is not None and not scope["route_handler"].opt.get("secret_answer"):  # type: ignore[typeddict-item]  # never a websocket
                key = _key_of(scope)
                if key is not None:
                    return self._once(actor, key, scope, receive, send, app)
            return app(scope, receive, send)

        return for_keys

    async def _once(self, actor: Actor, key: str, scope: Scope, receive: Receive, send: Send, app: ASGIApp) -> None:
        if self._answer_once is None:
            self._answer_once = await self._container.get(AnswerOnce)
        once = self._answer_once
        body = Replayed(receive)
        fingerprint = await _fingerprint(scope, body)
        known = await once.begin(actor.tenant_id, actor.user_id, key, fingerprint)
        if known is not None:
            visit_of(scope).has_read_body = body.is_whole
            await _send_again(known, send)
            return
        answer = Recorded(send)
        try:
            await app(scope, body, answer)
        finally:
            kept = answer.kept()
            ending = (
                once.keep(actor.tenant_id, actor.user_id, key, kept)
                if kept is not None
                else once.release(actor.tenant_id, actor.user_id, key)
            )
            # Also when the client is gone by now: it will ask again.
            await asyncio.shield(ending)


class Replayed:
    """A body that is read for its fingerprint and then given to the handler."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._read: list[HTTPReceiveMessage] = []
        self.is_whole = False

    async def read(self, limit: int) -> bytes:
        """The body, up to a little more than ``limit`` bytes."""
        parts: list[bytes] = []
        while not self.is_whole and sum(map(len, parts)) <= limit:
            message = await self._receive()
            self._read.append(message)  # type: ignore[arg-type]  # an HTTP scope receives HTTP messages
            if message["type"] != "http.request":
                break
            parts.append(message["body"])
            self.is_whole = not message["more_body"]
        return b"".join(parts)

    async def __call__(self) -> HTTPReceiveMessage:
        """ASGI: what was read, then what comes."""
        if self._read:
            return self._read.pop(0)
        return await self._receive()  # type: ignore[return-value]  # an HTTP scope receives HTTP messages


class Recorded:
    """Sends an answer and remembers it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._status = 0
        self._headers: RawHeaders = ()
        self._body: list[bytes] = []
        self._is_whole = False

    async def __call__(self, message: Message) -> None:
        """ASGI."""
        if message["type"] == "http.response.start":
            self._status, self._headers = message["status"], tuple(message["headers"])
        elif message["type"] == "http.response.body":
            self._body.append(message["body"])
            self._is_whole = not message["more_body"]
        await self._send(message)

    def kept(self) -> KeptAnswer | None:
        """What to answer next time; None when it came to nothing, or to too much."""
        body = b"".join(self._body)
        if self._status not in _CREATED or not self._is_whole or len(body) > MAX_KEPT_BYTES:
            return None
        by_name = {name.lower(): value.decode("latin-1") for name, value in self._headers}
        return KeptAnswer(self._status, by_name.get(b"content-type"), by_name.get(b"location"), body)


def _key_of(scope: Scope) -> str | None:
    found = [value for name, value in scope["headers"] if name == HEADER]
    if not found:
        return None
    key = found[0].decode("latin-1")
    if len(found) > 1 or not _KEY.fullmatch(key):
        raise InvalidInput.for_field("Idempotency-Key", "invalid", "One word of at most 200 letters, digits and signs.")
    return key


async def _fingerprint(scope: Scope, body: Replayed) -> bytes:
    """Of method, path and JSON body. A file is not read for it: two uploads to one place under one key are one."""
    asked = sha256(scope["path"].rstrip("/").encode() + b"\0" + scope["query_string"] + b"\0")
    content_type = next((value for name, value in scope["headers"] if name == b"content-type"), b"")
    if content_type.partition(b";")[0].strip().lower() == b"application/json":
        asked.update(await body.read(MAX_JSON_BYTES))
    return asked.digest()


async def _send_again(answer: KeptAnswer, send: Send) -> None:
    headers = [(b"content-length", b"%d" % len(answer.body)), (b"idempotency-replayed", b"true")]
    for name, value in ((b"content-type", answer.content_type), (b"location", answer.location)):
        if value is not None:
            headers.append((name, value.encode("latin-1")))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body, "more_body": False})
