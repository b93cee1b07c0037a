"""``lms pipeline`` beside a running installation."""

import json
import subprocess
import sys
from typing import Any

from tests.integration.system.installation import LECTURE, SHORT, Installation, School


def begin(installation: Installation, *arguments: str) -> "subprocess.Popen[str]":
    """``lms pipeline``, started."""
    return subprocess.Popen(
        [sys.executable, "-m", "entrypoints.cli.main", "pipeline", *arguments],
        env={**installation.environment, "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def pipeline(installation: Installation, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of ``lms pipeline``."""
    with begin(installation, *arguments) as process:
        said, complaint = process.communicate(timeout=150)
    return process.returncode, said, complaint


def listed(installation: Installation, *arguments: str) -> tuple[int, dict[str, Any]]:
    code, said, _ = pipeline(installation, "list", "--json", *arguments)
    return code, json.loads(said)


def test_a_video_is_followed_to_its_end(embedded: Installation, school: School) -> None:
    worker = embedded.worker()
    worker.suspend()
    try:
        content = school.upload(SHORT)
        watching = begin(embedded, "status", content, "--watch", "--json")
        assert watching.stdout is not None
        first = watching.stdout.readline()
    finally:
        worker.resume()
    with watching:
        said, _ = watching.communicate(timeout=150)
    assert json.loads(first)["video_asset"]["status"] not in {"READY", "FAILED"}
    looks = [json.loads(line)["video_asset"] for line in said.splitlines()]
    assert (watching.returncode, looks[-1]["status"]) == (0, "READY")
    code, said, _ = pipeline(embedded, "status", content)
    assert (code, content in said, "FINALIZE SUCCEEDED" in said) == (0, True, True)
    assert listed(embedded)[0] == 0


def test_work_is_stopped_and_begun_again(embedded: Installation, school: School) -> None:
    content = school.upload(LECTURE)
    school.until_step(content, "TRANSCODE", "RUNNING")
    assert pipeline(embedded, "cancel", content)[0] == 0
    code, _, said = pipeline(embedded, "cancel", content)
    assert (code, said.startswith("Error: ")) == (1, True), "there is nothing to stop any more"
    code, said, _ = pipeline(embedded, "status", content, "--watch")
    assert (code, "CANCELLED" in said) == (1, True)
    assert pipeline(embedded, "rerun", content, "--from-step", "VALIDATE")[0] == 0
    school.until_step(content, "VALIDATE", "SUCCEEDED")
    assert pipeline(embedded, "cancel", content)[0] == 0


def test_what_failed_is_on_the_list(embedded: Installation, school: School) -> None:
    content = school.upload(("odd.mp4", SHORT.read_bytes().replace(b"avc1", b"zzzz")))
    school.until(content, {"FAILED"})
    subdomain = school.site.host.partition(".")[0]
    code, found = listed(embedded, "--school", subdomain)
    assert (code, [step["content_id"] for step in found["results"]]) == (1, [content])
    code, said, _ = pipeline(embedded, "list")
    assert (code, content in said, "VALIDATE FAILED" in said) == (1, True, True)
    code, _, said = pipeline(embedded, "list", "--school", "nowhere")
    assert (code, "There is no school at “nowhere”" in said) == (1, True)


def test_what_is_not_there(embedded: Installation) -> None:
    nothing = "0190f7d0-0000-7000-8000-000000000000"
    for command in (("status", nothing), ("status", nothing, "--watch"), ("rerun", nothing), ("cancel", nothing)):
        code, _, said = pipeline(embedded, *command)
        assert (code, "There is no such video." in said) == (1, True), command
