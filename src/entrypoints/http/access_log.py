"""One line per request: what, how it ended, how long. Never a token. For whom, every line of a request says."""

import time

from litestar.types import Scope

from entrypoints.http.visit import Visit

_MAX_PATH = 200


def log_request(scope: Scope, visit: Visit, *, method: str, status: int, started: float) -> None:
    """Write the line.

    Args:
        method: as it came.
        status: 0 when the client went away before there was an answer.
        started: of ``time.perf_counter``.
    """
    visit.log.info(
        "request",
        method=method,
        route=scope.get("path_template") or masked_path(scope["path"]),
        status=status,
        ms=round((time.perf_counter() - started) * 1000, 1),
    )


def masked_path(path: str) -> str:
    """A path that no route knows, as it may stand in a log: no token of a media address, nothing endless."""
    if path.startswith("/media/"):
        return "/media/…"
    return "".join(c if c.isprintable() else "�" for c in path[:_MAX_PATH])
