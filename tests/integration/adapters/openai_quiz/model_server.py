"""A real HTTP server that answers in the form of chat completions.

What it answers was written by hand after the form that services document: no model was asked.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).parent / "recorded"
HUGE = 64 * 1024**2
"""Bytes that a reply claims to have."""


@dataclass(frozen=True)
class Reply:
    """What the server answers. ``delay`` in seconds; ``is_endless``: the body goes on until nobody reads it."""

    body: bytes = b""
    status: int = 200
    headers: tuple[str, ...] = ()
    delay: float = 0.0
    is_endless: bool = False


def recorded(name: str) -> Reply:
    """A reply that is kept as a file."""
    return Reply((RECORDED / name).read_bytes())


@dataclass
class ModelServer:
    """Gives ``replies`` in their order, the last one again and again, and remembers what it was asked."""

    port: int = 0
    replies: list[Reply] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    """Path, headers and body of each request."""
    sent: int = 0
    """Bytes of endless replies that were taken from it."""

    @property
    def url(self) -> str:
        """The address to set."""
        return f"http://127.0.0.1:{self.port}/v1"

    def _reply(self, path: str, body: Any) -> Reply:
        if path == "/v1/models":
            return recorded("models.json")
        if self.replies:
            return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        # The answers are about these captions: about others it has nothing to ask.
        lines = body["messages"][1]["content"].splitlines()
        knows = len(lines) > 8 and lines[8].startswith("8\tInterleaving refers")
        return recorded("good.json" if knows else "nothing.json")

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
            content = await reader.readexactly(int(headers.get("content-length", "0")))
            path, body = head[0].split(" ")[1], json.loads(content) if content else None
            self.asked.append((path, headers, body))
            reply = self._reply(path, body)
            await asyncio.sleep(reply.delay)
            length = HUGE if reply.is_endless else len(reply.body)
            lines = [f"HTTP/1.1 {reply.status} X", f"content-length: {length}", "connection: close", *reply.headers]
            writer.write("\r\n".join([*lines, "", ""]).encode() + reply.body)
            while reply.is_endless and self.sent < HUGE:
                writer.write(b" " * 65536)
                await writer.drain()
                self.sent += 65536
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


@asynccontextmanager
async def model_server() -> AsyncIterator[ModelServer]:
    """A server on a free port of this machine."""
    running = ModelServer()
    server = await asyncio.start_server(running.serve, "127.0.0.1", 0)
    running.port = server.sockets[0].getsockname()[1]
    try:
        yield running
    finally:
        server.close()
