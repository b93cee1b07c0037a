"""Sending problems, also to clients that are still busy sending their body."""

import asyncio

from litestar import Litestar, Request, Response
from litestar.datastructures import State
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send

from entrypoints.http.problems import MEDIA_TYPE, Answer, Problem, answer_for
from entrypoints.http.visit import Visit, visit_of

_LINGER_BYTES = 4 * 1024 * 1024
_LINGER_SECONDS = 2.0
_SMALL_BODY = 64 * 1024


class ProblemResponse(Response[Problem]):
    """A problem from inside Litestar."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(
            answer.problem,
            status_code=answer.problem.status,
            media_type=MEDIA_TYPE,
            headers={**answer.headers, "Cache-Control": "no-store"},
        )

    def to_asgi_response(
        self,
        app: Litestar | None,  # noqa: ARG002  # Litestar gives it by name
        request: Request[object, object, State],
        **_: object,
    ) -> ASGIResponse:
        """The answer; one that lingers where the body was not read."""
        return response_kind(request.scope)(
            body=self.render(self.content, MEDIA_TYPE),
            headers=self.headers,
            media_type=MEDIA_TYPE,
            status_code=self.status_code,
        )


class LingeringResponse(ASGIResponse):
    """Answers at once, then reads on for a little before the connection ends.

    A server that closes while its client still sends makes the client's system throw the answer away; one that reads
    everything lets a refused client send gigabytes for nothing.
    """

    def encode_headers(self) -> list[tuple[bytes, bytes]]:
        """The connection ends with this answer."""
        return [*super().encode_headers(), (b"connection", b"close")]

    async def send_body(self, send: Send, receive: Receive) -> None:
        """The whole body first, then the end of the response once the client stops or has had its time."""
        await send({"type": "http.response.body", "body": self.body, "more_body": True})
        try:
            async with asyncio.timeout(_LINGER_SECONDS):
                await _drain(receive)
        except TimeoutError:
            pass
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _drain(receive: Receive) -> None:
    drained = 0
    while drained < _LINGER_BYTES:
        message = await receive()
        if message["type"] != "http.request" or not message["more_body"]:
            return
        drained += len(message["body"])


def response_kind(scope: Scope) -> type[ASGIResponse]:
    """How to answer an error: lingering when the client may still be sending a body that is not small."""
    if visit_of(scope).has_read_body:
        return ASGIResponse
    for name, value in scope["headers"]:
        if name == b"transfer-encoding":
            return LingeringResponse
        if name == b"content-length" and not (value.isdigit() and int(value) <= _SMALL_BODY):
            return LingeringResponse
    return ASGIResponse


def respond_to_error(request: Request[object, object, State], error: Exception) -> ProblemResponse:
    """Litestar's handler for every exception."""
    visit = visit_of(request.scope)
    answer = answer_for(error, request_id=visit.request_id)
    log_error(error, answer, visit)
    return ProblemResponse(answer)


def log_error(error: Exception, answer: Answer, visit: Visit) -> None:
    """Errors of ours, unforeseen ones with their traceback; what clients do wrong stands in the access log.

    Called inside ``except``.
    """
    if answer.code == "internal_error":
        visit.log.exception("request_failed")
    elif answer.problem.status >= 500:
        visit.log.warning("request_refused", code=answer.code, reason=str(error))
