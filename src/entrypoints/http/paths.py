"""Which paths are taken at their word."""

import re

_ODD = re.compile(
    rb"//|[;\\\x00-\x20\x7f]|%(?:2f|5c|3b|[01][0-9a-f]|7f)|(?:^|/)(?:\.|%2e){1,2}(?:/|$)|%(?![0-9a-f]{2})",
    re.IGNORECASE,
)


def is_plain(raw_path: bytes) -> bool:
    """Whether a raw path reads the same for us as for every proxy in front of us.

    Empty and dot segments, encoded slashes, backslashes and control characters are how a path sneaks past a prefix
    rule: Litestar would match ``/%2fapi`` and ``//api`` like ``/api``.
    """
    return not _ODD.search(raw_path)


def is_app_path(path: str) -> bool:
    """Whether the path belongs to the single-page app, and not to the API."""
    return not path.startswith(("/api/", "/media/", "/health/")) and path not in {"/api", "/media", "/health"}
