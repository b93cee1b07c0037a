"""Keys of stored objects: nothing a client says leads out of a content's folder."""

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_domain.video.storage_keys import (
    file_key,
    media_key,
    run_name,
    run_prefix,
    source_key,
    tenant_prefix,
    video_prefix,
)

TENANT, CONTENT = UUID(int=1), UUID(int=2)
PREFIX = "tenant/00000000-0000-0000-0000-000000000001/videos/00000000-0000-0000-0000-000000000002/"
FORM = re.compile(r"tenant/[0-9a-f-]{36}/videos/[0-9a-f-]{36}/(?:[a-z0-9_]+/){0,4}[a-z0-9_]+\.[a-z0-9]+")


def test_keys() -> None:
    run = run_name(UUID(int=3))
    assert tenant_prefix(TENANT) == "tenant/00000000-0000-0000-0000-000000000001/"
    assert video_prefix(TENANT, CONTENT) == PREFIX
    assert source_key(TENANT, CONTENT, UUID(int=4)) == f"{PREFIX}source_{UUID(int=4).hex}.bin"
    assert run == f"r{UUID(int=3).hex}"
    assert run_prefix(TENANT, CONTENT, run) == f"{PREFIX}{run}/"
    assert file_key(TENANT, UUID(int=5)) == f"{tenant_prefix(TENANT)}files/{UUID(int=5).hex}.bin"


@pytest.mark.parametrize(
    "path",
    [
        "r1/hls/master.m3u8",
        "r1/hls/720p/index.m3u8",
        "r1/hls/720p/seg_00001.ts",
        "r1/thumb.jpg",
        "r1/storyboard.vtt",
        "r1/captions.vtt",
    ],
)
def test_media_that_may_be_fetched(path: str) -> None:
    assert media_key(TENANT, CONTENT, path) == PREFIX + path


@pytest.mark.parametrize(
    "path",
    [
        "", "/", ".", "..", "r1", "r1/", "r1/hls", "/r1/thumb.jpg", "//r1/thumb.jpg", "r1//thumb.jpg", "r1/thumb.jpg/",
        "../thumb.jpg", "r1/../thumb.jpg", "r1/./thumb.jpg", "r1/hls/../../../2/r1/thumb.jpg", "r1/..",
        "..%2fthumb.jpg",
        "r1%2fthumb.jpg", "r1%2Fthumb.jpg", "%2e%2e/thumb.jpg", "r1\\thumb.jpg", "..\\thumb.jpg", "C:/thumb.jpg",
        "r1/thumb.jpg\x00", "r1/thumb\x00.jpg", "r1/thumb.jpg\n", "r1/thumb.jpg ", " r1/thumb.jpg", "r1/thumb.jpg?x=1",
        "r1/thumb.jpg#x", "r1/thumb.JPG", "R1/thumb.jpg", "r1/thumb.jpeg", "r1/thumb.png", "r1/thumb.svg", "r1/x.html",
        "r1/x.mp4", "r1/x.bin", "source_00000000000000000000000000000004.bin", "source.mp4", "r1/.ts", "r1/x.", "r1/x",
        "r1/x.ts.bin", "r1/x..ts", "r1/x.y.ts", "r1/-x.ts", "a/b/c/d/e/x.ts", "r1/sèg.ts", "r1/ｓｅｇ.ts", "r1/seg١.ts",
        "http://example.test/x.ts", "~/x.ts", "r1/*.ts", "r1/{x}.ts", "r1/x.ts;y", "r1/x.ts\r\nX: 1", "\ud83d.ts",
    ],
)  # fmt: skip
def test_what_is_never_served(path: str) -> None:
    assert media_key(TENANT, CONTENT, path) is None


@given(path=st.text(max_size=60) | st.from_regex(r"[a-z0-9_./%\\]{0,40}\.(m3u8|ts|jpg|vtt|bin)", fullmatch=True))
def test_whatever_is_asked_stays_within_the_content(path: str) -> None:
    key = media_key(TENANT, CONTENT, path)
    if key is not None:
        assert key == PREFIX + path
        assert FORM.fullmatch(key)
        assert ".." not in key
        assert not key.endswith(".bin")


IDS = st.uuids()


@given(tenant=IDS, content=IDS, other_tenant=IDS, other_content=IDS, number=IDS)
def test_no_school_and_no_video_shares_a_prefix(
    tenant: UUID, content: UUID, other_tenant: UUID, other_content: UUID, number: UUID
) -> None:
    run = run_prefix(tenant, content, run_name(number))
    for key in (source_key(tenant, content, number), run + "thumb.jpg"):
        assert FORM.fullmatch(key)
        assert key.startswith(tenant_prefix(tenant))
        assert key.startswith(tenant_prefix(other_tenant)) == (tenant == other_tenant)
        assert key.startswith(video_prefix(tenant, other_content)) == (content == other_content)
    assert media_key(tenant, content, source_key(tenant, content, number).rpartition("/")[2]) is None
