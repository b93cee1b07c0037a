"""Query strings: each parameter at most once, and never ``null``."""

from collections.abc import Container
from functools import lru_cache
from types import NoneType
from urllib.parse import parse_qsl

from litestar.handlers import BaseRouteHandler

from entrypoints.http.fields import invalid
from lms_domain.errors import FieldError

_MAX_PARAMETERS = 50


@lru_cache(maxsize=1024)
def never_null(handler: BaseRouteHandler) -> frozenset[str]:
    """Parameters of a handler that may be left out and are no texts.

    A lenient reader takes the word ``null`` for a parameter that was left out: a mistyped filter would filter nothing.
    """
    kinds = {
        name: {kind.annotation for kind in parameter.inner_types}
        for name, parameter in handler.parsed_fn_signature.parameters.items()
    }
    return frozenset(name for name, found in kinds.items() if NoneType in found and str not in found)


def check_query(query_string: bytes, never_null: Container[str] = ()) -> None:
    """Raises InvalidInput where a parameter comes twice, since which of the two counts would be anybody's guess, or
    where one of ``never_null`` is that word."""
    seen: set[str] = set()
    try:
        pairs = parse_qsl(query_string.decode("latin-1"), keep_blank_values=True, max_num_fields=_MAX_PARAMETERS)
    except ValueError:
        raise invalid((FieldError("", "too_long", f"Use at most {_MAX_PARAMETERS} parameters."),)) from None
    for name, value in pairs:
        if name in never_null and value.lower() == "null":
            raise invalid((FieldError(name, "wrong_type", "This is not a value. Leave it out instead."),))
        if name in seen:
            shown = "".join(c for c in name if c.isprintable())[:100]
            raise invalid((FieldError(shown, "duplicate", "Give this only once."),))
        seen.add(name)
