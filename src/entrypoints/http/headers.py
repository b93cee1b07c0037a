"""Headers that every answer carries."""

from collections.abc import Sequence

RawHeaders = Sequence[tuple[bytes, bytes]]

API_POLICY = b"default-src 'none'; frame-ancestors 'none'"

_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_HTTPS = (*_ALWAYS, (b"strict-transport-security", b"max-age=31536000; includeSubDomains"))
_POLICY = (b"content-security-policy", API_POLICY)
_NO_STORE = (b"cache-control", b"no-store")


def complete(headers: RawHeaders, *, request_id: str, is_secure: bool) -> list[tuple[bytes, bytes]]:
    """``headers`` with everything that belongs on every answer.

    A policy or a cache rule that the answer has already stays; an answer that says nothing is not stored anywhere.
    """
    complete_headers = [*headers, *(_HTTPS if is_secure else _ALWAYS), (b"x-request-id", request_id.encode("ascii"))]
    names = {name for name, _ in headers}
    if b"cross-origin-resource-policy" in names:
        complete_headers = [*headers, *(h for h in complete_headers[len(headers) :] if h[0] not in names)]
    if b"content-security-policy" not in names:
        complete_headers.append(_POLICY)
    if b"cache-control" not in names:
        complete_headers.append(_NO_STORE)
    return complete_headers
