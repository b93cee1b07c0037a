"""Routes about what is in a course: modules and contents."""

from uuid import UUID

from dishka import FromDishka
from litestar import delete, get, patch, post
from litestar.params import FromPath, JSONBody

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.fields import invalid
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, page_of, page_request, slice_of
from entrypoints.http.requests.courses import (
    CreateContentRequest,
    CreateModuleRequest,
    UpdateContentRequest,
    UpdateModuleRequest,
)
from lms_app.courses.add_module import AddModule
from lms_app.courses.edit_content import AddContent, ContentChanges, EditContent, NewContent, RemoveContent
from lms_app.courses.edit_module import EditModule, RemoveModule
from lms_app.courses.show_course import ShowCourse
from lms_app.courses.views import ContentView, ModuleView
from lms_domain.accounts.roles import Permission
from lms_domain.courses.course import ContentType
from lms_domain.errors import FieldError, InvalidInput

_MODULES = "/api/courses/{course_id:uuid}/modules"
_MODULE = f"{_MODULES}/{{module_id:uuid}}"
_CONTENTS = f"{_MODULE}/contents"
_CONTENT = f"{_CONTENTS}/{{content_id:uuid}}"

_FIELD_OF = {ContentType.LINK: "url", ContentType.TEXT: "text", ContentType.DOCUMENT: "file_id"}
"""What a content of each kind is made of."""


@get(
    _MODULES,
    operation_id="listModules",
    summary="The modules of a course",
    description="The modules of a course in their order, each with its contents.",
    responses=errors(SIGNED_IN),
)
@inject
async def list_modules(
    request: ApiRequest,
    course_id: FromPath[UUID],
    show: FromDishka[ShowCourse],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
) -> Page[ModuleView]:
    wanted = page_request(request, page, page_size)
    return page_of(request, slice_of(await show.modules(request.actor, course_id), wanted), wanted)


@post(
    _MODULES,
    operation_id="createModule",
    summary="Add a module",
    description=rule_of(AddModule),
    responses=errors(SIGNED_IN, BODY),
)
@inject
async def create_module(
    request: ApiRequest, course_id: FromPath[UUID], data: JSONBody[CreateModuleRequest], add: FromDishka[AddModule]
) -> ModuleView:
    return await add(request.actor, course_id, title=data.title, description=data.description)


@get(
    _MODULE,
    operation_id="getModule",
    summary="One module",
    description="A module with its contents in their order.",
    responses=errors(SIGNED_IN),
)
@inject
async def get_module(
    request: ApiRequest, course_id: FromPath[UUID], module_id: FromPath[UUID], show: FromDishka[ShowCourse]
) -> ModuleView:
    return await show.module(request.actor, course_id, module_id)


@patch(
    _MODULE,
    operation_id="updateModule",
    summary="Change a module",
    description=rule_of(EditModule),
    responses=errors(SIGNED_IN, BODY),
)
@inject
async def update_module(
    request: ApiRequest,
    course_id: FromPath[UUID],
    module_id: FromPath[UUID],
    data: JSONBody[UpdateModuleRequest],
    edit: FromDishka[EditModule],
) -> ModuleView:
    return await edit(request.actor, course_id, module_id, title=data.title, description=data.description)


@delete(
    _MODULE,
    operation_id="deleteModule",
    summary="Remove a module",
    description=rule_of(RemoveModule),
    responses=errors(SIGNED_IN),
)
@inject
async def delete_module(
    request: ApiRequest, course_id: FromPath[UUID], module_id: FromPath[UUID], remove: FromDishka[RemoveModule]
) -> None:
    await remove(request.actor, course_id, module_id)


@get(
    _CONTENTS,
    operation_id="listContents",
    summary="The contents of a module",
    description="The contents of a module in their order.",
    responses=errors(SIGNED_IN),
)
@inject
async def list_contents(
    request: ApiRequest,
    course_id: FromPath[UUID],
    module_id: FromPath[UUID],
    show: FromDishka[ShowCourse],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
) -> Page[ContentView]:
    wanted = page_request(request, page, page_size)
    module = await show.module(request.actor, course_id, module_id)
    return page_of(request, slice_of(module.contents, wanted), wanted)


