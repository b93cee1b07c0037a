"""Routes about groups of teachers, for administrators."""

from typing import Annotated
from uuid import UUID

from dishka import FromDishka
from litestar import delete, get, patch, post, put
from litestar.params import FromPath, JSONBody, QueryParameter

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, Search, page_of, page_request
from entrypoints.http.requests.people import CreateGroupRequest, GroupMembersRequest, UpdateGroupRequest
from lms_app.actor import Actor
from lms_app.courses.edit_group import CreateGroup, DeleteGroup, EditGroup
from lms_app.courses.group_members import AddGroupMembers, RemoveGroupMember, SetGroupMembers
from lms_app.courses.group_views import GroupMemberView, GroupView
from lms_app.ports.people_queries import GroupFilter, GroupQueries
from lms_domain.accounts.roles import Permission
from lms_domain.courses.group import GroupKind
from lms_domain.errors import NotFound

_ONE = "/api/teacher-groups/{group_id:uuid}"
_MEMBERS = f"{_ONE}/members"


@get(
    "/api/teacher-groups",
    operation_id="listGroups",
    summary="All groups",
    description="Every group of the school, by name.",
    responses=errors(SIGNED_IN),
)
@inject
async def list_groups(
    request: ApiRequest,
    queries: FromDishka[GroupQueries],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    search: Search = "",
    kind: Annotated[GroupKind | None, QueryParameter()] = None,
) -> Page[GroupView]:
    scope = request.actor.school(Permission.MANAGE_SCHOOL)
    wanted = page_request(request, page, page_size)
    return page_of(request, await queries.groups(scope, GroupFilter(kind=kind, search=search), wanted), wanted)


@post(
    "/api/teacher-groups",
    operation_id="createGroup",
    summary="Make a group",
    description=rule_of(CreateGroup),
    responses=errors(SIGNED_IN, BODY, "group_name_taken"),
)
@inject
async def create_group(
    request: ApiRequest,
    data: JSONBody[CreateGroupRequest],
    create: FromDishka[CreateGroup],
    queries: FromDishka[GroupQueries],
) -> JsonResponse[GroupView]:
    group_id = await create(request.actor, name=data.name, kind=data.kind)
    group = await _group(queries, request.actor, group_id)
    return JsonResponse(group, headers={"Location": f"/api/teacher-groups/{group_id}/"})


@get(
    _ONE,
    operation_id="getGroup",
    summary="One group",
    description="A group of the school.",
    responses=errors(SIGNED_IN),
)
@inject
async def get_group(
    request: ApiRequest, group_id: FromPath[UUID], queries: FromDishka[GroupQueries]
) -> JsonResponse[GroupView]:
    return JsonResponse(await _group(queries, request.actor, group_id))


@patch(
    _ONE,
    operation_id="updateGroup",
    summary="Change a group",
    description=rule_of(EditGroup),
    responses=errors(SIGNED_IN, BODY, "group_name_taken"),
)
@inject
async def update_group(
    request: ApiRequest,
    group_id: FromPath[UUID],
    data: JSONBody[UpdateGroupRequest],
    edit: FromDishka[EditGroup],
    queries: FromDishka[GroupQueries],
) -> JsonResponse[GroupView]:
    await edit(request.actor, group_id, name=data.name, kind=data.kind)
    return JsonResponse(await _group(queries, request.actor, group_id))


@delete(
    _ONE,
    operation_id="deleteGroup",
    summary="Remove a group",
    description=rule_of(DeleteGroup),
    responses=errors(SIGNED_IN),
)
@inject
async def delete_group(request: ApiRequest, group_id: FromPath[UUID], remove: FromDishka[DeleteGroup]) -> None:
    await remove(request.actor, group_id)


@get(
    _MEMBERS,
    operation_id="listGroupMembers",
    summary="Who is in a group",
    description="The people of a group by name, those whose accounts are closed included.",
    responses=errors(SIGNED_IN),
)
@inject
async def list_members(
    request: ApiRequest,
    group_id: FromPath[UUID],
    queries: FromDishka[GroupQueries],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
) -> Page[GroupMemberView]:
    wanted = page_request(request, page, page_size)
    found = await queries.members(request.actor.school(Permission.MANAGE_SCHOOL), group_id, wanted)
    if found is None:
        raise NotFound("There is no such group.")
    return page_of(request, found, wanted)


@post(
    _MEMBERS,
    operation_id="addGroupMembers",
    summary="Put people into a group",
    description=rule_of(AddGroupMembers),
    status_code=200,
    responses=errors(SIGNED_IN, BODY),
)
@inject
async def add_members(
    request: ApiRequest,
    group_id: FromPath[UUID],
    data: JSONBody[GroupMembersRequest],
    add: FromDishka[AddGroupMembers],
    queries: FromDishka[GroupQueries],
) -> JsonResponse[GroupView]:
    await add(request.actor, group_id, data.teacher_ids)
    return JsonResponse(await _group(queries, request.actor, group_id))


@put(
    _MEMBERS,
    operation_id="setGroupMembers",
    summary="Say exactly who is in a group",
    description=rule_of(SetGroupMembers),
    responses=errors(SIGNED_IN, BODY),
)
@inject
async def set_members(
    request: ApiRequest,
    group_id: FromPath[UUID],
    data: JSONBody[GroupMembersRequest],
    set_them: FromDishka[SetGroupMembers],
    queries: FromDishka[GroupQueries],
) -> JsonResponse[GroupView]:
    await set_them(request.actor, group_id, data.teacher_ids)
    return JsonResponse(await _group(queries, request.actor, group_id))


@delete(
    f"{_MEMBERS}/{{teacher_id:uuid}}",
    operation_id="removeGroupMember",
    summary="Take somebody out of a group",
    description=rule_of(RemoveGroupMember),
    responses=errors(SIGNED_IN),
)
@inject
async def remove_member(
    request: ApiRequest, group_id: FromPath[UUID], teacher_id: FromPath[UUID], remove: FromDishka[RemoveGroupMember]
) -> None:
    await remove(request.actor, group_id, teacher_id)


HANDLERS = (
    list_groups,
    create_group,
    get_group,
    update_group,
    delete_group,
    list_members,
    add_members,
    set_members,
    remove_member,
)


async def _group(queries: GroupQueries, actor: Actor, group_id: UUID) -> GroupView:
    group = await queries.group(actor.school(Permission.MANAGE_SCHOOL), group_id)
    if group is None:
        raise NotFound("There is no such group.")
    return group
