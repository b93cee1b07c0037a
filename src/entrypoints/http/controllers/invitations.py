"""Routes about joining a school, and about links that come by mail."""

from uuid import UUID

from dishka import FromDishka
from litestar import Response, post
from litestar.params import FromPath, JSONBody

from entrypoints.http.accepted import Accepted
from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import ANYWHERE, BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.requests.accounts import (
    AddressRequest,
    LinkedPasswordRequest,
    LinkRequest,
    RegisterTeacherRequest,
)
from entrypoints.http.session import PUBLIC
from lms_app.accounts.accept_invitation import AcceptInvitation
from lms_app.accounts.confirm_password_reset import ConfirmPasswordReset
from lms_app.accounts.invite_teacher import InviteTeacher
from lms_app.accounts.mailed_links import MailedLink
from lms_app.accounts.register_teacher import NewTeacher, RegisterTeacher, check_confirmation
from lms_app.accounts.request_password_reset import RequestPasswordReset
from lms_app.accounts.resend_verification import ResendVerification
from lms_app.accounts.verify_email import VerifyEmail
from lms_app.accounts.views import UserView
from lms_domain.accounts.person import Profile

_AUTH = "/api/users/auth"


@post(
    f"{_AUTH}/register-teacher",
    operation_id="registerTeacher",
    summary="Register a person of the school",
    description=rule_of(RegisterTeacher),
    responses=errors(SIGNED_IN, BODY, "email_taken", "plan_limit", "impersonating", "busy"),
)
@inject
async def register_teacher(
    request: ApiRequest, data: JSONBody[RegisterTeacherRequest], register: FromDishka[RegisterTeacher]
) -> UserView:
    check_confirmation(data.password, data.password_confirm)
    return await register(request.actor, newcomer(data))


@post(
    "/api/teachers/{teacher_id:uuid}/invite",
    operation_id="inviteTeacher",
    summary="Invite somebody again",
    description=rule_of(InviteTeacher),
    status_code=204,
    responses=errors(SIGNED_IN, "already_joined", "not_active", "impersonating"),
)
@inject
async def invite_teacher(request: ApiRequest, teacher_id: FromPath[UUID], invite: FromDishka[InviteTeacher]) -> None:
    await invite(request.actor, teacher_id)


@post(
    f"{_AUTH}/accept-invitation",
    operation_id="acceptInvitation",
    summary="Accept an invitation",
    description=rule_of(AcceptInvitation),
    status_code=200,
    opt=PUBLIC,
    responses=errors(ANYWHERE, BODY, "token_invalid", "busy"),
)
@inject
async def accept_invitation(
    request: ApiRequest, data: JSONBody[LinkedPasswordRequest], accept: FromDishka[AcceptInvitation]
) -> JsonResponse[UserView]:
    user = await accept(school=request.visit.school, link=_link(data), new_password=data.new_password)
    return JsonResponse(user)


@post(
    f"{_AUTH}/request-password-reset",
    operation_id="requestPasswordReset",
    summary="Ask for a new password",
    description=rule_of(RequestPasswordReset),
    status_code=202,
    opt=PUBLIC,
    responses=errors(ANYWHERE, BODY, "too_many_tries"),
)
@inject
async def request_password_reset(
    request: ApiRequest, data: JSONBody[AddressRequest], ask: FromDishka[RequestPasswordReset]
) -> Response[None]:
    await ask(school=request.visit.school, email=data.email, address=request.visit.address)
    return Accepted()


@post(
    f"{_AUTH}/confirm-password-reset",
    operation_id="confirmPasswordReset",
    summary="Choose a new password by a link",
    description=rule_of(ConfirmPasswordReset),
    status_code=204,
    opt=PUBLIC,
    responses=errors(ANYWHERE, BODY, "token_invalid", "busy"),
)
@inject
async def confirm_password_reset(
    request: ApiRequest, data: JSONBody[LinkedPasswordRequest], confirm: FromDishka[ConfirmPasswordReset]
) -> Response[None]:
    await confirm(school=request.visit.school, link=_link(data), new_password=data.new_password)
    return Response(None, status_code=204)


@post(
    f"{_AUTH}/verify-email",
    operation_id="verifyEmail",
    summary="Prove one's address",
    description=rule_of(VerifyEmail),
    status_code=204,
    opt=PUBLIC,
    responses=errors(ANYWHERE, BODY, "token_invalid"),
)
@inject
async def verify_email(
    request: ApiRequest, data: JSONBody[LinkRequest], verify: FromDishka[VerifyEmail]
) -> Response[None]:
    await verify(school=request.visit.school, link=_link(data))
    return Response(None, status_code=204)


@post(
    f"{_AUTH}/resend-verification",
    operation_id="resendVerification",
    summary="Ask for the link that proves one's address",
    description=rule_of(ResendVerification),
    status_code=202,
    opt=PUBLIC,
    responses=errors(ANYWHERE, BODY, "too_many_tries"),
)
@inject
async def resend_verification(
    request: ApiRequest, data: JSONBody[AddressRequest], ask: FromDishka[ResendVerification]
) -> Response[None]:
    await ask(school=request.visit.school, email=data.email, address=request.visit.address)
    return Accepted()


HANDLERS = (
    register_teacher,
    invite_teacher,
    accept_invitation,
    request_password_reset,
    confirm_password_reset,
    verify_email,
    resend_verification,
)


def newcomer(data: RegisterTeacherRequest) -> NewTeacher:
    """Who is to be registered."""
    return NewTeacher(
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
        group_ids=frozenset(data.group_ids),
    )


def _link(data: LinkRequest) -> MailedLink:
    return MailedLink(data.uid, data.token)
