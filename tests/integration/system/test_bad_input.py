"""What is no recording, and what is no sensible request: a problem document, nothing stored, never a 500."""

from pathlib import Path
from typing import Any

import pytest

from tests.integration.system.installation import SHORT, Installation, School

PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"


def stored_files(installation: Installation) -> set[Path]:
    return {path for path in (installation.data_dir / "storage").rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<!doctype html><title>Not a video</title>" + b" " * 2000, "not_a_video"),
        (PLAYLIST, "not_a_video"),
        (b"ffconcat version 1.0\nfile other.mp4\n", "not_a_video"),
        (b"", "empty"),
        (SHORT.read_bytes()[:100_000], "truncated"),
    ],
    ids=["html", "playlist", "concat", "empty", "truncated"],
)
def test_wrong_files_are_refused_at_once(embedded: Installation, school: School, data: bytes, code: str) -> None:
    before, courses = stored_files(embedded), school.admin.get(f"/api/courses/{school.course}/").json()
    answer = school.admin.upload(school.course, school.module, ("lesson.mp4", data))
    problem = answer.json()
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["code"] for error in problem["errors"]] == [code]
    assert stored_files(embedded) == before
    assert school.admin.get(f"/api/courses/{school.course}/").json() == courses


def test_a_file_that_only_looks_like_a_video_ends_failed_with_a_reason(school: School) -> None:
    box = (16).to_bytes(4, "big") + b"ftypisom\0\0\0\0" + (1008).to_bytes(4, "big") + b"moov" + bytes(1000)
    content = school.upload(("lesson.mp4", box))
    asset = school.until(content, {"READY", "FAILED"})["video_asset"]
    assert asset["status"] == "FAILED"
    assert asset["error_code"] in {"not_a_video", "unsupported"}
    assert asset["error"]
    assert all(step["state"] in {"FAILED", "CANCELLED"} for step in asset["steps"])


@pytest.mark.parametrize(
    "body",
    [
        {"title": "a\u0000b"},
        {"title": "x", "estimated_hours": 2**70},
        {"title": "x", "deadline": "2026-02-30"},
        {"title": "x", "is_published": True},
        {"title": "x" * 100_000},
        {"title": ""},
        {"title": 3},
        {},
        [],
        "text",
    ],
)
def test_senseless_bodies_are_refused_with_the_field(school: School, body: Any) -> None:
    count = school.admin.get("/api/courses/").json()["count"]
    answer = school.admin.post("/api/courses/", body)
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 400
    assert school.admin.get("/api/courses/").json()["count"] == count


def test_numbers_beyond_all_bounds_are_refused(school: School) -> None:
    for query in ("page=1180591620717411303424", "page=-1", "page_size=1e3", "page_size=0"):
        assert school.admin.get(f"/api/courses/?{query}").status_code == 400, query
