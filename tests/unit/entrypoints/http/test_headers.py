"""Headers on every answer, and what stands in the log."""

import re
from pathlib import Path

import pytest

from lms_domain.accounts.roles import Role
from tests.unit.entrypoints.http.kit import NORTH, SOMEBODY, Kit
from tests.unit.entrypoints.http.test_spa import build

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
PATHS = [
    "/api/courses",
    "/api/nope",
    "/api/tenants/theme",
    "/health/live",
    "/health/ready",
    "/",
    "/login",
    "/favicon.svg",
    "/assets/index-abc123.js",
    "/assets/nope.js",
    "/media/x/y.ts",
    "/api/openapi.json",
    "/%2f",
    "//",
]


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_carries_them(path: str, tmp_path: Path) -> None:
    async with Kit(frontend_dist=build(tmp_path)).client() as client:
        response = await client.get(path, headers={"Accept": "text/html"})
    for name, value in ALWAYS.items():
        assert response.headers.get_list(name) == [value]
    assert len(response.headers.get_list("content-security-policy")) == 1
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    assert "camera=()" in response.headers["permissions-policy"]
    assert response.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert len(response.headers.get_list("cache-control")) == 1
    assert len(response.headers.get_list("x-request-id")) == 1
    assert "server" not in response.headers
    assert "access-control-allow-origin" not in response.headers
    assert "unsafe-inline" not in response.headers["content-security-policy"].split("style-src")[0]


@pytest.mark.parametrize("path", ["/api/courses", "/api/nope", "/api/users/auth/me"])
async def test_answers_of_the_api_are_not_stored(path: str) -> None:
    async with Kit().client() as client:
        assert (await client.get(path)).headers["cache-control"] == "no-store"


async def test_plain_http_says_nothing_of_https() -> None:
    async with Kit().client(scheme="http") as client:
        assert "strict-transport-security" not in (await client.get("/api/courses")).headers


@pytest.mark.parametrize("request_id", ["abcdefgh", "A-b_9" * 10, "0" * 64])
async def test_a_request_id_is_taken_over(request_id: str) -> None:
    async with Kit().client() as client:
        response = await client.get("/api/nope", headers={"X-Request-ID": request_id})
    assert response.headers["x-request-id"] == request_id
    assert response.json()["instance"] == f"urn:lms:request:{request_id}"


@pytest.mark.parametrize(
    "request_id", ["", "short", "x" * 65, "has space1", "<script>alert", "a\tbcdefgh", "äöüäöüäöü", "a;b=c;d=e"]
)
async def test_a_request_id_that_is_odd_is_replaced(request_id: str) -> None:
    async with Kit().client() as client:
        response = await client.get("/api/nope", headers={"X-Request-ID": request_id.encode()})  # type: ignore[dict-item]
    assert re.fullmatch("[0-9a-f]{24}", response.headers["x-request-id"])


async def test_poison_headers_change_nothing() -> None:
    poison = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Scheme": "http",
        "X-Forwarded-Proto": "http",
        "X-Original-URL": "/x",
        "X-Rewrite-URL": "/x",
        "X-HTTP-Method-Override": "DELETE",
        "X-Method-Override": "DELETE",
        "Forwarded": "host=evil.example",
        "Via": "1.1 evil.example",
        "X-Forwarded-Prefix": "/evil",
        "Range": "bytes=0-1",
        "Expect": "nothing",
    }
    async with Kit().client() as client:
        fixed = {"X-Request-ID": "abcdefgh"}
        plain = await client.get("/api/nope", headers=fixed)
        for name, value in poison.items():
            response = await client.get("/api/nope", headers={**fixed, name: value})
            assert (response.status_code, response.content) == (plain.status_code, plain.content), name
            assert response.headers == plain.headers


async def test_the_log_has_a_line_for_every_request() -> None:
    kit = Kit()
    headers = kit.bearer(Role.TEACHER)
    async with kit.client() as client:
        await client.get("/api/teacher/courses/0190f7d0-0000-7000-8000-000000000002/", headers=headers)
    await kit.get("/api/nope/\x1b[31m%e2%80%ae")
    lines = [facts for _, event, facts in kit.log.lines if event == "request"]
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [
        ("GET", "/api/teacher/courses/{course_id}", 503),
        ("GET", "/api/nope/�[31m�", 404),
    ]
    assert [(line["tenant_id"], line["user_id"]) for line in lines] == [(NORTH, SOMEBODY), (None, None)]
    assert all(line["request_id"] for line in lines)
    assert isinstance(lines[0]["ms"], float)


async def test_no_token_is_ever_in_the_log() -> None:
    kit = Kit()
    token, grant = kit.token(), kit.grant()
    async with kit.client() as client:
        await client.get("/api/courses", headers={"Authorization": f"Bearer {token}"})
        await client.get(f"/media/{grant}/r1/hls/a.ts")
        await client.get(f"/media/{grant}")
        await client.post("/api/users/auth/refresh", json={"refresh_token": "a" * 40})
        await client.post("/api/users/auth/login", json={"email": "a@b.example", "password": "sesame-open"})
    await kit.get(f"/media/{grant}//a.ts")
    await kit.get(f"/media/{grant}/r1/../a.ts")
    said = repr(kit.log.lines)
    for secret in (token, grant, "a" * 40, "sesame-open", grant.rsplit(".", 1)[1]):
        assert secret not in said


class Broken:
    """A port whose adapter has a bug."""

    async def courses(self, *_: object) -> object:
        raise RuntimeError("password=hunter2 in /srv/app/secret.py")


async def test_an_error_of_ours_is_logged_and_not_shown() -> None:
    kit = Kit(course_queries=Broken())
    async with kit.client() as client:
        response = await client.get("/api/courses", headers=kit.bearer())
    assert response.status_code == 500
    assert response.json()["type"] == "urn:lms:problem:internal_error"
    assert "hunter2" not in response.text
    assert "secret.py" not in response.text
    failed = [facts for level, event, facts in kit.log.lines if (level, event) == ("exception", "request_failed")]
    assert [facts["request_id"] for facts in failed] == [response.headers["x-request-id"]]
