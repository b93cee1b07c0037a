"""Lines that are written while a request is answered."""

import io
import json
import logging

from adapters.structlog.logger import configure_logging
from tests.unit.entrypoints.http.kit import NORTH, SOMEBODY, Kit


class Broken:
    """A port whose adapter complains by a library, and has a bug."""

    async def courses(self, *_: object) -> object:
        logging.getLogger("some.library").warning("slow")
        raise RuntimeError("cannot connect to postgresql://lms_app:hunter2@db/lms")


async def test_every_line_of_a_request_says_whose_it_is() -> None:
    stream = io.StringIO()
    kit = Kit(course_queries=Broken(), log=configure_logging("json", process="api", stream=stream))
    async with kit.client() as client:
        response = await client.get("/api/courses", headers=kit.bearer())
        await client.get("/api/courses")
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["slow", "request_failed", "request", "request"]
    for line in lines[:3]:
        assert line["request_id"] == response.headers["x-request-id"]
        assert (line["tenant_id"], line["user_id"]) == (str(NORTH), str(SOMEBODY))
    assert lines[3]["request_id"] != lines[2]["request_id"]
    assert (lines[3]["tenant_id"], lines[3]["user_id"]) == (str(NORTH), None)
    assert "hunter2" not in stream.getvalue()
    assert "RuntimeError" in str(lines[1]["exception"])
