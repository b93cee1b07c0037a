"""Which paths are taken at their word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrypoints.http.paths import is_app_path, is_plain


@pytest.mark.parametrize(
    "path",
    [
        b"/", b"/api/courses", b"/api/courses/", b"/courses/123", b"/caf%C3%A9", b"/a%20b", b"/assets/index-Bx1_.js",
        b"/media/k1.1.2.3/r1/hls/seg_00001.ts", b"/.well-known/x", b"/a..b", b"/...", b"/a:b", b"/a%2Eb",
    ],
)  # fmt: skip
def test_plain(path: bytes) -> None:
    assert is_plain(path)


@pytest.mark.parametrize(
    "path",
    [
        b"//", b"/api//courses", b"//api/courses", b"/api/courses//", b"/%2fapi/courses", b"/api%2Fcourses",
        b"/api%5ccourses",
        b"/api\\courses", b"/api;x=1/courses", b"/api%3bx/courses", b"/../etc/passwd", b"/a/../b", b"/a/.", b"/./a",
        b"/a/%2e%2e/b", b"/a/%2E./b", b"/a/.%2e", b"/a%00", b"/a%0d%0aSet-Cookie:x", b"/a%7f", b"/a\x00", b"/a b",
        b"/a%", b"/a%zz", b"/a%2", b"/..", b"/media/t/..%2fsecret",
    ],
)  # fmt: skip
def test_odd(path: bytes) -> None:
    assert not is_plain(path)


@given(st.lists(st.from_regex(rb"[A-Za-z0-9_-]{1,8}", fullmatch=True), min_size=1))
def test_names_between_slashes_are_plain(names: list[bytes]) -> None:
    assert is_plain(b"/" + b"/".join(names))


@pytest.mark.parametrize("path", ["/", "/login", "/apiary", "/mediathek", "/healthy", "/assets/x.js"])
def test_of_the_app(path: str) -> None:
    assert is_app_path(path)


@pytest.mark.parametrize("path", ["/api", "/api/x", "/media", "/media/a/b", "/health", "/health/live"])
def test_not_of_the_app(path: str) -> None:
    assert not is_app_path(path)
