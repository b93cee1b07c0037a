"""Routes about what is in a course: modules and contents."""

from uuid import UUID

from dishka import FromDishka
from litestar import get, post
from litestar.params import FromPath, JSONBody

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.fields import invalid
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, page_of, page_request, slice_of
from entrypoints.http.requests.courses import CreateContentRequest, CreateModuleRequest
from lms_app.courses.add_link import AddLink
from lms_app.courses.add_module import AddModule
from lms_app.courses.views import ContentView, ModuleView
from lms_app.ports.queries import CourseQueries
from lms_domain.accounts.roles import Permission
from lms_domain.courses.course import ContentType
from lms_domain.errors import FieldError, InvalidInput, NotFound

_MODULES = "/api/courses/{course_id:uuid}/modules"
_CONTENTS = f"{_MODULES}/{{module_id:uuid}}/contents"


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
    queries: FromDishka[CourseQueries],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
) -> Page[ModuleView]:
    wanted = page_request(request, page, page_size)
    return page_of(request, slice_of(await _modules(request, queries, course_id), wanted), wanted)


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
    queries: FromDishka[CourseQueries],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
) -> Page[ContentView]:
    wanted = page_request(request, page, page_size)
    for module in await _modules(request, queries, course_id):
        if module.id == module_id:
            return page_of(request, slice_of(module.contents, wanted), wanted)
    raise NotFound("There is no such module.")


@post(
    _CONTENTS,
    operation_id="createContent",
    summary="Add a content",
    description=f"{rule_of(AddLink)} Videos go to `video-upload`; documents and texts come later.",
    responses=errors(SIGNED_IN, BODY, "content_type_unavailable"),
)
@inject
async def create_content(
    request: ApiRequest,
    course_id: FromPath[UUID],
    module_id: FromPath[UUID],
    data: JSONBody[CreateContentRequest],
    add_link: FromDishka[AddLink],
) -> JsonResponse[ContentView]:
    # Who may not do this learns nothing about which kinds there are.
    request.actor.require(Permission.MANAGE_SCHOOL)
    url = _url_of_link(data)
    content = await add_link(
        request.actor, course_id, module_id, title=data.title, url=url, is_mandatory=data.is_mandatory
    )
    location = f"/api/courses/{course_id}/modules/{module_id}/contents/{content.id}/"
    return JsonResponse(content, headers={"Location": location})


@get(
    f"{_CONTENTS}/{{content_id:uuid}}",
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
    queries: FromDishka[CourseQueries],
) -> ContentView:
    scope = request.actor.school(Permission.MANAGE_SCHOOL)
    content = await queries.content(scope, course_id, module_id, content_id)
    if content is None:
        raise NotFound("There is no such content.")
    return content


HANDLERS = (list_modules, create_module, list_contents, create_content, get_content)


async def _modules(request: ApiRequest, queries: CourseQueries, course_id: UUID) -> list[ModuleView]:
    modules = await queries.modules(request.actor.school(Permission.MANAGE_SCHOOL), course_id)
    if modules is None:
        raise NotFound("There is no such course.")
    return modules


def _url_of_link(data: CreateContentRequest) -> str:
    """The address of a LINK, or the reason why this cannot be added.

    Raises:
        InvalidInput: another kind (``content_type_unavailable``), or fields that do not belong to a link.
    """
    if data.content_type is ContentType.VIDEO:
        message = "Send a video to video-upload; its content is made there."
        raise InvalidInput(message, code="content_type_unavailable")
    if data.content_type is not ContentType.LINK:
        message = "Documents and texts cannot be added yet. Add a link to them instead."
        raise InvalidInput(message, code="content_type_unavailable")
    if data.url is None:
        raise invalid((FieldError("url", "required", "A link needs a web address."),))
    for name in ("file_id", "text", "required_coverage"):
        if getattr(data, name) is not None:
            raise invalid((FieldError(name, "invalid", "A link has none."),))
    return data.url
