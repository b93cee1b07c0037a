"""Routes about what people sign in with: passwords, second factors, sessions."""

from datetime import datetime
from uuid import UUID

import msgspec
from dishka import FromDishka
from litestar import Response, delete, get, post
from litestar.params import FromPath, JSONBody

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.cookies import cookie_token
from entrypoints.http.declare import BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, page_of, page_request, slice_of
from entrypoints.http.requests.accounts import ChangePasswordRequest, CodeRequest, StepUpRequest
from entrypoints.http.responses import NewTokensView
from entrypoints.http.session import BEFORE_PASSWORD_CHANGE, BEFORE_SECOND_FACTOR
from entrypoints.http.session_answers import shown_tokens, user_agent, with_session
from lms_app.accounts.change_password import ChangePassword
from lms_app.accounts.confirm_second_factor import ConfirmSecondFactor, RecoveryCodesView
from lms_app.accounts.disable_second_factor import DisableSecondFactor
from lms_app.accounts.end_sessions import EndOtherSessions, EndSession
from lms_app.accounts.enrol_second_factor import EnrolSecondFactor, SecretView
from lms_app.accounts.list_sessions import ListSessions, SessionView
from lms_app.accounts.show_second_factor import SecondFactorView, ShowSecondFactor
from lms_app.accounts.step_up import StepUp

_AUTH = "/api/users/auth"
_IN_PERSON = (*SIGNED_IN, "impersonating")


class StepUpView(msgspec.Struct, frozen=True, kw_only=True):
    """Until when the proof counts."""

    valid_until: datetime


@post(
    f"{_AUTH}/change-password",
    operation_id="changePassword",
    summary="Change one's password",
    description=rule_of(ChangePassword),
    status_code=200,
    opt=BEFORE_PASSWORD_CHANGE,
    responses=errors(_IN_PERSON, BODY, "origin_mismatch", "too_many_tries", "busy"),
)
@inject
async def change_password(
    request: ApiRequest, data: JSONBody[ChangePasswordRequest], change: FromDishka[ChangePassword]
) -> JsonResponse[NewTokensView]:
    # Whoever keeps the session in the cookie gets the new one there too.
    in_cookie = cookie_token(request) is not None
    tokens = await change(
        request.actor,
        current_password=data.current_password,
        new_password=data.new_password,
        user_agent=user_agent(request),
    )
    view = NewTokensView(tokens=shown_tokens(tokens, in_cookie=in_cookie))
    return with_session(request, view, tokens, in_cookie=in_cookie)


@post(
    f"{_AUTH}/step-up",
    operation_id="stepUp",
    summary="Prove again who one is",
    description=rule_of(StepUp),
    status_code=200,
    opt=BEFORE_SECOND_FACTOR,
    responses=errors(_IN_PERSON, BODY, "otp_invalid", "too_many_tries", "busy"),
)
@inject
async def step_up(
    request: ApiRequest, data: JSONBody[StepUpRequest], prove: FromDishka[StepUp]
) -> JsonResponse[StepUpView]:
    valid_until = await prove(request.actor, password=data.password, otp=data.otp)
    return JsonResponse(StepUpView(valid_until=valid_until))


@get(
    f"{_AUTH}/otp",
    operation_id="getSecondFactor",
    summary="Whether there is a second factor",
    description=rule_of(ShowSecondFactor),
    opt=BEFORE_SECOND_FACTOR,
    responses=errors(_IN_PERSON),
)
@inject
async def get_second_factor(request: ApiRequest, show: FromDishka[ShowSecondFactor]) -> SecondFactorView:
    return await show(request.actor)


@post(
    f"{_AUTH}/otp/enrol",
    operation_id="enrolSecondFactor",
    summary="Begin with a second factor",
    description=rule_of(EnrolSecondFactor),
    # Not 201: what creates something may be kept to be answered again, and this is a secret.
    status_code=200,
    opt=BEFORE_SECOND_FACTOR,
    responses=errors(_IN_PERSON, "step_up_required", "otp_already_confirmed"),
)
@inject
async def enrol_second_factor(request: ApiRequest, enrol: FromDishka[EnrolSecondFactor]) -> JsonResponse[SecretView]:
    return JsonResponse(await enrol(request.actor))


@post(
    f"{_AUTH}/otp/confirm",
    operation_id="confirmSecondFactor",
    summary="Put a second factor in force",
    description=rule_of(ConfirmSecondFactor),
    status_code=200,
    opt=BEFORE_SECOND_FACTOR,
    responses=errors(_IN_PERSON, BODY, "otp_invalid", "otp_already_confirmed", "otp_not_begun"),
)
@inject
async def confirm_second_factor(
    request: ApiRequest, data: JSONBody[CodeRequest], confirm: FromDishka[ConfirmSecondFactor]
) -> JsonResponse[RecoveryCodesView]:
    return JsonResponse(await confirm(request.actor, code=data.code))


@post(
    f"{_AUTH}/otp/disable",
    operation_id="disableSecondFactor",
    summary="Do without the second factor",
    description=rule_of(DisableSecondFactor),
    status_code=204,
    responses=errors(_IN_PERSON, BODY, "step_up_required", "otp_invalid", "otp_not_confirmed", "too_many_tries"),
)
@inject
async def disable_second_factor(
    request: ApiRequest, data: JSONBody[CodeRequest], disable: FromDishka[DisableSecondFactor]
) -> Response[None]:
    await disable(request.actor, code=data.code)
    return Response(None, status_code=204)


@get(
    f"{_AUTH}/sessions",
    operation_id="listSessions",
    summary="Where one is signed in",
    description=rule_of(ListSessions),
    opt=BEFORE_SECOND_FACTOR,
    responses=errors(_IN_PERSON),
)
@inject
async def list_sessions(
    request: ApiRequest,
    sessions: FromDishka[ListSessions],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
) -> Page[SessionView]:
    wanted = page_request(request, page, page_size)
    return page_of(request, slice_of(await sessions(request.actor), wanted), wanted)


@delete(
    f"{_AUTH}/sessions",
    operation_id="endOtherSessions",
    summary="Sign out everywhere else",
    description=rule_of(EndOtherSessions),
    status_code=204,
    opt=BEFORE_SECOND_FACTOR,
    responses=errors(_IN_PERSON),
)
@inject
async def end_other_sessions(request: ApiRequest, end: FromDishka[EndOtherSessions]) -> None:
    await end(request.actor)


@delete(
    f"{_AUTH}/sessions/{{session_id:uuid}}",
    operation_id="endSession",
    summary="End one session",
    description=rule_of(EndSession),
    status_code=204,
    opt=BEFORE_SECOND_FACTOR,
    responses=errors(_IN_PERSON),
)
@inject
async def end_session(request: ApiRequest, session_id: FromPath[UUID], end: FromDishka[EndSession]) -> None:
    await end(request.actor, session_id)


HANDLERS = (
    change_password,
    step_up,
    get_second_factor,
    enrol_second_factor,
    confirm_second_factor,
    disable_second_factor,
    list_sessions,
    end_other_sessions,
    end_session,
)
