"""Routes of the Command Center: what operators do about schools."""

from typing import Annotated, Literal, TypeVar
from uuid import UUID

from dishka import FromDishka
from litestar import delete, get, patch, post
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import UNSET, UnsetType

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.idempotency import SECRET_ANSWER
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, Search, page_of, page_request
from entrypoints.http.requests.schools import (
    EditSchoolRequest,
    EraseSchoolRequest,
    ImpersonateRequest,
    LimitsRequest,
    OnboardSchoolRequest,
    RetryStepRequest,
)
from entrypoints.http.requests.values import NO_CONTROL
from entrypoints.http.responses import OnboardedView
from lms_app.accounts.impersonate import Impersonate, VisitView
from lms_app.jobs.show_job import JobView
from lms_app.ports.clock import Clock
from lms_app.ports.command_center_queries import CommandCenterQueries
from lms_app.ports.queries import SchoolQueries, TenantFilter
from lms_app.schools.advise_address import AddressAdviceView, AdviseAddress
from lms_app.schools.command_center_views import PlansView, SchoolAdministratorsView, SchoolUsageView, StatsView
from lms_app.schools.edit_school import EditSchool, LimitChanges, SchoolChanges
from lms_app.schools.erase_school import ConfirmErasure, ErasureView, RequestErasure
from lms_app.schools.export_school import RequestExport
from lms_app.schools.invite_administrator import InviteAdministrator
from lms_app.schools.onboard_school import NewSchool, OnboardSchool
from lms_app.schools.plans import all_plans
from lms_app.schools.views import TenantView
from lms_app.scope import SystemScope
from lms_app.video.list_pipeline import ListPipeline
from lms_app.video.retry_step import RetryStep
from lms_app.video.views import TroubledStepView
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound
from lms_domain.schools.tenant import Plan

T = TypeVar("T")

_LOOK = SystemScope("an operator looks at schools")
SchoolName = Annotated[str, QueryParameter(max_length=200, pattern=NO_CONTROL)]
Subdomain = Annotated[str, QueryParameter(max_length=100, pattern=NO_CONTROL, description="Nothing: suggest one.")]
_ORDERINGS = Literal["created_at", "-created_at", "name", "-name", "trial_ends_on", "-trial_ends_on"]


@get(
    "/api/super-admin/stats",
    operation_id="getPlatformStats",
    summary="The installation at a glance",
    description="How many schools and people there are, what happened on each of the last 30 days (UTC), which schools "
    "use 80 % or more of a limit, and how many steps of videos wait, run or failed.",
    responses=errors(SIGNED_IN),
)
@inject
async def get_platform_stats(
    request: ApiRequest, queries: FromDishka[CommandCenterQueries], clock: FromDishka[Clock]
) -> JsonResponse[StatsView]:
    request.actor.require(Permission.RUN_PLATFORM)
    return JsonResponse(await queries.stats(_LOOK, now=clock.now()))


@post(
    "/api/super-admin/tenants",
    operation_id="onboardSchool",
    summary="Open a school",
    description=rule_of(OnboardSchool),
    responses=errors(SIGNED_IN, BODY, "subdomain_taken", "request_at_work", "idempotency_key_reused", "busy"),
)
@inject
async def onboard_school(
    request: ApiRequest,
    data: JSONBody[OnboardSchoolRequest],
    onboard: FromDishka[OnboardSchool],
    queries: FromDishka[SchoolQueries],
    clock: FromDishka[Clock],
) -> JsonResponse[OnboardedView]:
    new = NewSchool(
        school_name=data.school_name,
        admin_email=data.admin_email,
        admin_first_name=data.admin_first_name,
        admin_last_name=data.admin_last_name,
        admin_password=data.admin_password,
        subdomain=data.subdomain,
        plan=data.plan,
        trial_days=data.trial_days,
        time_zone=data.time_zone,
    )
    request.actor.require(Permission.RUN_PLATFORM)
    opened = await onboard(new, actor=request.actor)
    tenant = await _tenant(queries, clock, opened.tenant_id)
    return JsonResponse(
        OnboardedView(tenant=tenant, admin_email=opened.admin_email, subdomain=opened.subdomain),
        headers={"Location": f"/api/super-admin/tenants/{opened.tenant_id}/"},
    )


@get(
    "/api/super-admin/plans",
    operation_id="listPlans",
    summary="What each plan brings",
    description="The limits and features that each plan brings to a school, the smallest plan first.",
    responses=errors(SIGNED_IN),
)
@inject
async def list_plans(request: ApiRequest) -> JsonResponse[PlansView]:
    request.actor.require(Permission.RUN_PLATFORM)
    return JsonResponse(all_plans())


