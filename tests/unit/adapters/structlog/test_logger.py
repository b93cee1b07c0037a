"""Log lines for machines and for people."""

import io
import json
import logging
import uuid

import pytest

from adapters.structlog.logger import configure_logging


def test_json_lines_hold_the_facts() -> None:
    stream = io.StringIO()
    log = configure_logging("json", process="worker", stream=stream)
    some_id = uuid.uuid4()
    log.info("step", seconds=1.5, content_id=some_id)
    line = json.loads(stream.getvalue())
    assert (line["event"], line["process"], line["level"]) == ("step", "worker", "info")
    assert (line["seconds"], line["content_id"]) == (1.5, str(some_id))
    assert line["timestamp"].endswith("Z")


def test_ids_stand_in_lines_for_people_as_commands_take_them() -> None:
    stream = io.StringIO()
    some_id = uuid.uuid4()
    configure_logging("text", process="worker", stream=stream).info("step", content_id=some_id)
    assert f"content_id={some_id}" in stream.getvalue()


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_an_exception_is_logged_with_its_name(log_format: str) -> None:
    stream = io.StringIO()
    log = configure_logging(log_format, process="api", stream=stream)
    try:
        raise ValueError("odd")
    except ValueError:
        log.exception("it broke", where="here")
    assert "ValueError" in stream.getvalue()
    assert "it broke" in stream.getvalue()


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_an_exception_shows_no_variables(log_format: str) -> None:
    """They may hold passwords and tokens."""
    stream = io.StringIO()
    log = configure_logging(log_format, process="api", stream=stream)

    def sign_in(password: str) -> None:
        raise ValueError("odd" if password else "empty")

    try:
        sign_in("".join(("hunt", "er2")))
    except ValueError:
        log.exception("it broke")
    try:
        sign_in("".join(("hunt", "er2")))
    except ValueError:
        logging.getLogger("some.library").exception("it broke there")
    assert stream.getvalue().count("ValueError") >= 2
    assert "hunter2" not in stream.getvalue()


def test_libraries_speak_the_same_way_from_warnings_up() -> None:
    stream = io.StringIO()
    configure_logging("json", process="api", stream=stream)
    logging.getLogger("some.library").info("chatter")
    logging.getLogger("some.library").warning("trouble")
    (line,) = stream.getvalue().splitlines()
    assert json.loads(line)["event"] == "trouble"
