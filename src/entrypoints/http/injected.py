"""What handlers ask the container for."""

from collections.abc import Iterable
from inspect import Parameter
from typing import Annotated, get_origin, get_type_hints

from dishka.integrations.base import default_parse_dependency
from litestar.handlers import HTTPRouteHandler

_ANY = Parameter("any", Parameter.KEYWORD_ONLY)


def injected_types(handlers: Iterable[HTTPRouteHandler]) -> frozenset[object]:
    """The types of all ``FromDishka`` parameters."""
    found: set[object] = set()
    for handler in handlers:
        original = getattr(handler.fn, "__dishka_orig_func__", None)
        hints = get_type_hints(original, include_extras=True) if original is not None else {}
        for hint in hints.values():
            if get_origin(hint) is Annotated and (key := default_parse_dependency(_ANY, hint)) is not None:
                found.add(key.type_hint)
    return frozenset(found)
