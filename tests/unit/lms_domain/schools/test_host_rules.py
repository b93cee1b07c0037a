"""Which site a ``Host`` header names. Tricks name none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_domain.schools.host import CustomDomain, PlatformHost, SchoolSubdomain, Site, parse_host

PLATFORM = "lms.example"

NAMED: dict[str, Site] = {
    "lms.example": PlatformHost(),
    "LMS.Example": PlatformHost(),
    "lms.example.": PlatformHost(),
    "lms.example:443": PlatformHost(),
    "lms.example.:8000": PlatformHost(),
    "lms.example:1": PlatformHost(),
    "lms.example:65535": PlatformHost(),
    "demo.lms.example": SchoolSubdomain("demo"),
    "DEMO.LMS.EXAMPLE": SchoolSubdomain("demo"),
    "demo.lms.example.": SchoolSubdomain("demo"),
    "demo.lms.example:8000": SchoolSubdomain("demo"),
    "a-b-1.lms.example": SchoolSubdomain("a-b-1"),
    "www.lms.example": SchoolSubdomain("www"),
    "a.lms.example": SchoolSubdomain("a"),
    f"{'x' * 40}.lms.example": SchoolSubdomain("x" * 40),
    "xn--80ak6aa92e.lms.example": SchoolSubdomain("xn--80ak6aa92e"),
    "training.school.edu": CustomDomain("training.school.edu"),
    "school.edu:8443": CustomDomain("school.edu"),
    "a.lms.example.evil.com": CustomDomain("a.lms.example.evil.com"),
    "evil-lms.example": CustomDomain("evil-lms.example"),
    "lms.example.evil.com": CustomDomain("lms.example.evil.com"),
    "example": CustomDomain("example"),
    "localhost": CustomDomain("localhost"),
    "127.0.0.1": CustomDomain("127.0.0.1"),
    "127.0.0.1:8000": CustomDomain("127.0.0.1"),
}

NOTHING = [
    "",
    ".",
    "..",
    ":",
    ":80",
    "lms.example:",
    "lms.example:0",
    "lms.example:65536",
    "lms.example:99999",
    "lms.example:080000",
    "lms.example:-1",
    "lms.example:+80",
    "lms.example: 80",
    "lms.example:80 ",
    "lms.example:8_0",
    "lms.example:http",
    "lms.example:80:80",
    "lms.example:\u0668\u0660",
    "lms.example..",
    ".lms.example",
    "..lms.example",
    "a.b.lms.example",
    "a..lms.example",
    "-a.lms.example",
    "a-.lms.example",
    "a_b.lms.example",
    "_dmarc.lms.example",
    f"{'x' * 41}.lms.example",
    f"{'x' * 64}.school.edu",
    f"{'a.' * 127}ab",
    ".".join("a" * 300),
    "x" * 10_000,
    "user@lms.example",
    "a.lms.example@evil.com",
    "user:password@lms.example",
    "http://lms.example",
    "lms.example/path",
    "lms.example?x",
    "lms.example#x",
    "lms.example\\",
    "[::1]",
    "[::1]:8000",
    "::1",
    "lms.example\x00",
    "\x00lms.example",
    "demo.lms.example\r\nX-Evil: 1",
    "lms.example\n",
    " lms.example",
    "lms.example ",
    "lms .example",
    "lms.example\t",
    "demo.lms.example,other.lms.example",
    "demo.lms.example, lms.example",
    "*.lms.example",
    "demo%2elms.example",
    "%00.lms.example",
    "dem\u00f6.lms.example",
    "\u0434\u0435\u043c\u043e.lms.example",
    "demo\uff0elms\uff0eexample",
    "\u212ademo.lms.example",
    "demo\u3002lms.example",
    "\u0130stanbul.lms.example",
    "demo\u00ad.lms.example",
    "\ud83d.lms.example",
]


@pytest.mark.parametrize(("raw", "site"), NAMED.items(), ids=NAMED.keys())
def test_sites(raw: str, site: Site) -> None:
    assert parse_host(raw, platform_domain=PLATFORM) == site


@pytest.mark.parametrize("raw", NOTHING)
def test_no_site(raw: str) -> None:
    assert parse_host(raw, platform_domain=PLATFORM) is None


@pytest.mark.parametrize(
    ("raw", "site"),
    [
        ("localhost:8000", PlatformHost()),
        ("demo.localhost:8000", SchoolSubdomain("demo")),
        ("a.demo.localhost", None),
        ("127.0.0.1:8000", CustomDomain("127.0.0.1")),
    ],
)
def test_development(raw: str, site: Site | None) -> None:
    assert parse_host(raw, platform_domain="localhost") == site


@given(raw=st.text(max_size=80))
def test_whatever_comes_is_answered_in_lower_case_ascii(raw: str) -> None:
    match parse_host(raw, platform_domain=PLATFORM):
        case SchoolSubdomain(label=name) | CustomDomain(name=name):
            assert name.isascii()
            assert name == name.lower()
            assert raw.isascii()
        case PlatformHost():
            assert raw.isascii()
        case None:
            pass
