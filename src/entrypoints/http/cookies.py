"""The session cookie of the single-page app: it holds the refresh token, out of reach of scripts."""

from datetime import timedelta

from litestar.datastructures import Cookie

from entrypoints.http.api_request import ApiRequest
from lms_domain.errors import NotAllowed

_NAME = "lms_refresh"
_HOST_NAME = f"__Host-{_NAME}"
"""Browsers accept this prefix only with Secure, Path=/ and no Domain: no sibling subdomain can set it (RFC 6265bis)."""
_MAX_LENGTH = 512


def cookie_token(request: ApiRequest) -> str | None:
    """The refresh token in the cookie, when the cookie may be used at all.

    Raises:
        NotAllowed: ``origin_mismatch``: there is a cookie, but the page that sent it is not one of this very site.
    """
    token = _read(request)
    if token is not None:
        require_own_origin(request)
    return token


def require_own_origin(request: ApiRequest) -> None:
    """Schools are siblings under one domain, so SameSite alone does not keep one from using another's cookie.

    Raises:
        NotAllowed: ``origin_mismatch``.
    """
    origins = request.headers.getall("origin", [])
    fetch_site = request.headers.get("sec-fetch-site", "same-origin")
    if origins != [request.visit.origin] or fetch_site != "same-origin":
        raise NotAllowed("Only pages of this very site may do this.", code="origin_mismatch")


def session_cookie(request: ApiRequest, token: str, *, lifetime: timedelta) -> Cookie:
    """The cookie that keeps ``token``."""
    return _cookie(request, token, max_age=int(lifetime.total_seconds()))


def no_cookie(request: ApiRequest) -> Cookie:
    """The cookie that removes the one of the session."""
    return _cookie(request, "", max_age=0)


def _cookie(request: ApiRequest, value: str, *, max_age: int) -> Cookie:
    return Cookie(
        key=_name(request),
        value=value,
        path="/",
        max_age=max_age,
        httponly=True,
        secure=_is_secure(request),
        samesite="strict",
    )


def _is_secure(request: ApiRequest) -> bool:
    # Away from localhost always: behind a proxy that nobody trusts, no cookie is better than one sent in the clear.
    return request.visit.is_secure or not request.options.is_local


def _name(request: ApiRequest) -> str:
    return _HOST_NAME if _is_secure(request) else _NAME


def _read(request: ApiRequest) -> str | None:
    name = _name(request)
    found = [
        value.strip()
        for header in request.headers.getall("cookie", [])
        for key, _, value in (part.partition("=") for part in header.split(";"))
        if key.strip() == name
    ]
    # Two of one name: one of them was planted by somebody else. An empty one was removed.
    if len(found) != 1 or not 0 < len(found[0]) <= _MAX_LENGTH:
        return None
    return found[0]
