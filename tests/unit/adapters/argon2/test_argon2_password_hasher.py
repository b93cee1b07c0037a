"""Argon2id under its contract, its limits and its threads."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace

import argon2
import pytest
from argon2.profiles import CHEAPEST

from adapters.argon2.password_hasher import OWASP, Argon2PasswordHasher
from lms_app.ports.password_hasher import HasherSaturated
from tests.contracts.password_hasher import PasswordHasherContract, SaturatedHasherContract


@pytest.fixture
def cheap() -> Iterator[Argon2PasswordHasher]:
    hasher = Argon2PasswordHasher(max_waiting=1, threads=1, parameters=CHEAPEST)
    yield hasher
    hasher.close()


class Hold:
    """Keeps a hasher's threads busy until told otherwise."""

    def __init__(self, hasher: Argon2PasswordHasher, monkeypatch: pytest.MonkeyPatch) -> None:
        self.started, self.go_on = threading.Semaphore(0), threading.Event()
        real = argon2.PasswordHasher.hash

        def slow(this: argon2.PasswordHasher, password: bytes) -> str:
            self.started.release()
            assert self.go_on.wait(10)
            return real(this, password)

        monkeypatch.setattr(argon2.PasswordHasher, "hash", slow)


@pytest.fixture
def hold(cheap: Argon2PasswordHasher, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hold]:
    held = Hold(cheap, monkeypatch)
    yield held
    held.go_on.set()


class TestArgon2PasswordHasher(PasswordHasherContract):
    @pytest.fixture
    def hasher(self) -> Iterator[Argon2PasswordHasher]:
        hasher = Argon2PasswordHasher(parameters=CHEAPEST)
        yield hasher
        hasher.close()

    @pytest.fixture
    def stronger(self) -> Iterator[Argon2PasswordHasher]:
        hasher = Argon2PasswordHasher(parameters=replace(CHEAPEST, time_cost=2, memory_cost=16))
        yield hasher
        hasher.close()


class TestSaturatedArgon2PasswordHasher(SaturatedHasherContract):
    @pytest.fixture
    async def saturated(self, cheap: Argon2PasswordHasher, hold: Hold) -> Argon2PasswordHasher:
        self._busy = [asyncio.create_task(cheap.hash("x")) for _ in range(2)]
        await asyncio.sleep(0.01)
        return cheap


async def test_the_parameters_are_those_of_owasp() -> None:
    hasher = Argon2PasswordHasher()
    try:
        made = await hasher.hash("correct horse battery staple")
        assert made.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        assert await hasher.verify(made, "correct horse battery staple")
    finally:
        hasher.close()
    assert (OWASP.time_cost, OWASP.memory_cost, OWASP.parallelism) == (2, 19456, 1)


@pytest.mark.parametrize("password_hash", [None, "", "!", "$argon2id$v=19$m=19456,t=2,p=1$broken"])
async def test_nobodys_password_is_verified_with_the_same_parameters(
    cheap: Argon2PasswordHasher, monkeypatch: pytest.MonkeyPatch, password_hash: str | None
) -> None:
    tried: list[argon2.Parameters] = []
    real = argon2.PasswordHasher.verify

    def noted(this: argon2.PasswordHasher, made: str, password: bytes) -> bool:
        try:
            return real(this, made, password)
        except argon2.exceptions.VerifyMismatchError:
            tried.append(argon2.extract_parameters(made))
            raise

    monkeypatch.setattr(argon2.PasswordHasher, "verify", noted)
    assert await cheap.verify(password_hash, "x") is False
    assert tried == [CHEAPEST]


async def test_places_are_free_again_when_the_work_is_done(cheap: Argon2PasswordHasher, hold: Hold) -> None:
    running, waiting = asyncio.create_task(cheap.hash("x")), asyncio.create_task(cheap.hash("y"))
    await asyncio.sleep(0.01)
    with pytest.raises(HasherSaturated):
        await cheap.hash("z")
    hold.go_on.set()
    await asyncio.gather(running, waiting)
    assert await cheap.hash("z")


async def test_who_stops_waiting_gives_the_place_back_and_work_keeps_it(
    cheap: Argon2PasswordHasher, hold: Hold
) -> None:
    running, waiting = asyncio.create_task(cheap.hash("x")), asyncio.create_task(cheap.hash("y"))
    await asyncio.to_thread(hold.started.acquire)
    waiting.cancel()
    running.cancel()
    await asyncio.wait({running, waiting})
    again = asyncio.create_task(cheap.hash("z"))
    await asyncio.sleep(0.01)
    with pytest.raises(HasherSaturated):
        await cheap.hash("the thread is still at work")
    hold.go_on.set()
    assert await again


async def test_the_loop_goes_on_meanwhile(cheap: Argon2PasswordHasher, hold: Hold) -> None:
    running = asyncio.create_task(cheap.hash("x"))
    for _ in range(100):
        await asyncio.sleep(0)
    assert not running.done()
    hold.go_on.set()
    await running


async def test_other_parameters_are_weaker_or_not() -> None:
    hasher = Argon2PasswordHasher(parameters=CHEAPEST)
    try:
        for stronger in (
            replace(CHEAPEST, time_cost=2),
            replace(CHEAPEST, memory_cost=64),
            replace(CHEAPEST, hash_len=16),
            replace(CHEAPEST, salt_len=16),
        ):
            made = argon2.PasswordHasher.from_parameters(stronger).hash("x")
            assert not hasher.needs_rehash(made)
        strong = Argon2PasswordHasher(parameters=replace(CHEAPEST, hash_len=32))
        assert strong.needs_rehash(await hasher.hash("x"))
        strong.close()
        assert hasher.needs_rehash(
            argon2.PasswordHasher.from_parameters(replace(CHEAPEST, type=argon2.Type.I)).hash("x")
        )
    finally:
        hasher.close()