@post(
    _CONTENTS,
    operation_id="createContent",
    summary="Add a content",
    description=f"{rule_of(AddContent)} Videos go to `video-upload`.",
    responses=errors(SIGNED_IN, BODY, "content_type_unavailable"),
)
@inject
async def create_content(
    request: ApiRequest,
    course_id: FromPath[UUID],
    module_id: FromPath[UUID],
    data: JSONBody[CreateContentRequest],
    add: FromDishka[AddContent],
) -> JsonResponse[ContentView]:
    # Who may not do this learns nothing about which kinds there are.
    request.actor.require(Permission.MANAGE_SCHOOL)
    content = await add(request.actor, course_id, module_id, _new_content(data))
    location = f"/api/courses/{course_id}/modules/{module_id}/contents/{content.id}/"
    return JsonResponse(content, headers={"Location": location})


@get(
    _CONTENT,
    operation_id="getContent",
    summary="One content",
    description="A content as those who write courses see it.",
    responses=errors(SIGNED_IN),
)
@inject
async def get_content(
    request: ApiRequest,
    course_id: FromPath[UUID],
    module_id: FromPath[UUID],
    content_id: FromPath[UUID],
    show: FromDishka[ShowCourse],
) -> ContentView:
    return await show.content(request.actor, course_id, module_id, content_id)


@patch(
    _CONTENT,
    operation_id="updateContent",
    summary="Change a content",
    description=rule_of(EditContent),
    responses=errors(SIGNED_IN, BODY),
)
@inject
async def update_content(
    request: ApiRequest,
    course_id: FromPath[UUID],
    module_id: FromPath[UUID],
    content_id: FromPath[UUID],
    data: JSONBody[UpdateContentRequest],
    edit: FromDishka[EditContent],
) -> ContentView:
    changes = ContentChanges(
        title=data.title,
        is_mandatory=data.is_mandatory,
        url=data.url,
        text=data.text,
        file_id=data.file_id,
        required_coverage=data.required_coverage,
    )
    return await edit(request.actor, course_id, module_id, content_id, changes)


@delete(
    _CONTENT,
    operation_id="deleteContent",
    summary="Remove a content",
    description=rule_of(RemoveContent),
    responses=errors(SIGNED_IN),
)
@inject
async def delete_content(
    request: ApiRequest,
    course_id: FromPath[UUID],
    module_id: FromPath[UUID],
    content_id: FromPath[UUID],
    remove: FromDishka[RemoveContent],
) -> None:
    await remove(request.actor, course_id, module_id, content_id)


HANDLERS = (
    list_modules,
    create_module,
    get_module,
    update_module,
    delete_module,
    list_contents,
    create_content,
    get_content,
    update_content,
    delete_content,
)


def _new_content(data: CreateContentRequest) -> NewContent:
    """What is to be added, or the reason why it cannot be.

    Raises:
        InvalidInput: a video (``content_type_unavailable``), or fields that are missing or belong to another kind.
    """
    if data.content_type is ContentType.VIDEO:
        message = "Send a video to video-upload; its content is made there."
        raise InvalidInput(message, code="content_type_unavailable")
    needed = _FIELD_OF[data.content_type]
    if getattr(data, needed) is None:
        raise invalid((FieldError(needed, "required", "A content of this kind needs it."),))
    for name in ("url", "text", "file_id", "required_coverage"):
        if name != needed and getattr(data, name) is not None:
            raise invalid((FieldError(name, "invalid", "A content of this kind has none."),))
    return NewContent(
        title=data.title,
        content_type=data.content_type,
        is_mandatory=data.is_mandatory,
        url=data.url,
        text=data.text,
        file_id=data.file_id,
    )
