"""Killing things: work goes on, nothing is left behind."""

import http.client
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from tests.integration.system.installation import SHORT, Installation, School, wait_for


@pytest.fixture(autouse=True)
def _nothing_is_broken_afterwards(embedded: Installation) -> Iterator[None]:
    yield
    embedded.check()


def attempts(school: School, content: str) -> dict[str, int]:
    return {step["name"]: step["attempt"] for step in school.status_of(content)["video_asset"]["steps"]}


@pytest.mark.parametrize("step", ["TRANSCODE", "TRANSCRIBE"])
def test_a_killed_worker_costs_only_its_current_step(
    embedded: Installation, school: School, minute: Path, step: str
) -> None:
    content = school.upload(minute, title=f"Killed in {step}")
    school.until_step(content, step, "RUNNING")
    worker = embedded.worker()
    tools = embedded.tools()
    finished = {
        s["name"]: s["finished_at"]
        for s in school.status_of(content)["video_asset"]["steps"]
        if s["state"] == "SUCCEEDED"
    }
    worker.kill()
    _, alive = psutil.wait_procs(tools, timeout=2)
    assert not alive, "ffmpeg outlived its worker"
    asset = school.until(content, {"READY", "FAILED"})["video_asset"]
    assert asset["status"] == "READY"
    after = {s["name"]: s["finished_at"] for s in asset["steps"]}
    assert "VALIDATE" in finished
    assert {name: after[name] for name in finished} == finished, "a finished step was repeated"
    assert attempts(school, content)[step] == 2
    assert embedded.worker().pid != worker.pid
    assert not embedded.tools()


def test_a_worker_stopped_in_good_order_loses_no_time(embedded: Installation, school: School, minute: Path) -> None:
    content = school.upload(minute, title="Deployed meanwhile")
    school.until_step(content, "TRANSCODE", "RUNNING")
    embedded.worker().terminate()
    # Only a worker that gives its step back makes it QUEUED: a lease that ran out is taken over as it is.
    school.until_step(content, "TRANSCODE", "QUEUED", seconds=5)
    assert school.until(content, {"READY", "FAILED"})["video_asset"]["status"] == "READY"


def test_a_step_can_be_done_again(embedded: Installation, school: School) -> None:
    content = school.upload(SHORT)
    before = school.until(content, {"READY", "FAILED"})
    assert before["video_asset"]["status"] == "READY"
    path = f"/api/courses/{school.course}/modules/{school.module}/contents/{content}/video/rerun/"
    again = school.admin.post(path, {"from_step": "THUMBNAIL", "only": True})
    assert again.status_code == 202, again.text
    assert again.json()["video_asset"]["playable"] is True
    asset = school.until(content, {"READY", "FAILED"})["video_asset"]
    assert asset["status"] == "READY"
    assert attempts(school, content) == {
        "VALIDATE": 1, "THUMBNAIL": 2, "TRANSCODE": 1, "TRANSCRIBE": 1, "ASSIGNMENTS": 1, "FINALIZE": 2,
    }  # fmt: skip
    assert "queued" in embedded.lms("pipeline", "rerun", content, "--from-step", "TRANSCRIBE")
    assert school.until(content, {"READY", "FAILED"})["video_asset"]["status"] == "READY"


def test_what_a_rerun_leaves_is_collected_and_no_sooner(embedded: Installation, school: School) -> None:
    content = school.upload(SHORT)
    school.until(content, {"READY", "FAILED"})
    storage = embedded.data_dir / "storage"

    def posters() -> set[str]:
        return {str(path) for path in storage.glob(f"tenant/*/videos/{content}/r*/thumb.jpg")}

    (first,) = posters()
    embedded.lms("pipeline", "rerun", content, "--from-step", "THUMBNAIL", "--only")
    status = school.until(content, {"READY", "FAILED"})
    assert "0 removed" in embedded.lms("storage", "collect"), "somebody may still be watching"
    assert len(posters()) == 2
    impatient = replace(embedded, settings={**embedded.settings, "LMS_COLLECT_AFTER_SECONDS": "1"})

    def is_collected() -> bool:
        impatient.lms("storage", "collect")
        return first not in posters()

    wait_for("the collection", is_collected, 20)
    assert len(posters()) == 1
    assert school.admin.get(status["playback"]["thumbnail_url"]).status_code == 200
    assert school.status_of(content)["video_asset"]["stored_bytes"] < status["video_asset"]["stored_bytes"]


def send_large(
    connection: http.client.HTTPConnection,
    api: psutil.Process,
    school: School,
    head: bytes,
    chunk: bytes,
    count: int,
    tail: bytes,
) -> tuple[int, float, int]:
    """Status, seconds, and by how much the API's resident memory grew at most."""
    path = f"/api/courses/{school.course}/modules/{school.module}/contents/video-upload/"
    connection.putrequest("POST", path, skip_host=True)
    for name, value in {
        "Host": school.site.host,
        "Authorization": f"Bearer {school.admin.token}",
        "Content-Type": "multipart/form-data; boundary=frontier",
        "Content-Length": str(len(head) + len(chunk) * count + len(tail)),
    }.items():
        connection.putheader(name, value)
    connection.endheaders()
    before = peak = api.memory_info().rss
    begin = time.monotonic()
    connection.send(head)
    for number in range(count):
        connection.send(chunk)
        if number % 16 == 0:
            peak = max(peak, api.memory_info().rss)
    connection.send(tail)
    answer = connection.getresponse()
    answer.read()
    return answer.status, time.monotonic() - begin, max(peak, api.memory_info().rss) - before


def test_a_large_upload_takes_no_memory(embedded: Installation, school: School) -> None:
    """1 GiB through the API: less than 100 MiB more resident memory."""
    api = embedded.process_with("--api-only")
    head = (
        b'--frontier\r\nContent-Disposition: form-data; name="file"; filename="big.mkv"\r\n'
        b"Content-Type: video/x-matroska\r\n\r\n\x1a\x45\xdf\xa3"
    )
    chunk, count = bytes(1024 * 1024), 1024
    tail = b"\r\n--frontier--\r\n"
    with closing(http.client.HTTPConnection("127.0.0.1", embedded.port, timeout=120)) as connection:
        status, seconds, growth = send_large(connection, api, school, head, chunk, count, tail)
    print(f"1 GiB in {seconds:.1f} s, resident memory +{growth / 2**20:.0f} MiB")
    assert status == 201
    assert growth < 100 * 2**20


def test_ctrl_c_ends_everything_and_a_second_start_keeps_all(embedded: Installation, school: School) -> None:
    seconds = embedded.stop(signal.SIGINT)
    print(f"stopped in {seconds:.2f} s")
    again = embedded.start()
    print(f"started again in {again:.2f} s")
    assert school.admin.get(f"/api/courses/{school.course}/").status_code == 200


def test_killing_the_parent_ends_everything(embedded: Installation) -> None:
    seconds = embedded.stop(signal.SIGKILL)
    print(f"all gone {seconds:.2f} s after kill -9")
    embedded.start()
