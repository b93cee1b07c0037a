"""Which site a request is for."""

import httpx
import pytest

from lms_domain.accounts.roles import Role
from tests.unit.entrypoints.http.kit import NORTH, Kit


class Themes:
    """Says which school it was asked about."""

    async def theme(self, scope: object) -> object:
        return {"name": str(scope.tenant_id)}  # type: ignore[attr-defined]


async def theme(kit: Kit, host: str, **headers: str) -> httpx.Response:
    async with kit.client() as client:
        return await client.get("/api/tenants/theme", headers={"Host": host, **headers})


@pytest.fixture
def kit() -> Kit:
    return Kit(school_queries=Themes())


@pytest.mark.parametrize(
    "host",
    ["north.lms.example", "NORTH.LMS.EXAMPLE", "north.lms.example.", "north.lms.example:8000", "learn.school.example",
     "Learn.School.Example:443"],
)  # fmt: skip
async def test_a_school(kit: Kit, host: str) -> None:
    response = await theme(kit, host)
    assert response.status_code == 200
    assert response.json() == {"name": str(NORTH)}
    assert response.headers["vary"] == "Host"


@pytest.mark.parametrize(
    "host",
    [
        "lms.example", "nope.lms.example", "a.north.lms.example", "north.lms.example.evil.example", "evil-lms.example",
        "north.evil.example", "north_.lms.example", "xn--nrth-5qa.lms.example", "north.lms.example:0",
        "north.lms.example:99999", "north.lms.example:x", "north.lms.example:80:80", "user@north.lms.example",
        "north.lms.example/", "north.lms.example, south.lms.example", " ", "[::1]", "127.0.0.1", "-.lms.example",
        ".lms.example", "..lms.example", "north..lms.example", "north.lms.example..", "*", "localhost",
        ".".join(["a"] * 300), "a" * 5000, "north.lms.example%00", "n\x00rth.lms.example", "north.lms.example#",
        "demo.localhost", "0x7f.1",
    ],
)  # fmt: skip
async def test_no_school(kit: Kit, host: str) -> None:
    response = await theme(kit, host)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": "urn:lms:problem:not_found",
        "title": "Not found",
        "status": 404,
        "detail": "There is nothing here.",
        "instance": f"urn:lms:request:{response.headers['x-request-id']}",
    }


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-Host", "Forwarded", "X-Host", "X-Original-Host", "X-Tenant", "X-Tenant-Subdomain", "X-Rewrite-URL",
     "X-Original-URL", "X-HTTP-Host-Override"],
)  # fmt: skip
async def test_no_other_header_counts(kit: Kit, header: str) -> None:
    for value in ("south.lms.example", "host=south.lms.example", "south"):
        response = await theme(kit, "north.lms.example", **{header: value})
        assert response.json() == {"name": str(NORTH)}


async def test_two_hosts_are_none(kit: Kit) -> None:
    async with kit.client() as client:
        headers = [("Host", "north.lms.example"), ("Host", "north.lms.example")]
        response = await client.get("/api/tenants/theme", headers=headers)
    assert response.status_code == 404


async def test_health_answers_on_any_host(kit: Kit) -> None:
    async with kit.client() as client:
        for host in ("nope.lms.example", "10.0.0.1:8000", "[::1]", "a b", ""):
            assert (await client.get("/health/live", headers={"Host": host})).status_code == 200
            assert (await client.get("/health/ready", headers={"Host": host})).status_code == 200


async def test_an_unknown_host_gets_the_page_that_says_so_and_nothing_else(kit: Kit) -> None:
    async with kit.client("nope.lms.example") as client:
        page = await client.get("/", headers={"Accept": "text/html"})
        assert page.status_code == 404
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        for path in ("/api/tenants/theme", "/api/courses", "/media/a/b.ts", "/api/openapi.json"):
            response = await client.get(path, headers={"Accept": "text/html"})
            assert response.status_code == 404
            assert response.headers["content-type"] == "application/problem+json"


async def test_a_host_that_is_none_gets_no_page_either(kit: Kit) -> None:
    async with kit.client() as client:
        response = await client.get("/", headers={"Host": "user@north.lms.example", "Accept": "text/html"})
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


async def test_the_platform_is_a_site_of_its_own(kit: Kit) -> None:
    async with kit.client("lms.example") as client:
        operator = kit.bearer(Role.SUPER_ADMIN, None)
        assert (await client.get("/api/users/auth/me", headers=operator)).status_code == 503
        assert (await client.get("/", headers={"Accept": "text/html"})).status_code == 200
