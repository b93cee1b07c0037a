"""Connections are shared in order, and none is lost."""

import asyncio
from typing import cast

import asyncpg
import pytest

from adapters.postgres.connections import Connection, Connections, Lease


class Wire:
    """What is known of a connection from outside."""

    def __init__(self) -> None:
        self.closed = False
        self.busy = False

    def is_closed(self) -> bool:
        return self.closed

    def is_in_transaction(self) -> bool:
        return self.busy

    def terminate(self) -> None:
        self.closed = True

    async def close(self, **_: float) -> None:
        await asyncio.sleep(0)
        self.closed = True


class Server:
    """Connects whoever asks."""

    def __init__(self) -> None:
        self.wires: list[Wire] = []
        self.error: Exception | None = None
        self.now = 0.0

    async def connect(self) -> Connection:
        await asyncio.sleep(0)
        if self.error is not None:
            raise self.error
        self.wires.append(Wire())
        return cast(Connection, self.wires[-1])

    def connections(self, max_size: int = 1, patience: float = 5.0) -> Connections:
        return Connections(self.connect, max_size=max_size, patience=patience, monotonic=lambda: self.now)


@pytest.fixture
def server() -> Server:
    return Server()


async def test_the_one_that_was_needed_last_is_taken_first(server: Server) -> None:
    two = server.connections(2)
    first, second = await two.take(), await two.take()
    two.give_back(first)
    two.give_back(second)
    assert await two.take() is second
    assert await two.take() is first
    assert len(server.wires) == 2


async def test_whoever_waited_longest_comes_next_and_a_cancelled_one_keeps_nothing(server: Server) -> None:
    one = server.connections()
    held = await one.take()
    turns = [asyncio.create_task(one.take()) for _ in range(4)]
    await asyncio.sleep(0)
    turns[0].cancel()
    await asyncio.sleep(0)
    one.give_back(held)  # now it is the second's, which is told to stop in the same moment
    turns[1].cancel()
    assert await turns[2] is held
    one.give_back(held)
    assert await turns[3] is held
    assert turns[0].cancelled()
    assert turns[1].cancelled()
    assert len(server.wires) == 1


async def test_who_waits_too_long_is_told_and_loses_nothing(server: Server) -> None:
    one = server.connections(patience=0.01)
    held = await one.take()
    with pytest.raises(TimeoutError):
        await one.take()
    one.give_back(held)
    assert await one.take() is held


async def test_who_cannot_connect_leaves_the_place_to_the_next(server: Server) -> None:
    one = server.connections()
    server.error = ConnectionRefusedError()
    first, second = asyncio.create_task(one.take()), asyncio.create_task(one.take())
    with pytest.raises(ConnectionRefusedError):
        await first
    server.error = None
    assert await second is server.wires[0]


@pytest.mark.parametrize("fate", ["closed", "busy", "old"])
async def test_what_cannot_be_used_again_is_replaced(server: Server, fate: str) -> None:
    one = server.connections()
    held = await one.take()
    wire = server.wires[0]
    if fate == "old":
        server.now = 1801.0
    else:
        setattr(wire, fate, True)
    waiting = asyncio.create_task(one.take())
    await asyncio.sleep(0)
    one.give_back(held)
    assert await waiting is server.wires[1]
    await asyncio.sleep(0)
    assert wire.closed


async def test_one_that_ended_while_nobody_had_it_is_not_given_out(server: Server) -> None:
    one = server.connections()
    one.give_back(await one.take())
    server.wires[0].closed = True
    assert await one.take() is server.wires[1]


async def test_idle_ones_are_closed_after_a_while(server: Server) -> None:
    two = server.connections(2)
    first, second = await two.take(), await two.take()
    two.give_back(first)
    server.now = 200.0
    two.give_back(second)
    server.now = 301.0
    two.close_idle()
    await asyncio.sleep(0.001)
    assert [wire.closed for wire in server.wires] == [True, False]
    assert await two.take() is second


async def test_closing_waits_for_what_is_out_and_refuses_who_waits(server: Server) -> None:
    one = server.connections()
    held = await one.take()
    waiting, closing = asyncio.create_task(one.take()), asyncio.create_task(one.close())
    await asyncio.sleep(0.001)
    assert not closing.done()
    with pytest.raises(asyncpg.InterfaceError):
        await waiting
    one.give_back(held)
    await closing
    assert server.wires[0].closed
    with pytest.raises(asyncpg.InterfaceError):
        await one.take()


async def test_closing_that_is_cut_short_ends_what_is_out(server: Server) -> None:
    one = server.connections()
    held = await one.take()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.001):
            await one.close()
    assert server.wires[0].closed
    one.give_back(held)


def test_a_lease_that_ended_answers_nobody() -> None:
    wire = cast(Connection, Wire())
    lease = Lease(wire)
    assert lease.end() is wire
    with pytest.raises(AttributeError):
        lease.raw.is_closed()
