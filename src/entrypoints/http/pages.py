"""Lists in pages, and the addresses of the pages beside them."""

from typing import Annotated, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

import msgspec
from litestar.params import QueryParameter

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.fields import invalid
from lms_app.listing import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Listing, PageRequest
from lms_domain.errors import FieldError

T = TypeVar("T")

MAX_PAGE = 1_000_000

PageNumber = Annotated[int, QueryParameter(ge=1, le=MAX_PAGE, description="Counts from 1.")]
PageSize = Annotated[int, QueryParameter(ge=1, le=MAX_PAGE_SIZE)]
Search = Annotated[
    str, QueryParameter(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$", description="Words to look for.")
]
DEFAULT_SIZE = DEFAULT_PAGE_SIZE


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """One page of a list. ``count`` is that of the whole list; ``next`` and ``previous`` are addresses on this site."""

    count: int
    next: str | None
    previous: str | None
    results: list[T]


def page_request(request: ApiRequest, number: int, size: int) -> PageRequest:
    """Which page is asked for. ``number`` and ``size`` are in range; here their digits are looked at.

    Raises:
        InvalidInput: written some other way than in digits: a lenient reader takes ``1e2`` for 100.
    """
    for name, written in _parameters(request):
        if name in {"page", "page_size"} and not (written.isascii() and written.isdigit()):
            raise invalid((FieldError(name, "wrong_type", "This must be a whole number."),))
    return PageRequest(number, size)


def page_of(request: ApiRequest, listing: Listing[T], page: PageRequest) -> Page[T]:
    """``listing`` with the addresses of its neighbours."""
    last = max(1, -(-listing.count // page.size))
    return Page(
        count=listing.count,
        next=_address(request, page.number + 1) if page.number < last else None,
        previous=_address(request, min(page.number - 1, last)) if page.number > 1 else None,
        results=listing.results,
    )


def slice_of(entries: list[T], page: PageRequest) -> Listing[T]:
    """One page of a list that is short enough to be read whole."""
    return Listing(count=len(entries), results=entries[page.offset : page.offset + page.size])


def _address(request: ApiRequest, number: int) -> str:
    parameters = [(name, value) for name, value in _parameters(request) if name != "page"]
    return f"{request.scope['path'].rstrip('/')}/?{urlencode([*parameters, ('page', number)])}"


def _parameters(request: ApiRequest) -> list[tuple[str, str]]:
    query = request.scope["query_string"]
    # In the order in which they came, which Litestar's own reading does not keep.
    return parse_qsl(query.decode("latin-1"), keep_blank_values=True) if query else []
