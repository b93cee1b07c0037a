"""Live notifications over a real socket and a real LISTEN."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import uuid4

import pytest

from entrypoints.http.app import create_app
from entrypoints.http.options import HttpOptions
from tests.integration.http.conftest import Person, RunningApp, School, lifespan_of, onboard
from tests.integration.http.serving import Served, served
from tests.integration.http.test_notices import newcomer

Event = tuple[str, str | None, Any]


class Listener:
    """One open stream."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, status: int) -> None:
        self.reader, self.writer, self.status = reader, writer, status
        self._rest = b""

    async def event(self, seconds: float = 5.0) -> Event:
        """The next one: its name, id and data. Raises EOFError when there is no more."""
        async with asyncio.timeout(seconds):
            while True:
                while b"\n\n" in self._rest:
                    block, self._rest = self._rest.split(b"\n\n", 1)
                    fields = dict(line.split(": ", 1) for line in block.decode().splitlines() if ": " in line)
                    if "event" in fields:
                        return fields["event"], fields.get("id"), json.loads(fields["data"])
                size = int(await self.reader.readline() or b"0", 16)
                self._rest += await self.reader.readexactly(size)
                await self.reader.readline()
                if size == 0:
                    raise EOFError

    async def ends(self, seconds: float) -> float:
        """How long it took until the stream ended."""
        started = time.monotonic()
        with suppress(EOFError, asyncio.IncompleteReadError, ConnectionError):
            while True:
                await self.event(seconds)
        return time.monotonic() - started


@asynccontextmanager
async def listening(server: Served, school: School, person: Person, **headers: str) -> AsyncIterator[Listener]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    lines = {"Host": school.host, "Authorization": person.client.headers["Authorization"], **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    writer.write(f"GET /api/notifications/stream/ HTTP/1.1\r\n{head}\r\n".encode())
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
    yield Listener(reader, writer, int(answer.split()[1]))
    writer.close()


@asynccontextmanager
async def serving(running: RunningApp) -> AsyncIterator[Served]:
    """The same installation in a server of its own, which can be stopped."""
    app = create_app(running.container, HttpOptions(platform_domain="lms.example", is_local=False))
    async with lifespan_of(app), served(app) as server:
        yield server


@pytest.fixture
async def server(running: RunningApp) -> AsyncIterator[Served]:
    async with serving(running) as server:
        yield server


async def announce(school: School, title: str, user_id: str) -> None:
    body = {"title": title, "message": "M", "teacher_ids": [user_id]}
    response = await school.admin.post("/api/announcements/", body)
    assert response.status_code == 201, response.text


async def test_open_pages_hear_at_once_and_catch_up(school: School, server: Served) -> None:
    person, user_id = await newcomer(school)
    other, _ = await newcomer(school)
    async with listening(server, school, person) as one, listening(server, school, person) as two:
        assert one.status == 200
        for each in (one, two):
            assert await each.event() == ("unread", None, {"count": 0})
        async with listening(server, school, other) as stranger:
            await stranger.event()
            await announce(school, "First", user_id)
            for each in (one, two):
                assert await each.event() == ("unread", None, {"count": 1})
                name, first_id, first = await each.event()
                assert (name, first["title"], first["id"]) == ("notification", "First", first_id)
            with pytest.raises(TimeoutError):
                await stranger.event(0.3)
    await announce(school, "Second", user_id)
    async with listening(server, school, person, **{"Last-Event-ID": str(first_id)}) as again:
        assert await again.event() == ("unread", None, {"count": 2})
        assert (await again.event())[2]["title"] == "Second"
        with pytest.raises(TimeoutError):
            await again.event(0.3)


async def counts(stream: Listener, count: int) -> None:
    """Hear of so many unread ones, whatever else is said before."""
    while await stream.event() != ("unread", None, {"count": count}):
        pass


async def test_what_is_read_in_one_page_is_read_in_all(school: School, server: Served) -> None:
    person, user_id = await newcomer(school)
    async with listening(server, school, person) as one, listening(server, school, person) as two:
        for title in ("First", "Second"):
            await announce(school, title, user_id)
        for each in (one, two):
            await counts(each, 2)
        first = (await person.get("/api/notifications/")).json()["results"][0]["id"]
        for path, count in ((f"/api/notifications/{first}/read/", 1), ("/api/notifications/mark-all-read/", 0)):
            assert (await person.post(path)).status_code == 200
            for each in (one, two):
                await counts(each, count)
        # Nothing was left to read.
        assert (await person.post("/api/notifications/mark-all-read/")).json() == {"marked": 0}
        with pytest.raises(TimeoutError):
            await one.event(0.3)


async def test_a_stream_ends_with_its_session(school: School, server: Served) -> None:
    person, user_id = await newcomer(school)
    async with listening(server, school, person) as stream:
        await stream.event()
        deactivated = await school.admin.client.delete(f"/api/teachers/{user_id}/")
        assert deactivated.status_code == 204, deactivated.text
        assert await stream.ends(5) < 2


async def test_streams_end_with_their_school(running: RunningApp, operator: Person, server: Served) -> None:
    school = await onboard(running, operator, "closing")
    person, _ = await newcomer(school)
    async with listening(server, school, person) as stream:
        await stream.event()
        tenant_id = (await school.admin.get("/api/users/auth/me/")).json()["tenant_id"]
        path = f"/api/super-admin/tenants/{tenant_id}/"
        suspended = await operator.client.patch(path, json={"is_active": False})
        assert suspended.status_code == 200, suspended.text
        assert await stream.ends(5) < 2


async def test_a_person_has_so_many_streams_and_no_more(school: School, server: Served) -> None:
    person, _ = await newcomer(school)
    async with (
        listening(server, school, person),
        listening(server, school, person),
        listening(server, school, person),
        listening(server, school, person),
        listening(server, school, person) as fifth,
    ):
        async with listening(server, school, person) as sixth:
            await sixth.event()
            async with listening(server, school, person) as seventh:
                assert seventh.status == 429
        await fifth.event()
        # The place of one that went away is free again.
        for _ in range(50):
            async with listening(server, school, person) as again:
                if again.status == 200:
                    break
            await asyncio.sleep(0.02)
        assert again.status == 200


async def test_the_server_stops_within_a_second(school: School, running: RunningApp) -> None:
    person, _ = await newcomer(school)
    async with serving(running) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        authorization = person.client.headers["Authorization"]
        head = f"Host: {school.host}\r\nAuthorization: {authorization}\r\n\r\n"
        writer.write(f"GET /api/notifications/stream HTTP/1.1\r\n{head}".encode())
        await asyncio.wait_for(reader.readuntil(b"retry: 3000"), 5)
        started = time.monotonic()
    assert time.monotonic() - started < 1
    writer.close()


async def test_who_is_not_signed_in_hears_nothing(school: School, other_school: School, server: Served) -> None:
    for authorization in ("Bearer x", other_school.admin.client.headers["Authorization"]):
        head = f"Host: {school.host}\r\nAuthorization: {authorization}\r\n"
        request = f"GET /api/notifications/stream HTTP/1.1\r\n{head}X-Request-ID: {uuid4().hex}\r\n\r\n"
        answer = await server.ask(request.encode())
        assert answer.status == 401
