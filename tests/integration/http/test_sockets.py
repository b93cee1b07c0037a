"""What only a real connection can bring: heads that nobody's library would write, and clients that go away."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from entrypoints.http import protocol
from tests.integration.http.conftest import School, lifespan_of, new_module
from tests.integration.http.serving import Served, served
from tests.unit.entrypoints.http.kit import Kit
from tests.unit.entrypoints.http.test_hosts import Themes

GET = b"GET /api/tenants/theme HTTP/1.1\r\n"


@pytest.fixture
async def server() -> AsyncIterator[Served]:
    """Two schools, north and south."""
    app = Kit(school_queries=Themes()).app()
    async with lifespan_of(app), served(app) as running:
        yield running


async def status(server: Served, head: bytes) -> int:
    """Status of the answer to a head; an error must be a problem."""
    answer = await server.ask(head)
    if answer.status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert json.loads(answer.body)["status"] == answer.status
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert json.loads(answer.body)["instance"].endswith(answer.headers["x-request-id"])
    assert "server" not in answer.headers
    return answer.status


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (GET + b"Host: north.lms.example\r\n\r\n", 200),
        (GET + b"hOsT:   NORTH.lms.example:8000   \r\n\r\n", 200),
        (GET + b"Host: nope.lms.example\r\n\r\n", 404),
        (GET + b"\r\n", 404),
        (GET + b"Host:\r\n\r\n", 404),
        (GET + b"Host: north.lms.example\r\nHost: south.lms.example\r\n\r\n", 404),
        (GET + b"Host: north.lms.example\r\nHost: north.lms.example\r\n\r\n", 404),
        (GET + b"Host: north.lms.example, south.lms.example\r\n\r\n", 404),
        (GET + b"Host: a@north.lms.example\r\n\r\n", 404),
        (GET + b"Host: north.lms.example\r\nX-Forwarded-Host: south.lms.example\r\n\r\n", 200),
        (b"GET http://nope.lms.example/api/tenants/theme HTTP/1.1\r\nHost: north.lms.example\r\n\r\n", 200),
        (b"GET http://north.lms.example/api/tenants/theme HTTP/1.1\r\nHost: nope.lms.example\r\n\r\n", 404),
        (b"GET /api/tenants/theme HTTP/1.0\r\nHost: north.lms.example\r\n\r\n", 200),
        (b"GET /api/tenants/theme HTTP/1.0\r\n\r\n", 404),
        (b"GET /api/../api/tenants/theme HTTP/1.1\r\nHost: north.lms.example\r\n\r\n", 404),
        (b"GET //api/tenants/theme HTTP/1.1\r\nHost: north.lms.example\r\n\r\n", 404),
        (b"GET /%2e%2e/api/tenants/theme HTTP/1.1\r\nHost: north.lms.example\r\n\r\n", 404),
        (b"GET /health/live HTTP/1.1\r\n\r\n", 200),
        (b"GET /health/live HTTP/1.1\r\nHost: [::1\r\n\r\n", 200),
        (b"BREW /api/tenants/theme HTTP/1.1\r\nHost: north.lms.example\r\n\r\n", 400),
        (b"DELETE /api/tenants/theme HTTP/1.1\r\nHost: north.lms.example\r\n\r\n", 405),
        (b"GET /api/tenants/theme HTTP/1.1\r\nHost : north.lms.example\r\n\r\n", 400),
        (b"GET /api/tenants/theme HTTP/9.9\r\nHost: north.lms.example\r\n\r\n", 400),
        (b"GET /api/\xff HTTP/1.1\r\nHost: north.lms.example\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: north.lms.example\r\n folded: x\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(50) + b"\r\n\r\n", 400),
        (b"\x00" * 100 + b"\r\n\r\n", 400),
        (b"GET\r\n\r\n", 400),
        (GET + b"Host: north.lms.example\r\n" + b"X: y\r\n" * 200 + b"\r\n", 400),
        (GET + b"Host: north.lms.example\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", 400),
        (b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: north.lms.example\r\n\r\n", 400),
        (
            b"POST /api/users/auth/login HTTP/1.1\r\nHost: north.lms.example\r\nContent-Length: 5\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
        ),
        (
            b"POST /api/users/auth/login HTTP/1.1\r\nHost: north.lms.example\r\nContent-Length: 5\r\n"
            b"Content-Length: 6\r\n\r\nhello",
            400,
        ),
        (
            b"POST /api/users/auth/login HTTP/1.1\r\nHost: north.lms.example\r\nContent-Length: -1\r\n\r\n",
            400,
        ),
        (
            b"POST /api/users/auth/login HTTP/1.1\r\nHost: north.lms.example\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Type: application/json\r\n\r\nzz\r\n",
            400,
        ),
    ],
)
async def test_heads(server: Served, head: bytes, expected: int) -> None:
    assert await status(server, head) == expected


async def test_the_school_is_that_of_the_host_header_alone(server: Served) -> None:
    head = b"GET http://south.lms.example/api/tenants/theme HTTP/1.1\r\nHost: north.lms.example\r\n\r\n"
    plain = await server.ask(GET + b"Host: north.lms.example\r\n\r\n")
    assert (await server.ask(head)).body == plain.body


async def test_a_head_without_end_is_cut_off(server: Served) -> None:
    async with server.wire() as wire:
        await wire.send(GET + b"X: ")
        for _ in range(50):
            try:
                await wire.send(b"y" * 10_000)
            except ConnectionError:
                break
            await asyncio.sleep(0.005)
        else:
            pytest.fail("nobody stopped it")


async def test_a_slow_head_is_given_up(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.3)
    async with server.wire() as silent, server.wire() as slow, server.wire() as second:
        await slow.send(GET[:10])
        await second.send(GET + b"Host: north.lms.example\r\n\r\n" + GET[:10])
        assert (await second.answer()).status == 200
        assert await silent.is_closed()
        assert await slow.is_closed()
        assert await second.is_closed()


async def test_a_connection_serves_many_requests(server: Served) -> None:
    async with server.wire() as wire:
        for _ in range(20):
            await wire.send(GET + b"Host: north.lms.example\r\n\r\n")
            assert (await wire.answer()).status == 200
        await wire.send((GET + b"Host: north.lms.example\r\n\r\n") * 3)
        assert [(await wire.answer()).status for _ in range(3)] == [200] * 3


async def test_https_is_what_a_trusted_proxy_says_and_nobody_else() -> None:
    head = GET + b"Host: north.lms.example\r\nX-Forwarded-Proto: https\r\n\r\n"
    app = Kit(school_queries=Themes()).app()
    async with lifespan_of(app):
        async with served(app) as server:
            assert "strict-transport-security" not in (await server.ask(head)).headers
        async with served(app, trusted_proxies=("127.0.0.0/8",)) as server:
            assert "strict-transport-security" in (await server.ask(head)).headers


async def test_a_refused_body_can_be_answered(server: Served) -> None:
    """A client that sends on while it is refused still gets to read why, and then the connection ends."""
    async with server.wire() as wire:
        await wire.send(
            b"POST /api/courses HTTP/1.1\r\nHost: north.lms.example\r\nContent-Type: application/json\r\n"
            b"Content-Length: 100000000\r\n\r\n"
        )
        for _ in range(10):
            await wire.send(b"x" * 100_000)
        answer = await wire.answer()
        assert (answer.status, answer.headers["connection"]) == (401, "close")
        assert await wire.is_closed()


# --- uploads over the real application ---

BOUNDARY = b"gc0pMUlT1B0uNdArYgc0p"


def head_of(contents: str, school: School, length: int | None) -> bytes:
    framing = b"Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}".encode()
    return b"\r\n".join(
        (
            f"POST {contents}/video-upload/ HTTP/1.1".encode(),
            f"Host: {school.host}".encode(),
            f"Authorization: {school.admin.client.headers['Authorization']}".encode(),
            b"Content-Type: multipart/form-data; boundary=" + BOUNDARY,
            framing,
            b"",
            b"",
        )
    )


PART = b"--" + BOUNDARY + b'\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n'
END = b"\r\n--" + BOUNDARY + b"--\r\n"


def box(kind: bytes, size: int) -> bytes:
    """The head of an MP4 box with ``size`` bytes in it."""
    return (1).to_bytes(4, "big") + kind + (16 + size).to_bytes(8, "big")


def stored(school: School) -> set[Path]:
    return {path for path in (school.running.settings.data_dir / "storage").rglob("*") if path.is_file()}


@pytest.mark.parametrize("sent", [0, 100, 3_000_000])
async def test_a_client_that_goes_away_leaves_nothing(school: School, sent: int) -> None:
    contents = await new_module(school, f"Gone after {sent}")
    before = stored(school)
    async with served(school.running.app) as server:
        async with server.wire() as wire:
            await wire.send(head_of(contents, school, 50_000_000))
            if sent:
                await wire.send(PART + box(b"ftyp", 8) + bytes(8) + box(b"mdat", 40_000_000) + bytes(sent))
            await asyncio.sleep(0.2)
        await asyncio.sleep(0.5)
    assert stored(school) == before
    assert (await school.admin.get(contents)).json()["count"] == 0
    failed = [line for line in school.running.log.lines if line[0] == "exception"]
    assert failed == []


async def test_memory_stays_flat(school: School) -> None:
    contents = await new_module(school, "Large")
    size = 300 * 1024 * 1024
    piece = bytes(256 * 1024)
    start = PART + box(b"ftyp", 8) + bytes(8) + box(b"mdat", size)
    end = box(b"moov", 100) + bytes(100) + END
    process = psutil.Process()
    async with served(school.running.app) as server, server.wire() as wire:
        await wire.send(head_of(contents, school, len(start) + size + len(end)) + start)
        await wire.send(piece)
        before, most = process.memory_info().rss, 0
        for number in range(1, size // len(piece)):
            await wire.send(piece)
            if number % 100 == 0:
                most = max(most, process.memory_info().rss)
        await wire.send(end)
        answer = await wire.answer()
    assert answer.status == 201, answer.body
    assert json.loads(answer.body)["video_asset"]["source_bytes"] == size + 24 + 16 + 116
    assert most - before < 64 * 1024 * 1024
