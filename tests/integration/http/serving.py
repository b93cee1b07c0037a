"""The application behind a real socket, and a client that says exactly what it is told to."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from litestar import Litestar
from litestar.types import ASGIApp

from entrypoints.http.uvicorn_server import Server, server_config


@dataclass(frozen=True)
class Answer:
    """One answer as it came."""

    status: int
    headers: dict[str, str]
    body: bytes


class Wire:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def answer(self) -> Answer:
        """The next answer. Raises when the connection ends first."""
        head = (await asyncio.wait_for(self._reader.readuntil(b"\r\n\r\n"), 10)).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        length = int(headers.get("content-length", 0))
        return Answer(int(head[0].split()[1]), headers, await asyncio.wait_for(self._reader.readexactly(length), 10))

    async def is_closed(self, seconds: float = 5.0) -> bool:
        """Whether the other side ends the connection within that time, saying nothing more."""
        try:
            return await asyncio.wait_for(self._reader.read(1), seconds) == b""
        except (ConnectionError, asyncio.IncompleteReadError):
            return True
        except TimeoutError:
            return False

    async def close(self) -> None:
        self._writer.close()
        with suppress(ConnectionError):
            await self._writer.wait_closed()


class Served:
    """A server that runs."""

    def __init__(self, port: int) -> None:
        self.port = port

    @asynccontextmanager
    async def wire(self) -> AsyncIterator[Wire]:
        """A new connection."""
        wire = Wire(*await asyncio.open_connection("127.0.0.1", self.port))
        yield wire
        await wire.close()

    async def ask(self, request: bytes) -> Answer:
        """The answer to one request on a new connection."""
        async with self.wire() as wire:
            await wire.send(request)
            return await wire.answer()


@asynccontextmanager
async def served(app: ASGIApp, *, trusted_proxies: tuple[str, ...] = ()) -> AsyncIterator[Served]:
    """``app``, whose lifespan is somebody else's business, behind a port of its own."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = server_config(app, "127.0.0.1", 0, trusted_proxies)
    config.lifespan = "off"
    server = Server(config, app.state.streams.end if isinstance(app, Litestar) else lambda: None)
    running = asyncio.create_task(server.serve([listening]))
    while not server.started and not running.done():
        await asyncio.sleep(0.01)
    try:
        yield Served(listening.getsockname()[1])
    finally:
        server.should_exit = True
        await running
        listening.close()
