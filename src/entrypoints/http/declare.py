"""What every operation says of itself in the OpenAPI document."""

from collections.abc import Iterable

from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example

from entrypoints.http.problems import KINDS, MEDIA_TYPE, Problem
from entrypoints.http.schemas import prose

ANYWHERE = ("validation_error", "not_found", "internal_error", "unavailable")
"""An unknown host, a parameter that comes twice, something that broke."""
SIGNED_IN = (
    *ANYWHERE,
    "not_signed_in",
    "not_allowed",
    "password_change_required",
    "second_factor_required",
    "school_suspended",
    "trial_expired",
)
BODY = ("malformed_json", "request_timeout", "too_large", "unsupported_media_type")


def errors(*codes: str | Iterable[str]) -> dict[int, ResponseSpec]:
    """Every error that an operation may answer with, by status, with the names of its examples (see ``openapi.py``)."""
    by_status: dict[int, list[str]] = {}
    for code in (c for group in codes for c in ((group,) if isinstance(group, str) else group)):
        known = by_status.setdefault(KINDS[code].status, [])
        if code not in known:
            known.append(code)
    return {
        status: ResponseSpec(
            Problem,
            media_type=MEDIA_TYPE,
            generate_examples=False,
            description=" · ".join(KINDS[code].title for code in found),
            examples=[Example(id=code) for code in found],
        )
        for status, found in sorted(by_status.items())
    }


def rule_of(use_case: type) -> str:
    """The business rule that stands in a use case's docstring."""
    return prose(use_case.__doc__ or "")
