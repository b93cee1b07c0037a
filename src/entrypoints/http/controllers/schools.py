"""Routes about schools: their looks, and the operator's work on them."""

from typing import Annotated, Literal
from uuid import UUID

from dishka import FromDishka
from litestar import get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import ANYWHERE, BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.fields import invalid
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, Search, page_of, page_request
from entrypoints.http.requests.schools import OnboardSchoolRequest
from entrypoints.http.responses import OnboardedView
from entrypoints.http.session import PUBLIC
from lms_app.ports.clock import Clock
from lms_app.ports.queries import SchoolQueries, TenantFilter
from lms_app.schools.onboard_school import NewSchool, OnboardSchool
from lms_app.schools.views import TenantView, ThemeView
from lms_app.scope import SystemScope, TenantScope
from lms_domain.accounts.roles import Permission
from lms_domain.errors import FieldError, NotFound
from lms_domain.schools.tenant import Plan

_LOOK = SystemScope("an operator looks at schools")
_ORDERINGS = Literal["created_at", "-created_at", "name", "-name", "trial_ends_on", "-trial_ends_on"]


@get(
    "/api/tenants/theme",
    operation_id="getTheme",
    summary="Name and looks of the host's school",
    description="What anybody may know of the school that lives on this host. Nothing of its plan or trial.",
    opt=PUBLIC,
    responses=errors(ANYWHERE),
)
@inject
async def get_theme(request: ApiRequest, queries: FromDishka[SchoolQueries]) -> JsonResponse[ThemeView]:
    school = request.visit.school
    theme = await queries.theme(TenantScope(school.tenant_id)) if school is not None else None
    if theme is None:
        raise NotFound("There is nothing here.")
    return JsonResponse(theme, headers={"Vary": "Host"})


@post(
    "/api/super-admin/tenants",
    operation_id="onboardSchool",
    summary="Open a school",
    description=rule_of(OnboardSchool),
    responses=errors(SIGNED_IN, BODY, "subdomain_taken", "busy"),
)
@inject
async def onboard_school(
    request: ApiRequest,
    data: JSONBody[OnboardSchoolRequest],
    onboard: FromDishka[OnboardSchool],
    queries: FromDishka[SchoolQueries],
    clock: FromDishka[Clock],
) -> JsonResponse[OnboardedView]:
    request.actor.require(Permission.RUN_PLATFORM)
    if data.admin_password is None:
        message = "Give an initial password; invitations by mail are not available yet."
        raise invalid((FieldError("admin_password", "required", message),))
    opened = await onboard(
        NewSchool(
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
    )
    tenant = await _tenant(queries, clock, opened.tenant_id)
    return JsonResponse(
        OnboardedView(tenant=tenant, admin_email=opened.admin_email, subdomain=opened.subdomain),
        headers={"Location": f"/api/super-admin/tenants/{opened.tenant_id}/"},
    )


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


HANDLERS = (get_theme, onboard_school, list_schools, get_school)


async def _tenant(queries: SchoolQueries, clock: Clock, tenant_id: UUID) -> TenantView:
    view = await queries.tenant(_LOOK, tenant_id, now=clock.now())
    if view is None:
        raise NotFound("There is no such school.")
    return view
