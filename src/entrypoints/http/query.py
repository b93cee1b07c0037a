"""Query strings: each parameter at most once."""

from urllib.parse import parse_qsl

from entrypoints.http.fields import invalid
from lms_domain.errors import FieldError

_MAX_PARAMETERS = 50


def check_query(query_string: bytes) -> None:
    """Raises InvalidInput where a parameter comes twice: which of the two counts would be anybody's guess."""
    seen: set[str] = set()
    try:
        pairs = parse_qsl(query_string.decode("latin-1"), keep_blank_values=True, max_num_fields=_MAX_PARAMETERS)
    except ValueError:
        raise invalid((FieldError("", "too_long", f"Use at most {_MAX_PARAMETERS} parameters."),)) from None
    for name, _ in pairs:
        if name in seen:
            shown = "".join(c for c in name if c.isprintable())[:100]
            raise invalid((FieldError(shown, "duplicate", "Give this only once."),))
        seen.add(name)
