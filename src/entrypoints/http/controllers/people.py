"""Routes about the people of a school, for its administrators."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from dishka import FromDishka
from litestar import delete, get, patch, post
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import UNSET

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.controllers.invitations import newcomer
from entrypoints.http.declare import BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.file_response import attachment
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, Search, page_of, page_request
from entrypoints.http.requests.accounts import RegisterTeacherRequest
from entrypoints.http.requests.people import UpdateTeacherRequest
from lms_app.accounts.edit_teacher import DeactivateTeacher, EditTeacher, TeacherChanges
from lms_app.accounts.erase_teacher import EraseTeacher
from lms_app.accounts.export_teacher import ExportTeacher
from lms_app.accounts.people_views import PersonalDataView, TeacherView
from lms_app.accounts.register_teacher import RegisterTeacher, check_confirmation
from lms_app.accounts.views import UserView
from lms_app.ports.people_queries import PeopleQueries, TeacherFilter
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Permission, Role
from lms_domain.errors import NotFound

_ONE = "/api/teachers/{teacher_id:uuid}"
_ORDERINGS = Literal["name", "-name", "email", "-email", "created_at", "-created_at"]
Department = Annotated[str | None, QueryParameter(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]


@get(
    "/api/teachers",
    operation_id="listTeachers",
    summary="People of the school",
    description=(
        "Everybody with an account at the school, its administrators included. Every word of `search` is in the name, "
        "the address or the employee id."
    ),
    responses=errors(SIGNED_IN),
)
@inject
async def list_teachers(
    request: ApiRequest,
    queries: FromDishka[PeopleQueries],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    search: Search = "",
    role: Annotated[Role | None, QueryParameter()] = None,
    department: Department = None,
    group: Annotated[UUID | None, QueryParameter()] = None,
    is_active: Annotated[bool | None, QueryParameter()] = None,
    is_invited: Annotated[
        bool | None, QueryParameter(description="Whether they have yet to choose a password.")
    ] = None,
    ordering: Annotated[_ORDERINGS, QueryParameter()] = "name",
) -> Page[TeacherView]:
    scope = request.actor.school(Permission.MANAGE_SCHOOL)
    wanted = page_request(request, page, page_size)
    filters = TeacherFilter(
        role=role,
        department=department,
        group=group,
        is_active=is_active,
        is_invited=is_invited,
        search=search,
        ordering=ordering,
    )
    return page_of(request, await queries.teachers(scope, filters, wanted), wanted)


@post(
    "/api/teachers",
    operation_id="createTeacher",
    summary="Register a person of the school",
    description=rule_of(RegisterTeacher),
    responses=errors(SIGNED_IN, BODY, "email_taken", "plan_limit", "impersonating", "busy"),
)
@inject
async def create_teacher(
    request: ApiRequest, data: JSONBody[RegisterTeacherRequest], register: FromDishka[RegisterTeacher]
) -> JsonResponse[UserView]:
    check_confirmation(data.password, data.password_confirm)
    user = await register(request.actor, newcomer(data))
    return JsonResponse(user, headers={"Location": f"/api/teachers/{user.id}/"})


@get(
    _ONE,
    operation_id="getTeacher",
    summary="One person",
    description="A person of the school, with their groups.",
    responses=errors(SIGNED_IN),
)
@inject
async def get_teacher(
    request: ApiRequest, teacher_id: FromPath[UUID], queries: FromDishka[PeopleQueries]
) -> JsonResponse[TeacherView]:
    return await _shown(queries, request.actor.school(Permission.MANAGE_SCHOOL), teacher_id)


@patch(
    _ONE,
    operation_id="updateTeacher",
    summary="Change a person",
    description=rule_of(EditTeacher),
    responses=errors(SIGNED_IN, BODY, "email_taken", "last_admin", "own_account", "plan_limit", "impersonating"),
)
@inject
async def update_teacher(
    request: ApiRequest,
    teacher_id: FromPath[UUID],
    data: JSONBody[UpdateTeacherRequest],
    edit: FromDishka[EditTeacher],
    queries: FromDishka[PeopleQueries],
) -> JsonResponse[TeacherView]:
    given = msgspec.structs.asdict(data)
    if data.group_ids is not UNSET:
        given["group_ids"] = frozenset(data.group_ids)
    await edit(request.actor, teacher_id, TeacherChanges(**given))
    return await _shown(queries, request.actor.school(Permission.MANAGE_SCHOOL), teacher_id)


@delete(
    _ONE,
    operation_id="deactivateTeacher",
    summary="Close somebody's account",
    description=rule_of(DeactivateTeacher),
    responses=errors(SIGNED_IN, "last_admin", "own_account", "impersonating"),
)
@inject
async def deactivate_teacher(
    request: ApiRequest, teacher_id: FromPath[UUID], deactivate: FromDishka[DeactivateTeacher]
) -> None:
    await deactivate(request.actor, teacher_id)


@get(
    f"{_ONE}/export",
    operation_id="exportTeacher",
    summary="All data of one person",
    description=rule_of(ExportTeacher),
    responses=errors(SIGNED_IN),
)
@inject
async def export_teacher(
    request: ApiRequest, teacher_id: FromPath[UUID], export: FromDishka[ExportTeacher]
) -> JsonResponse[PersonalDataView]:
    data = await export(request.actor, teacher_id)
    name = f"{data.person.first_name} {data.person.last_name}.json"
    return JsonResponse(data, headers={"Content-Disposition": attachment(name)})


@post(
    f"{_ONE}/erase",
    operation_id="eraseTeacher",
    summary="Erase a person",
    description=rule_of(EraseTeacher),
    status_code=204,
    responses=errors(SIGNED_IN, "last_admin", "own_account", "impersonating"),
)
@inject
async def erase_teacher(request: ApiRequest, teacher_id: FromPath[UUID], erase: FromDishka[EraseTeacher]) -> None:
    await erase(request.actor, teacher_id)


HANDLERS = (
    list_teachers,
    create_teacher,
    get_teacher,
    update_teacher,
    deactivate_teacher,
    export_teacher,
    erase_teacher,
)


async def _shown(queries: PeopleQueries, scope: TenantScope, user_id: UUID) -> JsonResponse[TeacherView]:
    teacher = await queries.teacher(scope, user_id)
    if teacher is None:
        raise NotFound("There is nobody with this id.")
    return JsonResponse(teacher)
