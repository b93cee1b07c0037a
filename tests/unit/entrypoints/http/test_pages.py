"""Addresses of neighbouring pages."""

from urllib.parse import parse_qs, urlsplit

import pytest

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.pages import page_of, page_request, slice_of
from lms_app.listing import Listing, PageRequest
from lms_domain.errors import InvalidInput


def request(query: str = "", path: str = "/api/courses") -> ApiRequest:
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": query.encode(), "state": {}}
    return ApiRequest(scope)  # type: ignore[arg-type]  # the few keys that are looked at


def neighbours(count: int, number: int, size: int, query: str = "") -> tuple[str | None, str | None]:
    page = page_of(request(query), Listing[int](count, []), PageRequest(number, size))
    return page.previous, page.next


@pytest.mark.parametrize(
    ("count", "number", "size", "previous", "following"),
    [
        (0, 1, 20, None, None),
        (20, 1, 20, None, None),
        (21, 1, 20, None, 2),
        (21, 2, 20, 1, None),
        (100, 3, 20, 2, 4),
        (5, 9, 20, 1, None),
        (45, 9, 20, 3, None),
    ],
)
def test_neighbours(count: int, number: int, size: int, previous: int | None, following: int | None) -> None:
    def number_of(address: str | None) -> int | None:
        return None if address is None else int(parse_qs(urlsplit(address).query)["page"][0])

    found = neighbours(count, number, size)
    assert (number_of(found[0]), number_of(found[1])) == (previous, following)


def test_an_address_stays_on_the_site_and_keeps_the_question() -> None:
    _, following = neighbours(100, 2, 10, "search=a%26b%3Dc&page=2&page_size=10&is_published=true")
    assert following == "/api/courses/?search=a%26b%3Dc&page_size=10&is_published=true&page=3"


@pytest.mark.parametrize("query", ["page=1e1", "page=+1", "page= 1", "page=1_0", "page_size=1.0", "page=٣", "page="])
def test_numbers_are_written_in_digits(query: str) -> None:
    with pytest.raises(InvalidInput):
        page_request(request(query), 1, 20)


def test_a_page() -> None:
    assert page_request(request("page=2&page_size=5"), 2, 5) == PageRequest(2, 5)


def test_a_slice() -> None:
    assert slice_of(list(range(7)), PageRequest(2, 3)) == Listing(7, [3, 4, 5])
    assert slice_of(list(range(7)), PageRequest(9, 3)) == Listing(7, [])
