"""The session cookie, and who may use it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from litestar.datastructures import State

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.cookies import cookie_token, no_cookie, require_own_origin, session_cookie
from entrypoints.http.options import HttpOptions
from entrypoints.http.visit import Visit
from lms_domain.errors import NotAllowed
from tests.unit.entrypoints.http.kit import FakeLogger

HTTPS = "https://north.lms.example"
HTTP = "http://north.localhost:8000"
OWN = ("origin", HTTPS)


def request(*headers: tuple[str, str], origin: str = HTTPS, is_local: bool = False) -> ApiRequest:
    """A request to ``origin`` with ``headers``."""
    options = HttpOptions(platform_domain="lms.example", is_local=is_local)
    is_secure = origin.startswith("https")
    visit = Visit(log=FakeLogger(), request_id="abcdefgh", origin=origin, address="", is_secure=is_secure)
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "state": {"visit": visit},
        "litestar_app": SimpleNamespace(state=State({"options": options})),
    }
    return ApiRequest(scope)  # type: ignore[arg-type]  # the few keys that are looked at


def test_a_token() -> None:
    assert cookie_token(request(("cookie", "a=b; __Host-lms_refresh=abc; c=d"), OWN)) == "abc"


@pytest.mark.parametrize(
    "cookie",
    [
        "", "a=b", "lms_refresh=abc", "__Host-lms_refresh=", "__host-lms_refresh=abc", "x__Host-lms_refresh=abc",
        "__Host-lms_refresh", "__Host-lms_refresh=a; __Host-lms_refresh=b", f"__Host-lms_refresh={'a' * 600}",
    ],
)  # fmt: skip
def test_no_token(cookie: str) -> None:
    assert cookie_token(request(("cookie", cookie), OWN)) is None


def test_two_headers_are_read_as_one() -> None:
    twice = (("cookie", "__Host-lms_refresh=a"), ("cookie", "__Host-lms_refresh=b"))
    assert cookie_token(request(*twice, OWN)) is None


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (("origin", "https://south.lms.example"),),
        (("origin", "https://lms.example"),),
        (("origin", "http://north.lms.example"),),
        (("origin", "https://north.lms.example:8443"),),
        (("origin", "https://north.lms.example.evil.example"),),
        (("origin", "https://evil.example/https://north.lms.example"),),
        (("origin", "null"),),
        (("origin", ""),),
        (("origin", "*"),),
        (OWN, OWN),
        (OWN, ("origin", "https://evil.example")),
        (OWN, ("sec-fetch-site", "cross-site")),
        (OWN, ("sec-fetch-site", "same-site")),
        (OWN, ("sec-fetch-site", "none")),
    ],
)
def test_pages_of_other_sites_may_not_use_it(headers: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(NotAllowed) as caught:
        cookie_token(request(("cookie", "__Host-lms_refresh=abc"), *headers))
    assert caught.value.code == "origin_mismatch"


def test_without_a_cookie_the_origin_does_not_matter() -> None:
    assert cookie_token(request(("origin", "https://evil.example"))) is None


def test_a_page_of_the_site_may() -> None:
    require_own_origin(request(OWN, ("sec-fetch-site", "same-origin")))
    require_own_origin(request(OWN))


def test_the_cookie_is_out_of_reach() -> None:
    header = session_cookie(request(), "abc", lifetime=timedelta(days=30)).to_header(header="")
    parts = {part.strip().lower() for part in header.split(";")}
    assert parts == {
        "__host-lms_refresh=abc",
        "path=/",
        "max-age=2592000",
        "httponly",
        "secure",
        "samesite=strict",
    }


def test_on_localhost_without_https_it_has_a_plain_name() -> None:
    header = session_cookie(request(origin=HTTP, is_local=True), "abc", lifetime=timedelta(hours=1)).to_header(
        header=""
    )
    assert header.startswith("lms_refresh=abc")
    assert "secure" not in header.lower()
    local = request(("cookie", "lms_refresh=abc"), ("origin", HTTP), origin=HTTP, is_local=True)
    assert cookie_token(local) == "abc"


def test_away_from_localhost_it_is_never_sent_in_the_clear() -> None:
    header = session_cookie(request(origin=HTTP), "abc", lifetime=timedelta(hours=1)).to_header(header="")
    assert header.startswith("__Host-lms_refresh=")
    assert "secure" in header.lower()


def test_removing_it_matches_setting_it() -> None:
    header = no_cookie(request()).to_header(header="").lower()
    assert header.startswith('__host-lms_refresh=""') or header.startswith("__host-lms_refresh=;")
    assert "max-age=0" in header
    assert "path=/" in header
    assert "secure" in header
