"""Answers that begin a session."""

from datetime import timedelta
from typing import TypeVar

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.cookies import session_cookie
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.responses import TokensView
from lms_app.accounts.sessions import MAX_USER_AGENT, OPERATOR_SESSION_LIFETIME, SESSION_LIFETIME, Tokens

T = TypeVar("T")


def shown_tokens(tokens: Tokens, *, in_cookie: bool) -> TokensView:
    """What stands in the body."""
    return TokensView(access=tokens.access, refresh=None if in_cookie else tokens.refresh)


def with_session(request: ApiRequest, view: T, tokens: Tokens, *, in_cookie: bool) -> JsonResponse[T]:
    """``view``, with the refresh token as a cookie where that is wanted."""
    response = JsonResponse(view)
    if in_cookie:
        response.set_cookie(session_cookie(request, tokens.refresh, lifetime=_lifetime(request)))
    return response


def user_agent(request: ApiRequest) -> str:
    """What the browser says of itself; people recognise their sessions by it."""
    return request.headers.get("user-agent", "")[:MAX_USER_AGENT]


def _lifetime(request: ApiRequest) -> timedelta:
    return OPERATOR_SESSION_LIFETIME if request.visit.school is None else SESSION_LIFETIME
