"""One real recording, from upload to being watched; embedded and over Redis."""

import json
import re
import subprocess
from pathlib import Path

import jiwer
import pytest

from tests.integration.system.installation import LECTURE, MEDIA, Installation, School, Site, wait_for
from tests.words import normalise

SCRIPT = (MEDIA / "lecture-formative-assessment.txt").read_text()


@pytest.fixture(scope="module")
def ready(installation: Installation) -> tuple[School, str]:
    """A school whose lecture is READY and published."""
    school = installation.school("Lecture School")
    content = school.upload(LECTURE, title="Formative assessment", language="en")
    status = school.until(content, {"READY", "FAILED"})
    assert status["video_asset"]["status"] == "READY", status
    published = school.admin.post(f"/api/courses/{school.course}/publish/", {"action": "publish"})
    assert published.status_code == 200, published.text
    return school, content


@pytest.fixture(scope="module")
def teacher(ready: tuple[School, str]) -> Site:
    return ready[0].teacher("tara@school.example")


def lesson(teacher: Site, school: School) -> dict[str, object]:
    detail = teacher.get(f"/api/teacher/courses/{school.course}/").json()
    return dict(detail["modules"][0]["contents"][0])


def test_every_step_succeeded_once(ready: tuple[School, str]) -> None:
    school, content = ready
    steps = school.status_of(content)["video_asset"]["steps"]
    assert {(s["name"], s["state"], s["attempt"]) for s in steps} == {
        (name, "SUCCEEDED", 1)
        for name in ("VALIDATE", "THUMBNAIL", "TRANSCODE", "TRANSCRIBE", "ASSIGNMENTS", "FINALIZE")
    }


def test_the_lecture_is_asked_about(ready: tuple[School, str]) -> None:
    school, content = ready
    reflection, quiz = school.status_of(content)["assignments"]
    assert (reflection["kind"], reflection["is_published"], reflection["quiz_id"]) == ("REFLECTION", True, None)
    assert (quiz["kind"], quiz["is_published"], quiz["quiz_state"]) == ("QUIZ", True, "PUBLISHED")
    assert quiz["question_count"] >= 3


def test_the_stream_is_as_long_as_the_recording(
    ready: tuple[School, str], teacher: Site, installation: Installation
) -> None:
    school, _ = ready
    # ffprobe finds the school's host through the header, since it does not resolve *.localhost by itself.
    host = f"Host: {school.site.host}\r\n"
    address = f"http://127.0.0.1:{installation.port}{lesson(teacher, school)['hls_url']}"
    shown = ["-v", "error", "-of", "json", "-show_entries", "format=duration:stream=codec_name,height"]
    probed = json.loads(subprocess.check_output(["ffprobe", *shown, "-headers", host, address]))
    original = json.loads(subprocess.check_output(["ffprobe", *shown, str(LECTURE)]))
    assert abs(float(probed["format"]["duration"]) - float(original["format"]["duration"])) <= 0.5
    assert {"h264", "aac"} == {s["codec_name"] for s in probed["streams"]}


def test_captions_say_what_was_said(ready: tuple[School, str], teacher: Site) -> None:
    school, content = ready
    captions = teacher.get(str(lesson(teacher, school)["captions_url"]))
    assert captions.headers["content-type"].startswith("text/vtt")
    assert captions.text.startswith("WEBVTT")
    spoken = " ".join(
        line for line in captions.text.splitlines()[1:] if line and "-->" not in line and not line.isdigit()
    )
    error_rate = jiwer.wer(normalise(SCRIPT), normalise(spoken))
    print(f"word error rate {error_rate:.3f}")
    assert error_rate <= 0.20
    transcript = teacher.get(f"/api/teacher/videos/{content}/transcript/").json()
    assert transcript["language"] == "en"
    assert len(transcript["segments"]) > 20
    assert all(s["start"] < s["end"] for s in transcript["segments"])
    assert teacher.get(transcript["vtt_url"]).status_code == 200


