"""The page of the API's description: whole, ours, and under a strict policy."""

import re

import pytest

from tests.unit.entrypoints.http.kit import Kit


@pytest.mark.parametrize("host", ["north.lms.example", "lms.example"])
async def test_the_page_needs_nothing_from_elsewhere(host: str) -> None:
    async with Kit().client(host) as client:
        page = await client.get("/api/docs/")
        assert page.status_code == 200
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        wanted = re.findall(r'(?:src|href)="([^"]+)"', page.text)
        assert {"/api/docs/docs.js", "/api/docs/docs.css", "/api/openapi.json"} <= set(wanted)
        for address in wanted:
            answer = await client.get(address)
            assert answer.status_code == 200, address
            assert not re.search(rb"https?://|innerHTML|insertAdjacentHTML|eval\(", answer.content) or (
                address == "/api/openapi.json"
            )
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "<script>" not in page.text
        assert "style=" not in page.text


async def test_a_file_that_one_has_is_not_sent_again() -> None:
    async with Kit().client() as client:
        first = await client.get("/api/docs/docs.js")
        again = await client.get("/api/docs/docs.js", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/api/docs/nope.js", "/api/docs/..%2fapp.py", "/api/docs/.hidden", "/api/docs/a/b"])
async def test_no_other_file(path: str) -> None:
    response = await Kit().get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
