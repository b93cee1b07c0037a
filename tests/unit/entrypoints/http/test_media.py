"""Fetching media below a grant."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from lms_app.ports.host_directory import HostedSchool
from lms_domain.schools.tenant import TenantStatus
from lms_domain.video.storage_keys import video_prefix
from tests.unit.entrypoints.http.kit import A_CONTENT, A_COURSE, NORTH, SOUTH, Kit

SEGMENT = bytes(range(256)) * 5000
FILES = {
    "r1/hls/master.m3u8": b"#EXTM3U\n",
    "r1/hls/720p/seg_00001.ts": SEGMENT,
    "r1/captions.vtt": b"WEBVTT\n",
    "r1/thumb.jpg": b"\xff\xd8\xff",
    "r1/empty.vtt": b"",
    "source_0123.bin": b"the original",
}


async def one(body: bytes) -> AsyncIterator[bytes]:
    yield body


@pytest.fixture
async def kit() -> Kit:
    kit = Kit()
    for tenant in (NORTH, SOUTH):
        for name, body in FILES.items():
            await kit.storage.put_stream(video_prefix(tenant, A_CONTENT) + name, one(body), max_bytes=10**9)
    return kit


async def fetch(
    kit: Kit, path: str, token: str | None = None, host: str = "north.lms.example", method: str = "GET", **headers: str
) -> httpx.Response:
    async with kit.client(host) as client:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await client.request(method, f"/media/{token or kit.grant()}/{path}", headers=named)


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("r1/hls/master.m3u8", "application/vnd.apple.mpegurl"),
        ("r1/hls/720p/seg_00001.ts", "video/mp2t"),
        ("r1/captions.vtt", "text/vtt; charset=utf-8"),
        ("r1/thumb.jpg", "image/jpeg"),
        ("r1/empty.vtt", "text/vtt; charset=utf-8"),
    ],
)
async def test_the_whole(kit: Kit, path: str, content_type: str) -> None:
    response = await fetch(kit, path)
    assert (response.status_code, response.content) == (200, FILES[path])
    assert response.headers["content-type"] == content_type
    assert response.headers["content-length"] == str(len(FILES[path]))
    assert response.headers["accept-ranges"] == "bytes"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in response.headers


async def test_how_long_it_may_be_kept(kit: Kit) -> None:
    grant = kit.grant(minutes=90)
    playlist = await fetch(kit, "r1/hls/master.m3u8", grant)
    segment = await fetch(kit, "r1/hls/720p/seg_00001.ts", grant)
    assert playlist.headers["cache-control"] == "no-store"
    assert segment.headers["cache-control"] == "private, max-age=5400, immutable"


@pytest.mark.parametrize(
    "value", ["bytes=0-99", "bytes=100-", "bytes=-100", "bytes=0-99999999", "bytes=1279999-1279999"]
)
async def test_a_part(kit: Kit, value: str) -> None:
    response = await fetch(kit, "r1/hls/720p/seg_00001.ts", range=value)
    assert response.status_code == 206
    first, last = response.headers["content-range"].removeprefix("bytes ").removesuffix(f"/{len(SEGMENT)}").split("-")
    assert response.content == SEGMENT[int(first) : int(last) + 1]
    assert response.headers["content-length"] == str(len(response.content))


async def test_parts_make_the_whole(kit: Kit) -> None:
    parts = [
        (await fetch(kit, "r1/hls/720p/seg_00001.ts", range=f"bytes={start}-{start + 299_999}")).content
        for start in range(0, len(SEGMENT), 300_000)
    ]
    assert b"".join(parts) == SEGMENT


@pytest.mark.parametrize("value", ["bytes=1280000-", "bytes=9999999-99999999", "bytes=-0"])
async def test_a_part_that_is_not_there(kit: Kit, value: str) -> None:
    response = await fetch(kit, "r1/hls/720p/seg_00001.ts", range=value)
    assert response.status_code == 416
    assert response.headers["content-range"] == f"bytes */{len(SEGMENT)}"
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "value", ["bytes=0-1,4-5", "bytes=" + "0-0," * 1000 + "1-1", "lines=1-2", "bytes=5-2", "bytes=x"]
)
async def test_parts_that_we_do_not_serve_are_the_whole(kit: Kit, value: str) -> None:
    response = await fetch(kit, "r1/hls/720p/seg_00001.ts", range=value)
    assert (response.status_code, len(response.content)) == (200, len(SEGMENT))


async def test_nothing_is_sent_twice(kit: Kit) -> None:
    tag = (await fetch(kit, "r1/captions.vtt")).headers["etag"]
    assert tag.startswith('"')
    for condition in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        response = await fetch(kit, "r1/captions.vtt", if_none_match=condition)
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["etag"] == tag
    assert (await fetch(kit, "r1/captions.vtt", if_none_match='"other"')).status_code == 200


async def test_a_part_of_another_version_is_the_whole(kit: Kit) -> None:
    tag = (await fetch(kit, "r1/hls/720p/seg_00001.ts")).headers["etag"]
    same = await fetch(kit, "r1/hls/720p/seg_00001.ts", range="bytes=0-9", if_range=tag)
    other = await fetch(kit, "r1/hls/720p/seg_00001.ts", range="bytes=0-9", if_range='"other"')
    weak = await fetch(kit, "r1/hls/720p/seg_00001.ts", range="bytes=0-9", if_range=f"W/{tag}")
    assert [r.status_code for r in (same, other, weak)] == [206, 200, 200]


async def test_head(kit: Kit) -> None:
    for headers, status, length in (({}, 200, len(SEGMENT)), ({"range": "bytes=0-9"}, 206, 10)):
        response = await fetch(kit, "r1/hls/720p/seg_00001.ts", method="HEAD", **headers)
        assert (response.status_code, response.content) == (status, b"")
        assert response.headers["content-length"] == str(length)


@pytest.mark.parametrize(
    "path",
    [
        "source_0123.bin",
        "r1",
        "r1/",
        "r1/hls",
        "r1/nope.ts",
        "../r1/thumb.jpg",
        "r1/../r1/thumb.jpg",
        "r1/%2e%2e/r1/thumb.jpg",
        "r1%2fthumb.jpg",
        "r1//thumb.jpg",
        "/r1/thumb.jpg",
        "r1/thumb.jpg/",
        "r1/thumb.JPG",
        "r1/thumb.jpg%00",
        "r1\\thumb.jpg",
        "r1/thumb.jpg;x",
        "./r1/thumb.jpg",
        "R1/thumb.jpg",
        "r1/thumb.jpg.bin",
        "a/b/c/d/e/f.ts",
        "r1/thumb.html",
        "",
    ],
)
async def test_what_cannot_be_named(kit: Kit, path: str) -> None:
    response = await kit.get(f"/media/{kit.grant()}/{path}")
    if path == "r1/thumb.jpg/":
        # A slash at the end changes nothing, here as elsewhere.
        assert response.status_code == 200
        return
    assert response.status_code == 404
    assert response.json()["detail"] == "There is nothing here."


async def test_every_wrong_grant_looks_the_same(kit: Kit) -> None:
    good = kit.grant()
    expired = kit.grant(minutes=5)
    ended = kit.grant()
    tampered = [good[:i] + ("A" if good[i] != "A" else "B") + good[i + 1 :] for i in range(0, len(good), 7)]
    path = "r1/hls/master.m3u8"
    revoked = kit.playback_tokens.verify(ended, now=kit.clock.now()).session_id
    del kit.sessions.known[NORTH, revoked]
    kit.clock.advance(timedelta(minutes=6))
    assert (await fetch(kit, path, good)).status_code == 200
    wrong = [
        await fetch(kit, path, token)
        for token in (
            "x",
            "a.b.c",
            expired,
            ended,
            kit.token(),
            kit.grant(SOUTH),
            kit.grant(NORTH, A_COURSE),
            *tampered,
        )
    ]
    wrong.append(await fetch(kit, path, good, host="south.lms.example"))
    wrong.append(await fetch(kit, path, good, host="lms.example"))
    bodies = {response.text.replace(response.headers["x-request-id"], "") for response in wrong}
    assert {response.status_code for response in wrong} == {404}
    assert len(bodies) == 1


async def test_a_school_that_was_shut(kit: Kit) -> None:
    grant = kit.grant()
    kit.hosts.schools["north"] = HostedSchool(NORTH, TenantStatus.SUSPENDED)
    response = await fetch(kit, "r1/hls/master.m3u8", grant)
    assert response.status_code == 403
    assert response.json()["type"] == "urn:lms:problem:school_suspended"


async def test_a_storage_that_does_not_answer(kit: Kit) -> None:
    kit.storage.is_down = True
    response = await fetch(kit, "r1/hls/master.m3u8")
    assert response.status_code == 503
    assert response.json()["type"] == "urn:lms:problem:storage_unavailable"
    assert response.headers["retry-after"]
