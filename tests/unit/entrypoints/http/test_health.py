"""Asking the parts that we need."""

import asyncio

import pytest

from entrypoints.http import health
from entrypoints.http.health import Part, Readiness
from lms_app.ports.storage import StorageUnavailable
from tests.unit.entrypoints.http.kit import FakeLogger


class Asked:
    """A part that can be told how to behave."""

    def __init__(self, error: Exception | None = None, seconds: float = 0.0) -> None:
        self.error = error
        self.seconds = seconds
        self.times = 0

    async def __call__(self) -> None:
        self.times += 1
        await asyncio.sleep(self.seconds)
        if self.error is not None:
            raise self.error


def readiness(log: FakeLogger | None = None, **parts: Asked) -> Readiness:
    made = tuple(Part(name, check, is_essential=name == "database") for name, check in parts.items())
    return Readiness(made, log or FakeLogger())


async def test_all_well() -> None:
    ready = readiness(database=Asked(), broker=Asked())
    verdicts = await ready.verdicts()
    assert verdicts == {"database": "ok", "broker": "ok"}
    assert ready.is_ready(verdicts)


async def test_what_is_not_essential_may_be_away() -> None:
    log = FakeLogger()
    ready = readiness(log, database=Asked(), broker=Asked(StorageUnavailable("gone")))
    verdicts = await ready.verdicts()
    assert verdicts == {"database": "ok", "broker": "unavailable"}
    assert ready.is_ready(verdicts)
    assert [(level, facts["part"]) for level, _, facts in log.lines] == [("warning", "broker")]


async def test_what_is_essential_may_not() -> None:
    ready = readiness(database=Asked(ConnectionError("gone")), broker=Asked())
    assert not ready.is_ready(await ready.verdicts())


async def test_a_part_that_says_nothing_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_PATIENCE_SECONDS", 0.05)
    assert await readiness(database=Asked(seconds=30)).verdicts() == {"database": "unavailable"}


async def test_a_thousand_questions_are_one() -> None:
    database = Asked(seconds=0.01)
    ready = readiness(database=database)
    await asyncio.gather(*(ready.verdicts() for _ in range(1000)))
    assert database.times == 1


async def test_an_answer_does_not_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_FRESH_SECONDS", 0.0)
    database = Asked()
    ready = readiness(database=database)
    await ready.verdicts()
    database.error = ConnectionError("gone")
    assert await ready.verdicts() == {"database": "unavailable"}
