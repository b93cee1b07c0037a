"""How uvicorn serves the application."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from litestar.types import ASGIApp

from entrypoints.http.protocol import GuardedProtocol

GRACE_SECONDS = 2
"""Open streams must not keep Ctrl-C waiting: who stops us waits three seconds, and the container closes after this."""


def server_config(app: ASGIApp, host: str, port: int, trusted_proxies: Sequence[str]) -> uvicorn.Config:
    """How we serve: no header that names the software, no WebSockets, and proxy headers from trusted proxies only."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=GuardedProtocol,
        ws="none",
        lifespan="on",
        # The process has its own logging, and the application its own access log.
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=list(trusted_proxies),
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


class Server(uvicorn.Server):
    """A server that signals end in good order.

    uvicorn's own raises the signal once more when it is done, which would end the process before its pools are closed.

    Args:
        end_streams: called first of all when the server stops: streams never end by themselves.
    """

    def __init__(self, config: uvicorn.Config, end_streams: Callable[[], None]) -> None:
        super().__init__(config)
        self._end_streams = end_streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more requests, and end."""
        self._end_streams()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ctrl-C and SIGTERM ask it to end; a second Ctrl-C does not wait for anything."""
        loop = asyncio.get_running_loop()
        numbers = (signal.SIGINT, signal.SIGTERM)
        for number in numbers:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in numbers:
                loop.remove_signal_handler(number)
