"""What a request or a job adds to the lines that are written inside of it."""

import asyncio
import io
import json
import logging
from uuid import UUID

import pytest

from adapters.structlog.logger import StructlogLogger, configure_logging

SCHOOL = UUID(int=7)


@pytest.fixture
def stream() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def log(stream: io.StringIO) -> StructlogLogger:
    return configure_logging("json", process="api", stream=stream)


def lines(stream: io.StringIO) -> dict[str, dict[str, object]]:
    """Every line by its event."""
    written = [json.loads(line) for line in stream.getvalue().splitlines()]
    return {line["event"]: line for line in written}


async def test_every_line_inside_carries_the_facts(log: StructlogLogger, stream: io.StringIO) -> None:
    facts: dict[str, object] = {"request_id": "r1", "tenant_id": SCHOOL, "user_id": None}

    async def elsewhere() -> None:
        await asyncio.to_thread(log.info, "in a thread")
        logging.getLogger("some.library").warning("of a library")

    log.info("before")
    with log.within(lambda: facts):
        log.info("at first")
        facts["user_id"] = "u1"  # signed in meanwhile
        log.warning("later", tenant_id="its own")
        with log.within(lambda: {"step": "VALIDATE", "request_id": "r2"}):
            log.info("deeper")
        await asyncio.create_task(elsewhere())
        try:
            raise ValueError("odd")
        except ValueError:
            log.exception("broken")
    log.info("after")
    written = lines(stream)
    told = {event: (line.get("request_id"), line.get("user_id")) for event, line in written.items()}
    assert told == {
        "before": (None, None),
        "at first": ("r1", None),
        "later": ("r1", "u1"),
        "deeper": ("r2", "u1"),
        "in a thread": ("r1", "u1"),
        "of a library": ("r1", "u1"),
        "broken": ("r1", "u1"),
        "after": (None, None),
    }
    assert written["at first"]["tenant_id"] == str(SCHOOL)
    assert written["later"]["tenant_id"] == "its own"
    assert written["deeper"]["step"] == "VALIDATE"


async def test_what_runs_at_once_does_not_mix(log: StructlogLogger, stream: io.StringIO) -> None:
    async def request(number: int) -> None:
        with log.within(lambda: {"request_id": number}):
            for part in range(3):
                await asyncio.sleep(0)
                log.info(f"{number} {part}")

    await asyncio.gather(*(request(number) for number in range(20)))
    written = lines(stream)
    assert len(written) == 60
    assert all(event.split()[0] == str(line["request_id"]) for event, line in written.items())


async def test_an_error_ends_it_too(log: StructlogLogger, stream: io.StringIO) -> None:
    with pytest.raises(ValueError, match="odd"), log.within(lambda: {"request_id": "r1"}):
        raise ValueError("odd")
    log.info("after")
    assert "request_id" not in lines(stream)["after"]
