"""Errors that only exist over HTTP. They belong to the family of ``LmsError``, so that they end as problems too."""

from lms_domain.errors import LmsError


class HttpRefusal(LmsError):
    """A request that is refused for how it was sent."""

    def __init__(self, detail: str, *, code: str | None = None, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail, code=code)
        self.headers = headers or {}


class UnsupportedMediaType(HttpRefusal):
    """The body is of a kind that is not read here."""

    code = "unsupported_media_type"


class RequestTimedOut(HttpRefusal):
    """The body came too slowly."""

    code = "request_timeout"


class RangeNotSatisfiable(HttpRefusal):
    """Bytes were asked for that the file does not have."""

    code = "range_not_satisfiable"

    def __init__(self, size: int) -> None:
        super().__init__("The file ends before this range.", headers={"Content-Range": f"bytes */{size}"})


class NotReady(LmsError):
    """Something without which nothing works does not answer."""

    code = "not_ready"


class ClientGone(Exception):
    """The client went away in the middle of its request; there is nobody to answer."""
