"""Routes about people: who signs in, who they are, and what they want to be told."""

from typing import TypeVar

from dishka import FromDishka
from litestar import Response, get, patch, post
from litestar.params import JSONBody
from msgspec import UNSET, UnsetType

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.cookies import cookie_token, no_cookie, require_own_origin
from entrypoints.http.declare import ANYWHERE, BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.requests.accounts import (
    EditMeRequest,
    EditPreferencesRequest,
    ExchangeRequest,
    LoginRequest,
    RefreshRequest,
)
from entrypoints.http.responses import LoginView, TokensView
from entrypoints.http.session import BEFORE_PASSWORD_CHANGE, PUBLIC
from entrypoints.http.session_answers import shown_tokens, user_agent, with_session
from lms_app.accounts.edit_me import AboutMe, EditMe
from lms_app.accounts.enter_school import EnteredView, EnterSchool
from lms_app.accounts.preferences import EditPreferences, PreferenceChanges, PreferencesView, ShowPreferences
from lms_app.accounts.refresh_session import RefreshSession
from lms_app.accounts.sessions import Device
from lms_app.accounts.show_me import ShowMe
from lms_app.accounts.sign_in import Credentials, SignIn
from lms_app.accounts.sign_out import SignOut
from lms_app.accounts.views import UserView
from lms_app.actor import Origin
from lms_domain.errors import NotSignedIn

T = TypeVar("T")

_SCHOOL_CLOSED = ("school_suspended", "trial_expired")


@post(
    "/api/users/auth/login",
    operation_id="login",
    summary="Sign in",
    description=rule_of(SignIn),
    status_code=200,
    opt=PUBLIC,
    responses=errors(
        ANYWHERE,
        BODY,
        "invalid_credentials",
        "otp_required",
        _SCHOOL_CLOSED,
        "origin_mismatch",
        "too_many_tries",
        "busy",
    ),
)
@inject
async def login(
    request: ApiRequest, data: JSONBody[LoginRequest], sign_in: FromDishka[SignIn]
) -> JsonResponse[LoginView]:
    in_cookie = data.session == "cookie"
    if in_cookie and "origin" in request.headers:
        require_own_origin(request)
    signed_in = await sign_in(
        school=request.visit.school,
        shown=Credentials(email=data.email, password=data.password, portal=data.portal, otp=data.otp),
        device=Device(request.visit.address, user_agent(request)),
    )
    view = LoginView(user=signed_in.user, tokens=shown_tokens(signed_in.tokens, in_cookie=in_cookie))
    return with_session(request, view, signed_in.tokens, in_cookie=in_cookie)


@post(
    "/api/users/auth/refresh",
    operation_id="refresh",
    summary="Renew the tokens",
    description=rule_of(RefreshSession),
    status_code=200,
    opt=PUBLIC,
    responses=errors(ANYWHERE, BODY, "invalid_refresh_token", _SCHOOL_CLOSED, "origin_mismatch"),
)
@inject
async def refresh(
    request: ApiRequest, refresh_session: FromDishka[RefreshSession], data: JSONBody[RefreshRequest | None] = None
) -> JsonResponse[TokensView]:
    token = data.refresh_token if data is not None else None
    in_cookie = token is None
    if token is None:
        token = cookie_token(request)
    if token is None:
        raise NotSignedIn("Please sign in again.", code="invalid_refresh_token")
    origin = Origin(request.visit.address, request.visit.request_id)
    tokens = await refresh_session(school=request.visit.school, refresh_token=token, origin=origin)
    return with_session(request, shown_tokens(tokens, in_cookie=in_cookie), tokens, in_cookie=in_cookie)


@post(
    "/api/users/auth/logout",
    operation_id="logout",
    summary="Sign out",
    description=rule_of(SignOut),
    status_code=204,
    opt=PUBLIC,
    responses=errors(ANYWHERE, BODY, "origin_mismatch"),
)
@inject
async def logout(
    request: ApiRequest, sign_out: FromDishka[SignOut], data: JSONBody[RefreshRequest | None] = None
) -> Response[None]:
    token = data.refresh_token if data is not None else None
    response: Response[None] = Response(None, status_code=204)
    if token is None and (token := cookie_token(request)) is not None:
        response.set_cookie(no_cookie(request))
    if token is not None:
        await sign_out(school=request.visit.school, refresh_token=token)
    return response


@post(
    "/api/users/auth/exchange",
    operation_id="exchangeCode",
    summary="Enter a school on a visit",
    description=rule_of(EnterSchool),
    status_code=200,
    opt=PUBLIC,
    responses=errors(ANYWHERE, BODY, "code_invalid", _SCHOOL_CLOSED),
)
@inject
async def exchange_code(
    request: ApiRequest, data: JSONBody[ExchangeRequest], enter: FromDishka[EnterSchool]
) -> JsonResponse[EnteredView]:
    origin = Origin(request.visit.address, request.visit.request_id)
    entered = await enter(school=request.visit.school, code=data.code, origin=origin, user_agent=user_agent(request))
    return JsonResponse(entered)


@get(
    "/api/users/auth/me",
    operation_id="getMe",
    summary="Who am I",
    description=rule_of(ShowMe),
    opt=BEFORE_PASSWORD_CHANGE,
    responses=errors(SIGNED_IN),
)
@inject
async def get_me(request: ApiRequest, show_me: FromDishka[ShowMe]) -> UserView:
    return await show_me(request.actor)


@patch(
    "/api/users/auth/me",
    operation_id="editMe",
    summary="Change what one says of oneself",
    description=rule_of(EditMe),
    responses=errors(SIGNED_IN, BODY, "impersonating"),
)
@inject
async def edit_me(request: ApiRequest, data: JSONBody[EditMeRequest], edit: FromDishka[EditMe]) -> UserView:
    about = AboutMe(first_name=_given(data.first_name), last_name=_given(data.last_name), bio=_given(data.bio))
    return await edit(request.actor, about)


@get(
    "/api/users/auth/preferences",
    operation_id="getPreferences",
    summary="What one wants to be told",
    description=rule_of(ShowPreferences),
    responses=errors(SIGNED_IN, "impersonating"),
)
@inject
async def get_preferences(request: ApiRequest, show: FromDishka[ShowPreferences]) -> PreferencesView:
    return await show(request.actor)


@patch(
    "/api/users/auth/preferences",
    operation_id="editPreferences",
    summary="Change what one wants to be told",
    description=rule_of(EditPreferences),
    responses=errors(SIGNED_IN, BODY, "impersonating"),
)
@inject
async def edit_preferences(
    request: ApiRequest, data: JSONBody[EditPreferencesRequest], edit: FromDishka[EditPreferences]
) -> PreferencesView:
    changes = PreferenceChanges(
        mail=_given(data.mail), digest=_given(data.digest), muted=_given(data.muted), unmailed=_given(data.unmailed)
    )
    return await edit(request.actor, changes)


HANDLERS = (login, refresh, logout, exchange_code, get_me, edit_me, get_preferences, edit_preferences)


def _given(value: T | UnsetType) -> T | None:
    return None if value is UNSET else value
