"""What workers write about a step."""

import io
import json
import logging

from adapters.memory.media import MemoryMedia
from adapters.structlog.logger import configure_logging
from lms_app.ports.media_tools import ProgressCallback
from lms_app.video.steps.job import StepDone, StepJob
from lms_domain.video.steps import StepName
from tests.unit.lms_app.video.pipeline import Pipeline


class Broken:
    """A step that complains and breaks."""

    async def __call__(self, _job: StepJob, _report: ProgressCallback) -> StepDone:
        logging.getLogger("some.library").warning("strange")
        raise RuntimeError("a bug")


async def test_every_line_of_a_step_says_whose_it_is(pipeline: Pipeline) -> None:
    stream = io.StringIO()
    log = configure_logging("json", process="worker", stream=stream)
    content = await pipeline.upload(MemoryMedia())
    await pipeline.work_off(pipeline.worker({StepName.VALIDATE: Broken()}, log=log))
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line["event"] for line in lines[:2]] == ["strange", "step broke"]
    assert "RuntimeError" in str(lines[1]["exception"])
    assert lines[-1]["event"] == "step"
    asset = await pipeline.asset(content)
    for line in lines:
        assert (line["tenant_id"], line["content_id"]) == (str(pipeline.tenant.id), str(content))
        assert (line["step"], line["attempt"]) == ("VALIDATE", 1)
        assert line["step_id"] == str(asset.steps[StepName.VALIDATE].id)
