"""Sending a video: what is refused when, and that nothing stays of what was refused."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from entrypoints.http import api_request
from tests.integration.http.conftest import School, new_module

CLIP = (Path(__file__).parents[3] / "media" / "jfk-inaugural-1961.mp4").read_bytes()
BOUNDARY = "gc0pMUlT1B0uNdArYgc0p"
FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
END = f"--{BOUNDARY}--\r\n".encode()


def part(name: str, value: bytes, filename: str | None = None) -> bytes:
    disposition = f'form-data; name="{name}"' + (f'; filename="{filename}"' if filename is not None else "")
    return f"--{BOUNDARY}\r\nContent-Disposition: {disposition}\r\n\r\n".encode() + value + b"\r\n"


FILE = part("file", CLIP, "speech.mp4")


@pytest.fixture(scope="module")
async def contents(school: School) -> str:
    return await new_module(school, "Uploads")


def stored(school: School) -> set[Path]:
    folder = school.running.settings.data_dir / "storage"
    return {path for path in folder.rglob("*") if path.is_file()}


async def send(school: School, contents: str, body: bytes | AsyncIterator[bytes], **headers: str) -> httpx.Response:
    named = {**FORM, **{name.replace("_", "-").title(): value for name, value in headers.items()}}
    return await school.admin.client.post(f"{contents}/video-upload/", content=body, headers=named)


async def test_fields_after_the_file_count(school: School, contents: str) -> None:
    response = await send(
        school, contents, FILE + part("title", "Späte Größe".encode()) + part("language", b"EN") + END
    )
    assert response.status_code == 201, response.text
    assert response.json()["content"]["title"] == "Späte Größe"
    assert response.json()["video_asset"]["source_name"] == "speech.mp4"


@pytest.mark.parametrize(
    ("filename", "title"),
    [
        ("Lesson 3.mp4", "Lesson 3"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\evil.mp4", "evil"),
        ("no extension", "no extension"),
        ("урок.mp4", "урок"),
        ("", "recording"),
        ("x" * 250 + ".mp4", "x" * 200),
        ("a\u202egpj.mp4", "agpj"),
    ],
)
async def test_without_a_title_the_name_serves(school: School, contents: str, filename: str, title: str) -> None:
    response = await send(school, contents, part("file", CLIP, filename) + END)
    assert response.status_code == 201, response.text
    assert response.json()["content"]["title"] == title


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        (part("title", b"x") + END, "file", "required"),
        (part("file", b"", "a.mp4") + END, "file", "empty"),
        (part("file", b"<html>" * 100, "a.mp4") + END, "file", "not_a_video"),
        (part("file", CLIP[:-1000], "a.mp4") + END, "file", "truncated"),
        (FILE + FILE + END, "file", "duplicate"),
        (part("title", b"x" * 300) + FILE + END, "title", "too_long"),
        (FILE + part("title", b"x" * 300) + END, "title", "too_long"),
        (part("title", b"a\x00b") + FILE + END, "title", "invalid"),
        (part("language", b"klingon") + FILE + END, "language", "invalid"),
        (FILE + part("language", b"1") + END, "language", "invalid"),
        (part("tenant_id", b"1") + FILE + END, "tenant_id", "unknown_field"),
    ],
)
async def test_what_is_refused_leaves_nothing(
    school: School, contents: str, body: bytes, field: str, code: str
) -> None:
    before = stored(school)
    count = (await school.admin.get(contents)).json()["count"]
    response = await send(school, contents, body)
    assert response.status_code == 400, response.text
    assert [(e["field"], e["code"]) for e in response.json()["errors"]] == [(field, code)]
    assert stored(school) == before
    assert (await school.admin.get(contents)).json()["count"] == count


@pytest.mark.parametrize("body", [b"", b"x", FILE, FILE[:100_000], FILE + END[:-4], b"x" * 200_000])
async def test_a_form_that_breaks_off_leaves_nothing(school: School, contents: str, body: bytes) -> None:
    before = stored(school)
    response = await send(school, contents, body)
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert stored(school) == before


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"content_type": "application/json"}, 415, "unsupported_media_type"),
        ({"content_type": "multipart/form-data"}, 400, "malformed_form"),
        ({"content_type": "multipart/form-data; boundary=other"}, 400, "malformed_form"),
        ({"content_encoding": "gzip"}, 415, "unsupported_media_type"),
    ],
)
async def test_a_wrong_kind_of_body(
    school: School, contents: str, headers: dict[str, str], status: int, code: str
) -> None:
    before = stored(school)
    response = await send(school, contents, FILE + END, **headers)
    assert (response.status_code, response.json()["type"]) == (status, f"urn:lms:problem:{code}")
    assert stored(school) == before


async def test_what_is_too_large_is_refused_before_the_first_byte(school: School, contents: str) -> None:
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += 1
            yield b"x" * 100_000

    response = await send(school, contents, body(), content_length=str(3 * 1024**3))
    assert (response.status_code, response.json()["type"]) == (413, "urn:lms:problem:too_large")
    assert response.headers["connection"] == "close"
    # A little is read on, so that the client can read the answer; never the whole.
    assert read < 60


async def test_an_upload_that_stops_is_given_up(school: School, contents: str) -> None:
    before = stored(school)

    async def body() -> AsyncIterator[bytes]:
        yield FILE[:200_000]
        await asyncio.sleep(30)

    response = await asyncio.wait_for(send(school, contents, body(), transfer_encoding="chunked"), 10)
    assert (response.status_code, response.json()["type"]) == (408, "urn:lms:problem:request_timeout")
    assert stored(school) == before


async def test_an_upload_that_drips_is_given_up(school: School, contents: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_request, "SLOW_START_SECONDS", 0.3)
    before = stored(school)

    async def body() -> AsyncIterator[bytes]:
        yield FILE[:100]
        for number in range(100, 10_000):
            await asyncio.sleep(0.05)
            yield FILE[number : number + 1]

    response = await asyncio.wait_for(send(school, contents, body(), transfer_encoding="chunked"), 10)
    assert (response.status_code, response.json()["type"]) == (408, "urn:lms:problem:request_timeout")
    assert stored(school) == before


async def test_only_administrators_upload_and_only_into_modules_that_exist(school: School, contents: str) -> None:
    elsewhere = contents.replace(contents.split("/")[5], "0190f7d0-0000-7000-8000-00000000dead")
    assert (await send(school, elsewhere, FILE + END)).status_code == 404
    async with school.running.client(school.host) as client:
        response = await client.post(f"{contents}/video-upload/", content=FILE + END, headers=FORM)
    assert response.status_code == 401
