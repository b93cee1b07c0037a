"""The single-page app as browsers get it."""

from pathlib import Path

import pytest

from entrypoints.http.spa import POLICY
from tests.unit.entrypoints.http.kit import Kit
from tests.unit.entrypoints.http.test_spa import build

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    return Kit(frontend_dist=build(tmp_path))


@pytest.mark.parametrize("path", ["/", "/login", "/courses/123", "/courses/123/", "/a/b/c?x=1&x=2", "/caf%C3%A9"])
async def test_every_address_is_the_one_page(kit: Kit, path: str) -> None:
    async with kit.client() as client:
        response = await client.get(path, headers=HTML)
    assert (response.status_code, response.text) == (200, "<!doctype html>")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["content-security-policy"] == POLICY


async def test_files(kit: Kit) -> None:
    async with kit.client() as client:
        script = await client.get("/assets/index-abc123.js")
        icon = await client.get("/favicon.svg")
    assert (script.status_code, script.text) == (200, "1")
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert icon.headers["content-type"] == "image/svg+xml"
    assert icon.headers["cache-control"] == "no-cache"


async def test_a_file_that_is_there_already_is_not_sent_again(kit: Kit) -> None:
    async with kit.client() as client:
        tag = (await client.get("/", headers=HTML)).headers["etag"]
        response = await client.get("/", headers={**HTML, "If-None-Match": tag})
    assert (response.status_code, response.content) == (304, b"")


async def test_head(kit: Kit) -> None:
    async with kit.client() as client:
        response = await client.head("/", headers=HTML)
    assert (response.status_code, response.content, response.headers["content-length"]) == (200, b"", "15")


@pytest.mark.parametrize("path", ["/login", "/assets/nope.js", "/nope.png"])
async def test_only_pages_fall_back_to_the_page(kit: Kit, path: str) -> None:
    async with kit.client() as client:
        response = await client.get(path, headers={"Accept": "*/*"})
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


async def test_a_lost_script_is_no_page(kit: Kit) -> None:
    async with kit.client() as client:
        response = await client.get("/assets/index-old.js", headers=HTML)
    assert response.status_code == 404


async def test_pages_take_no_forms(kit: Kit) -> None:
    async with kit.client() as client:
        response = await client.post("/login", headers=HTML)
    assert response.status_code == 405


async def test_without_a_build_the_page_says_how() -> None:
    async with Kit().client() as client:
        response = await client.get("/", headers=HTML)
    assert response.status_code == 200
    assert "npm run build" in response.text