def test_media_speak_http(ready: tuple[School, str], teacher: Site) -> None:
    school, _ = ready
    playing = lesson(teacher, school)
    master = teacher.get(str(playing["hls_url"]))
    assert re.search(r"BANDWIDTH=\d+.*RESOLUTION=1280x720.*CODECS=\"avc1\.|CODECS=\"avc1\.", master.text)
    folder = str(playing["hls_url"]).rsplit("/", 1)[0]
    variant = next(line for line in master.text.splitlines() if line and not line.startswith("#"))
    segments = [
        line for line in teacher.get(f"{folder}/{variant}").text.splitlines() if line and not line.startswith("#")
    ]
    address = f"{folder}/{Path(variant).parent}/{segments[0]}"
    whole = teacher.get(address)
    assert whole.status_code == 200
    assert whole.headers["accept-ranges"] == "bytes"
    assert whole.headers["x-content-type-options"] == "nosniff"
    part = teacher.get(address, headers={"Range": "bytes=10-99"})
    assert (part.status_code, part.content) == (206, whole.content[10:100])
    assert part.headers["content-range"] == f"bytes 10-99/{len(whole.content)}"
    assert teacher.get(address, headers={"If-None-Match": whole.headers["etag"]}).status_code == 304
    assert teacher.get(address, headers={"Range": f"bytes={len(whole.content)}-"}).status_code == 416
    poster = teacher.get(str(playing["thumbnail_url"]))
    assert poster.content.startswith(b"\xff\xd8")


def test_the_questions_are_printed(ready: tuple[School, str], installation: Installation) -> None:
    _, content = ready
    (quiz,) = json.loads(installation.lms("pipeline", "questions", content, "--json"))
    assert (quiz["state"], quiz["generator"]) == ("PUBLISHED", "rules-en/2")
    assert len(quiz["questions"]) >= 5
    assert {question["rule"] for question in quiz["questions"]} <= {"definition", "meaning", "number", "cloze"}
    told = installation.lms("pipeline", "questions", content)
    print(told)
    for question in quiz["questions"]:
        assert question["prompt"] in told
        assert question["evidence"]["quote"] in told


def test_new_captions_make_questions_stale(ready: tuple[School, str], installation: Installation) -> None:
    """As if the captions had been others when the questions were made; now the video is heard again."""
    school, content = ready
    quiz = school.status_of(content)["assignments"][1]["id"]
    path = f"/api/assignments/{quiz}/questions"
    before = school.admin.get(f"{path}/").json()["questions"]
    assert {question["review"] for question in before} == {"ACCEPTED"}
    stale = before[0]
    heard_before = "Sumptuous assessment is the practice of gathering elephants in the last lesson."
    change = f"UPDATE questions SET evidence_quote = '{heard_before}' WHERE id = '{stale['id']}'"  # noqa: S608 -- our own
    installation.rewrite(change)
    installation.lms("pipeline", "rerun", content, "--from-step", "TRANSCRIBE", "--only")

    def heard() -> bool:
        steps = {step["name"]: step for step in school.status_of(content)["video_asset"]["steps"]}
        return (steps["TRANSCRIBE"]["attempt"], steps["TRANSCRIBE"]["state"]) == (2, "SUCCEEDED")

    wait_for("hearing it again", heard, seconds=180.0)
    first, *others = school.admin.get(f"{path}/").json()["questions"]
    assert (first["review"], first["evidence"]["quote"]) == ("STALE", heard_before)
    assert stale["evidence"]["quote"] in first["said_now"]
    assert [(each["review"], each["said_now"]) for each in others] == [("ACCEPTED", None)] * len(others)
    told = school.admin.get("/api/notifications/").json()["results"]
    (notice,) = [each for each in told if each["title"].startswith("Captions changed: ")]
    assert notice["link"] == f"/assignments/{quiz}/questions"
    accepted = school.admin.post(f"{path}/{first['id']}/review/", {"action": "accept"})
    assert accepted.status_code == 200, accepted.text
    again = accepted.json()["questions"][0]
    assert (again["review"], again["said_now"]) == ("ACCEPTED", None)
    assert again["evidence"]["quote"] == first["said_now"]


def test_a_teacher_who_is_not_assigned_sees_nothing(ready: tuple[School, str], teacher: Site) -> None:
    school, content = ready
    changed = school.admin.request("PATCH", f"/api/courses/{school.course}/", json={"assigned_to_all": False})
    assert changed.status_code == 200
    try:
        assert teacher.get("/api/teacher/courses/").json()["count"] == 0
        assert teacher.get(f"/api/teacher/courses/{school.course}/").status_code == 404
        assert teacher.get(f"/api/teacher/videos/{content}/transcript/").status_code == 404
    finally:
        school.admin.request("PATCH", f"/api/courses/{school.course}/", json={"assigned_to_all": True})


def test_every_invariant_holds(ready: tuple[School, str], installation: Installation) -> None:
    installation.check()