@get(
    "/api/super-admin/school-addresses",
    operation_id="adviseAddress",
    summary="Whether a school could have an address",
    description=rule_of(AdviseAddress),
    responses=errors(SIGNED_IN),
)
@inject
async def advise_address(
    request: ApiRequest,
    advise: FromDishka[AdviseAddress],
    school_name: SchoolName = "",
    subdomain: Subdomain = "",
) -> JsonResponse[AddressAdviceView]:
    return JsonResponse(await advise(request.actor, school_name=school_name, subdomain=subdomain))


@get(
    "/api/super-admin/tenants",
    operation_id="listSchools",
    summary="All schools",
    description="Every school of the installation, the newest first unless another order is asked for.",
    responses=errors(SIGNED_IN),
)
@inject
async def list_schools(
    request: ApiRequest,
    queries: FromDishka[SchoolQueries],
    clock: FromDishka[Clock],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    search: Search = "",
    is_active: Annotated[bool | None, QueryParameter()] = None,
    is_trial: Annotated[bool | None, QueryParameter()] = None,
    plan: Annotated[Plan | None, QueryParameter()] = None,
    ordering: Annotated[_ORDERINGS, QueryParameter()] = "-created_at",
) -> Page[TenantView]:
    request.actor.require(Permission.RUN_PLATFORM)
    wanted = page_request(request, page, page_size)
    filters = TenantFilter(is_active=is_active, is_trial=is_trial, plan=plan, search=search, ordering=ordering)
    return page_of(request, await queries.tenants(_LOOK, filters, wanted, now=clock.now()), wanted)


@get(
    "/api/super-admin/tenants/{tenant_id:uuid}",
    operation_id="getSchool",
    summary="One school",
    description="A school with its limits and what it uses of them.",
    responses=errors(SIGNED_IN),
)
@inject
async def get_school(
    request: ApiRequest, tenant_id: FromPath[UUID], queries: FromDishka[SchoolQueries], clock: FromDishka[Clock]
) -> TenantView:
    request.actor.require(Permission.RUN_PLATFORM)
    return await _tenant(queries, clock, tenant_id)


@patch(
    "/api/super-admin/tenants/{tenant_id:uuid}",
    operation_id="editSchool",
    summary="Change what the operator decides about a school",
    description=rule_of(EditSchool),
    responses=errors(SIGNED_IN, BODY, "not_on_trial", "trial_over"),
)
@inject
async def edit_school(
    request: ApiRequest,
    tenant_id: FromPath[UUID],
    data: JSONBody[EditSchoolRequest],
    edit: FromDishka[EditSchool],
    queries: FromDishka[SchoolQueries],
    clock: FromDishka[Clock],
) -> JsonResponse[TenantView]:
    await edit(request.actor, tenant_id, _changes(data))
    return JsonResponse(await _tenant(queries, clock, tenant_id))


@get(
    "/api/super-admin/tenants/{tenant_id:uuid}/usage",
    operation_id="getSchoolUsage",
    summary="What a school uses",
    description="What one school has of everything, and what it may have.",
    responses=errors(SIGNED_IN),
)
@inject
async def get_school_usage(
    request: ApiRequest, tenant_id: FromPath[UUID], queries: FromDishka[CommandCenterQueries], clock: FromDishka[Clock]
) -> JsonResponse[SchoolUsageView]:
    request.actor.require(Permission.RUN_PLATFORM)
    usage = await queries.usage(_LOOK, tenant_id, now=clock.now())
    if usage is None:
        raise NotFound("There is no such school.")
    return JsonResponse(usage)


@get(
    "/api/super-admin/tenants/{tenant_id:uuid}/administrators",
    operation_id="listAdministrators",
    summary="Whom to write to at a school",
    description="The administrators of a school by name, closed accounts too: who has joined, who has an invitation "
    "that is still good, and when each signed in last.",
    responses=errors(SIGNED_IN),
)
@inject
async def list_administrators(
    request: ApiRequest, tenant_id: FromPath[UUID], queries: FromDishka[CommandCenterQueries], clock: FromDishka[Clock]
) -> JsonResponse[SchoolAdministratorsView]:
    request.actor.require(Permission.RUN_PLATFORM)
    found = await queries.administrators(_LOOK, tenant_id, now=clock.now())
    if found is None:
        raise NotFound("There is no such school.")
    return JsonResponse(found)


@post(
    "/api/super-admin/tenants/{tenant_id:uuid}/administrators/{teacher_id:uuid}/invite",
    operation_id="inviteAdministrator",
    summary="Invite an administrator again",
    description=rule_of(InviteAdministrator),
    status_code=204,
    responses=errors(SIGNED_IN, "already_joined", "not_active"),
)
@inject
async def invite_administrator(
    request: ApiRequest,
    tenant_id: FromPath[UUID],
    teacher_id: FromPath[UUID],
    invite: FromDishka[InviteAdministrator],
) -> None:
    await invite(request.actor, tenant_id, teacher_id)


