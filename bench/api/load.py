"""The load, in a process of its own: keep-alive connections, each of which asks again once it has its answer.

python -m bench.api.load PORT CONNECTIONS WARM_UP_SECONDS SECONDS < request
"""

import asyncio
import sys
import time
from statistics import quantiles

import msgspec
import uvloop

_END_OF_HEAD = b"\r\n\r\n"


class Load(msgspec.Struct, frozen=True):
    """What one round gave. ``answered`` counts the warm-up too."""

    answered: int
    per_second: float
    p50_ms: float
    p99_ms: float


class _Client(asyncio.Protocol):
    """One connection. ``times`` is shared by all: when each answer was complete, and how long it took."""

    def __init__(self, request: bytes, times: list[tuple[float, float]]) -> None:
        self._request = request
        self._times = times
        self._received = b""
        self._transport: asyncio.Transport | None = None
        self._asked_at = 0.0
        self.lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as TCP has it
        self._transport = transport
        self._ask(transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(_END_OF_HEAD)
        if not end:
            return
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        if len(body) < int(length):
            return
        if not head.startswith(b"HTTP/1.1 200"):
            self.lost.set_exception(RuntimeError(f"{head!r} {body!r}"))
            return
        now = time.perf_counter()
        self._times.append((now, now - self._asked_at))
        assert self._transport is not None
        self._ask(self._transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.lost.done():
            self.lost.set_exception(exc or ConnectionResetError("the server closed a connection"))

    def _ask(self, transport: asyncio.Transport) -> None:
        self._received = b""
        self._asked_at = time.perf_counter()
        transport.write(self._request)


async def put_load(request: bytes, *, port: int, connections: int, warm_up: float, seconds: float) -> Load:
    """Ask for ``warm_up`` and then for ``seconds``, and say what came of the second part.

    Raises:
        RuntimeError: an answer other than 200.
        OSError: no connection, or one that ended.
    """
    loop = asyncio.get_running_loop()
    times: list[tuple[float, float]] = []
    begin = time.perf_counter() + warm_up
    clients = [
        (await loop.create_connection(lambda: _Client(request, times), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    done, _ = await asyncio.wait(
        [client.lost for client in clients], timeout=warm_up + seconds, return_when=asyncio.FIRST_COMPLETED
    )
    for lost in done:
        lost.result()
    taken = sorted(took for at, took in times if begin <= at <= begin + seconds)
    cuts = quantiles(taken, n=100)
    return Load(len(times), len(taken) / seconds, cuts[49] * 1000, cuts[98] * 1000)


def main() -> None:
    port, connections, warm_up, seconds = sys.argv[1:]
    request = sys.stdin.buffer.read()
    load = uvloop.run(
        put_load(request, port=int(port), connections=int(connections), warm_up=float(warm_up), seconds=float(seconds))
    )
    print(msgspec.json.encode(load).decode())


if __name__ == "__main__":
    main()
