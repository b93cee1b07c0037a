"""Answers of JSON."""

import pytest
from litestar.types import HTTPReceiveMessage, Message

from entrypoints.http.json_response import JsonAnswer


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, [(b"content-type", b"application/json"), (b"content-length", b"4"), (b"x-own", b"1")], b"null"),
        # RFC 9110, 8.6: no length where there can be no body.
        (204, [(b"x-own", b"1")], b""),
    ],
)
async def test_only_an_answer_with_a_body_has_its_length(
    status: int, headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> HTTPReceiveMessage:
        raise AssertionError

    answer = JsonAnswer(b"null", status, [(b"x-own", b"1")])
    await answer({}, receive, send)  # type: ignore[arg-type]  # the scope is not looked at
    assert sent == [
        {"type": "http.response.start", "status": status, "headers": headers},
        {"type": "http.response.body", "body": body, "more_body": False},
    ]