@post(
    "/api/super-admin/tenants/{tenant_id:uuid}/impersonate",
    operation_id="impersonate",
    summary="Open a visit to a school",
    description=rule_of(Impersonate),
    opt=SECRET_ANSWER,
    responses=errors(SIGNED_IN, BODY, "step_up_required", "school_closed", "no_administrator"),
)
@inject
async def impersonate(
    request: ApiRequest,
    tenant_id: FromPath[UUID],
    data: JSONBody[ImpersonateRequest],
    visit: FromDishka[Impersonate],
) -> JsonResponse[VisitView]:
    return JsonResponse(await visit(request.actor, tenant_id, reason=data.reason))


@get(
    "/api/super-admin/tenants/{tenant_id:uuid}/export",
    operation_id="exportSchool",
    summary="Have a whole school exported",
    description=rule_of(RequestExport),
    status_code=202,
    responses=errors(SIGNED_IN),
)
@inject
async def export_school(
    request: ApiRequest, tenant_id: FromPath[UUID], export: FromDishka[RequestExport]
) -> JsonResponse[JobView]:
    job = await export(request.actor, tenant_id)
    return JsonResponse(job, status_code=202, headers={"Location": f"/api/jobs/{job.id}/"})


@delete(
    "/api/super-admin/tenants/{tenant_id:uuid}",
    operation_id="requestErasure",
    summary="Begin to erase a school",
    description=rule_of(RequestErasure),
    status_code=202,
    responses=errors(SIGNED_IN),
)
@inject
async def request_erasure(
    request: ApiRequest, tenant_id: FromPath[UUID], erase: FromDishka[RequestErasure]
) -> JsonResponse[ErasureView]:
    return JsonResponse(await erase(request.actor, tenant_id), status_code=202)


@post(
    "/api/super-admin/tenants/{tenant_id:uuid}/erase",
    operation_id="confirmErasure",
    summary="Erase a school for good",
    description=rule_of(ConfirmErasure),
    status_code=204,
    responses=errors(SIGNED_IN, BODY, "step_up_required"),
)
@inject
async def confirm_erasure(
    request: ApiRequest,
    tenant_id: FromPath[UUID],
    data: JSONBody[EraseSchoolRequest],
    erase: FromDishka[ConfirmErasure],
) -> None:
    await erase(request.actor, tenant_id, code=data.code, phrase=data.phrase)


@get(
    "/api/super-admin/pipeline",
    operation_id="listTroubledSteps",
    summary="What fails or is stuck",
    description=rule_of(ListPipeline),
    responses=errors(SIGNED_IN),
)
@inject
async def list_troubled_steps(
    request: ApiRequest,
    pipeline: FromDishka[ListPipeline],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    tenant_id: Annotated[UUID | None, QueryParameter()] = None,
) -> Page[TroubledStepView]:
    wanted = page_request(request, page, page_size)
    return page_of(request, await pipeline(request.actor, tenant_id=tenant_id, page=wanted), wanted)


@post(
    "/api/super-admin/pipeline/retry",
    operation_id="retryStep",
    summary="Try a step again",
    description=rule_of(RetryStep),
    status_code=204,
    responses=errors(SIGNED_IN, BODY, "step_running", "step_not_reached"),
)
@inject
async def retry_step(request: ApiRequest, data: JSONBody[RetryStepRequest], retry: FromDishka[RetryStep]) -> None:
    await retry(request.actor, tenant_id=data.tenant_id, content_id=data.content_id, step=data.step, only=data.only)


HANDLERS = (
    get_platform_stats,
    onboard_school,
    list_plans,
    advise_address,
    list_schools,
    get_school,
    edit_school,
    get_school_usage,
    list_administrators,
    invite_administrator,
    impersonate,
    export_school,
    request_erasure,
    confirm_erasure,
    list_troubled_steps,
    retry_step,
)


async def _tenant(queries: SchoolQueries, clock: Clock, tenant_id: UUID) -> TenantView:
    view = await queries.tenant(_LOOK, tenant_id, now=clock.now())
    if view is None:
        raise NotFound("There is no such school.")
    return view


def _changes(data: EditSchoolRequest) -> SchoolChanges:
    limits = data.limits if data.limits is not UNSET else LimitsRequest()
    return SchoolChanges(
        is_active=_given(data.is_active),
        suspension_reason=_given(data.suspension_reason),
        is_trial=_given(data.is_trial),
        trial_ends_on=_given(data.trial_ends_on),
        extend_trial_days=_given(data.extend_trial_days),
        plan=_given(data.plan),
        limits=LimitChanges(
            teachers=_given(limits.teachers),
            courses=_given(limits.courses),
            storage_bytes=_given(limits.storage_bytes),
            video_seconds=_given(limits.video_seconds),
        ),
        features=data.features.changes() if data.features is not UNSET else {},
        notes=_given(data.notes),
    )


def _given(value: T | UnsetType) -> T | None:
    return None if value is UNSET else value
