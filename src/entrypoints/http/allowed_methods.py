"""OPTIONS: which methods an address knows."""

from collections.abc import Iterable

from litestar import Response
from litestar.enums import HttpMethod
from litestar.handlers import HTTPRouteHandler

from entrypoints.http.session import PUBLIC


def options_handlers(handlers: Iterable[HTTPRouteHandler]) -> tuple[HTTPRouteHandler, ...]:
    """One handler for each address of ``handlers``; they must be registered before those.

    Litestar makes such handlers itself, but names in each only the methods of the first function of an address.
    """
    methods: dict[str, set[str]] = {}
    for handler in handlers:
        for path in handler.paths:
            methods.setdefault(path, set()).update(handler.http_methods)
    return tuple(_options(path, known) for path, known in methods.items())


def _options(path: str, known: set[str]) -> HTTPRouteHandler:
    head = {"HEAD"} if "GET" in known else set()
    allow = ", ".join(sorted({*known, *head, "OPTIONS"}))

    def options() -> Response[None]:
        return Response(None, status_code=204, headers={"Allow": allow})

    handler = HTTPRouteHandler(
        path, http_method=HttpMethod.OPTIONS, status_code=204, include_in_schema=False, opt=PUBLIC, sync_to_thread=False
    )
    return handler(options)
