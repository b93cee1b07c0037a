"""Server-sent events: what an open page is told without asking."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, contextmanager
from uuid import UUID

from litestar import Litestar, Request, Response
from litestar.datastructures import State
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send

from entrypoints.http.refusals import HttpRefusal
from entrypoints.http.visit import visit_of

MAX_STREAMS_PER_PERSON = 6
MAX_STREAMS = 2000
"""In one process."""
SEND_SECONDS = 5.0
"""A client that takes nothing for so long, once all buffers are full, is left alone: it will connect again."""
HEARTBEAT = b": \n\n"
"""A comment, which clients skip; it keeps proxies from ending a silent connection."""


class TooManyStreams(HttpRefusal):
    """This person, or everybody together, has enough pages open."""

    code = "too_many_streams"


EVENTS = {"events": True}
"""``opt`` of a route that answers with a stream."""


class OpenStreams:
    """The streams of one process, so that there are not too many, and that all can be ended at once."""

    def __init__(self, *, per_person: int = MAX_STREAMS_PER_PERSON, in_all: int = MAX_STREAMS) -> None:
        self._per_person = per_person
        self._in_all = in_all
        self._count: defaultdict[UUID, int] = defaultdict(int)
        self.ending = asyncio.Event()
        """Set when the server is about to stop."""

    def end(self) -> None:
        """End all of them: the server stops, and must not wait for what would never end by itself."""
        self.ending.set()

    @contextmanager
    def place(self, user_id: UUID) -> Iterator[None]:
        """Room for one more while the context lasts. Raises TooManyStreams."""
        if self._count[user_id] >= self._per_person or sum(self._count.values()) >= self._in_all:
            raise TooManyStreams("There are too many pages open. Close some.", headers={"Retry-After": "30"})
        self._count[user_id] += 1
        try:
            yield
        finally:
            self._count[user_id] -= 1
            if not self._count[user_id]:
                del self._count[user_id]


EventSource = Callable[[asyncio.Event], AsyncGenerator[bytes, None]]
"""Makes the events of one stream; ends when it has to, at the latest when the given event is set."""


class OpenedStream(ASGIResponse):
    """Sends events until there are no more, the client goes away or takes nothing, or the server stops."""

    def __init__(self, streams: OpenStreams, user_id: UUID, source: EventSource) -> None:
        self._streams = streams
        self._user_id = user_id
        self._source = source

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        with self._streams.place(self._user_id):
            await send(
                {
                    "type": "http.response.start",
                    "status": 200,
                    "headers": [
                        (b"content-type", b"text/event-stream; charset=utf-8"),
                        (b"cache-control", b"no-store"),
                        # nginx would collect what we send.
                        (b"x-accel-buffering", b"no"),
                    ],
                }
            )
            if not visit_of(scope).is_head:
                await self._send_all(receive, send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_all(self, receive: Receive, send: Send) -> None:
        over = asyncio.Event()
        watching = [
            asyncio.create_task(_until_gone(receive, over)),
            asyncio.create_task(_until_set(self._streams.ending, over)),
        ]
        try:
            async with aclosing(self._source(over)) as events:
                async for event in events:
                    async with asyncio.timeout(SEND_SECONDS):
                        await send({"type": "http.response.body", "body": event, "more_body": True})
                    if over.is_set():
                        break
        except TimeoutError:
            return
        finally:
            for task in watching:
                task.cancel()
            await asyncio.wait(watching)


class EventStream(Response[None]):
    """A stream, as a handler's answer."""

    def __init__(self, stream: OpenedStream) -> None:
        super().__init__(None)
        self._stream = stream

    def to_asgi_response(
        self,
        app: Litestar | None,  # noqa: ARG002  # Litestar gives them by name
        request: Request[object, object, State],  # noqa: ARG002
        **_: object,
    ) -> ASGIResponse:
        """The stream."""
        return self._stream


def written(name: str, data: bytes, *, event_id: str | None = None) -> bytes:
    """One event. ``data`` is JSON, which has no line ends."""
    identified = f"id: {event_id}\n" if event_id is not None else ""
    return f"event: {name}\n{identified}data: ".encode() + data + b"\n\n"


async def _until_gone(receive: Receive, over: asyncio.Event) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    over.set()


async def _until_set(ending: asyncio.Event, over: asyncio.Event) -> None:
    await ending.wait()
    over.set()
