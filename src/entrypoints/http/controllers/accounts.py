"""Routes about people and their sessions."""

from datetime import timedelta
from typing import TypeVar

from dishka import FromDishka
from litestar import Response, get, post
from litestar.params import JSONBody

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.cookies import cookie_token, no_cookie, require_own_origin, session_cookie
from entrypoints.http.declare import ANYWHERE, BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.fields import invalid
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.requests.accounts import (
    ChangePasswordRequest,
    LoginRequest,
    RefreshRequest,
    RegisterTeacherRequest,
)
from entrypoints.http.responses import LoginView, NewTokensView, TokensView
from entrypoints.http.session import BEFORE_PASSWORD_CHANGE, PUBLIC
from lms_app.accounts.change_password import ChangePassword
from lms_app.accounts.refresh_session import RefreshSession
from lms_app.accounts.register_teacher import NewTeacher, RegisterTeacher, check_confirmation
from lms_app.accounts.sessions import OPERATOR_SESSION_LIFETIME, SESSION_LIFETIME, Tokens
from lms_app.accounts.show_me import ShowMe
from lms_app.accounts.sign_in import SignIn
from lms_app.accounts.sign_out import SignOut
from lms_app.accounts.views import UserView
from lms_domain.accounts.person import Profile
from lms_domain.errors import FieldError, NotSignedIn

T = TypeVar("T")

_SCHOOL_CLOSED = ("school_suspended", "trial_expired")


@post(
    "/api/users/auth/login",
    operation_id="login",
    summary="Sign in",
    description=rule_of(SignIn),
    status_code=200,
    opt=PUBLIC,
    responses=errors(ANYWHERE, BODY, "invalid_credentials", _SCHOOL_CLOSED, "origin_mismatch", "busy"),
)
@inject
async def login(
    request: ApiRequest, data: JSONBody[LoginRequest], sign_in: FromDishka[SignIn]
) -> JsonResponse[LoginView]:
    in_cookie = data.session == "cookie"
    if in_cookie and "origin" in request.headers:
        require_own_origin(request)
    signed_in = await sign_in(school=request.visit.school, email=data.email, password=data.password, portal=data.portal)
    view = LoginView(user=signed_in.user, tokens=_shown(signed_in.tokens, in_cookie=in_cookie))
    return _with_session(request, view, signed_in.tokens, in_cookie=in_cookie)


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
    tokens = await refresh_session(school=request.visit.school, refresh_token=token)
    return _with_session(request, _shown(tokens, in_cookie=in_cookie), tokens, in_cookie=in_cookie)


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


@post(
    "/api/users/auth/change-password",
    operation_id="changePassword",
    summary="Change one's password",
    description=rule_of(ChangePassword),
    status_code=200,
    opt=BEFORE_PASSWORD_CHANGE,
    responses=errors(SIGNED_IN, BODY, "origin_mismatch", "busy"),
)
@inject
async def change_password(
    request: ApiRequest, data: JSONBody[ChangePasswordRequest], change: FromDishka[ChangePassword]
) -> JsonResponse[NewTokensView]:
    # Whoever keeps the session in the cookie gets the new one there too.
    in_cookie = cookie_token(request) is not None
    tokens = await change(request.actor, current_password=data.current_password, new_password=data.new_password)
    view = NewTokensView(tokens=_shown(tokens, in_cookie=in_cookie))
    return _with_session(request, view, tokens, in_cookie=in_cookie)


@post(
    "/api/users/auth/register-teacher",
    operation_id="registerTeacher",
    summary="Register a person of the school",
    description=rule_of(RegisterTeacher),
    responses=errors(SIGNED_IN, BODY, "email_taken", "plan_limit", "busy"),
)
@inject
async def register_teacher(
    request: ApiRequest, data: JSONBody[RegisterTeacherRequest], register: FromDishka[RegisterTeacher]
) -> UserView:
    if data.password is None:
        message = "Give an initial password; invitations by mail are not available yet."
        raise invalid((FieldError("password", "required", message),))
    if data.group_ids:
        raise invalid((FieldError("group_ids", "unknown", "There are no groups yet."),))
    check_confirmation(data.password, data.password_confirm)
    return await register(
        request.actor,
        NewTeacher(
            email=data.email,
            first_name=data.first_name,
            last_name=data.last_name,
            role=data.role,
            password=data.password,
            profile=Profile(
                employee_id=data.employee_id,
                subjects=data.subjects,
                grades=data.grades,
                department=data.department,
                designation=data.designation,
                date_of_joining=data.date_of_joining,
            ),
        ),
    )


HANDLERS = (login, refresh, logout, get_me, change_password, register_teacher)


def _shown(tokens: Tokens, *, in_cookie: bool) -> TokensView:
    return TokensView(access=tokens.access, refresh=None if in_cookie else tokens.refresh)


def _with_session(request: ApiRequest, view: T, tokens: Tokens, *, in_cookie: bool) -> JsonResponse[T]:
    response = JsonResponse(view)
    if in_cookie:
        response.set_cookie(session_cookie(request, tokens.refresh, lifetime=_lifetime(request)))
    return response


def _lifetime(request: ApiRequest) -> timedelta:
    return OPERATOR_SESSION_LIFETIME if request.visit.school is None else SESSION_LIFETIME
