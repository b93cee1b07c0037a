"""Heads wait for their bodies, and nothing is lost or overtaken."""

import asyncio
from collections.abc import Iterable

import pytest

from entrypoints.http.head_with_body import HeadWithBody

HEAD = b"HTTP/1.1 200 OK\r\n\r\n"


class Recorder(asyncio.Transport):
    """Remembers each packet."""

    def __init__(self) -> None:
        super().__init__()
        self.packets: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:  # type: ignore[override]
        self.packets.append(data)

    def writelines(self, data: Iterable[bytes]) -> None:  # type: ignore[override]
        self.packets.append(b"".join(data))

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


@pytest.fixture
async def wire() -> tuple[Recorder, HeadWithBody]:
    recorder = Recorder()
    return recorder, HeadWithBody(recorder, asyncio.get_running_loop())


async def test_one_packet(wire: tuple[Recorder, HeadWithBody]) -> None:
    recorder, transport = wire
    transport.write(HEAD)
    assert recorder.packets == []
    transport.write(b"body")
    transport.write(b"more")
    await asyncio.sleep(0)
    assert recorder.packets == [HEAD + b"body", b"more"]


async def test_a_head_waits_for_one_turn_of_the_loop_only(wire: tuple[Recorder, HeadWithBody]) -> None:
    """A stream's first piece may be far away."""
    recorder, transport = wire
    transport.write(HEAD)
    await asyncio.sleep(0)
    assert recorder.packets == [HEAD]
    transport.write(b"body")
    assert recorder.packets == [HEAD, b"body"]


async def test_two_heads(wire: tuple[Recorder, HeadWithBody]) -> None:
    """Such as 100 Continue and the answer, or an answer without a body and the next one."""
    recorder, transport = wire
    transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    transport.write(HEAD)
    transport.write(b"body")
    assert b"".join(recorder.packets) == b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD + b"body"


async def test_closing_sends_what_waits(wire: tuple[Recorder, HeadWithBody]) -> None:
    recorder, transport = wire
    transport.write(HEAD)
    transport.close()
    assert recorder.packets == [HEAD]
    assert transport.is_closing()
    await asyncio.sleep(0)
    assert recorder.packets == [HEAD]


async def test_a_lost_connection_is_left_alone(wire: tuple[Recorder, HeadWithBody]) -> None:
    recorder, transport = wire
    transport.write(HEAD)
    recorder.closed = True
    await asyncio.sleep(0)
    assert recorder.packets == []
