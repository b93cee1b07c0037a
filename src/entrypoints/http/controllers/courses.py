"""Routes of those who write courses."""

from typing import Annotated
from uuid import UUID

from dishka import FromDishka
from litestar import delete, get, patch, post, put
from litestar.params import FromPath, HeaderParameter, JSONBody, QueryParameter
from msgspec import UNSET

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.etags import version_of, version_tag
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, Search, page_of, page_request
from entrypoints.http.requests.courses import (
    CreateCourseRequest,
    DuplicateCourseRequest,
    OutlineRequest,
    PublishCourseRequest,
    UpdateCourseRequest,
)
from lms_app.courses.delete_course import DeleteCourse, RestoreCourse
from lms_app.courses.duplicate_course import DuplicateCourse
from lms_app.courses.edit_course import CourseChanges, CreateCourse, EditCourse, NewCourse
from lms_app.courses.publish_course import PublishCourse
from lms_app.courses.set_outline import SetOutline
from lms_app.courses.show_course import ShowCourse
from lms_app.courses.views import CourseDetailView, CourseView, DuplicatedCourseView
from lms_app.ports.queries import CourseFilter, CourseQueries
from lms_domain.accounts.roles import Permission
from lms_domain.courses.outline import ModuleOrder

IfMatch = Annotated[
    str | None, HeaderParameter(name="If-Match", max_length=200, description="The `ETag` of the course as you know it.")
]


@get(
    "/api/courses",
    operation_id="listCourses",
    summary="All courses",
    description="Every course of the school, published or not, the newest first. Deleted ones only with `is_deleted`.",
    responses=errors(SIGNED_IN),
)
@inject
async def list_courses(
    request: ApiRequest,
    queries: FromDishka[CourseQueries],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    search: Search = "",
    is_published: Annotated[bool | None, QueryParameter()] = None,
    is_mandatory: Annotated[bool | None, QueryParameter()] = None,
    group: Annotated[UUID | None, QueryParameter(description="Those that are assigned to this group.")] = None,
    is_deleted: Annotated[
        bool, QueryParameter(description="Those that can be restored, instead of all others.")
    ] = False,
) -> Page[CourseView]:
    scope = request.actor.school(Permission.MANAGE_SCHOOL)
    wanted = page_request(request, page, page_size)
    filters = CourseFilter(
        is_deleted=is_deleted, is_published=is_published, is_mandatory=is_mandatory, group=group, search=search
    )
    return page_of(request, await queries.courses(scope, filters, wanted), wanted)


@post(
    "/api/courses",
    operation_id="createCourse",
    summary="Create a course",
    description=rule_of(CreateCourse),
    responses=errors(SIGNED_IN, BODY, "course_title_taken", "plan_limit"),
)
@inject
async def create_course(
    request: ApiRequest, data: JSONBody[CreateCourseRequest], create: FromDishka[CreateCourse]
) -> JsonResponse[CourseDetailView]:
    course = await create(
        request.actor,
        NewCourse(
            title=data.title,
            description=data.description,
            is_mandatory=data.is_mandatory,
            deadline=data.deadline,
            estimated_hours=data.estimated_hours,
            assigned_to_all=data.assigned_to_all,
            assigned_teachers=frozenset(data.assigned_teachers),
            assigned_groups=frozenset(data.assigned_groups),
            thumbnail=data.thumbnail,
        ),
    )
    return _tagged(course, {"Location": f"/api/courses/{course.id}/"})


@get(
    "/api/courses/{course_id:uuid}",
    operation_id="getCourse",
    summary="One course",
    description=f"{rule_of(ShowCourse)}\n\nIts `ETag` is what `If-Match` of an edit takes.",
    responses=errors(SIGNED_IN),
)
@inject
async def get_course(
    request: ApiRequest, course_id: FromPath[UUID], show: FromDishka[ShowCourse]
) -> JsonResponse[CourseDetailView]:
    return _tagged(await show(request.actor, course_id))


@patch(
    "/api/courses/{course_id:uuid}",
    operation_id="updateCourse",
    summary="Change a course",
    description=f"{rule_of(EditCourse)}\n\nWith `If-Match` the change is refused when somebody else was faster.",
    responses=errors(SIGNED_IN, BODY, "course_title_taken", "stale_version"),
)
@inject
async def update_course(
    request: ApiRequest,
    course_id: FromPath[UUID],
    data: JSONBody[UpdateCourseRequest],
    edit: FromDishka[EditCourse],
    if_match: IfMatch = None,
) -> JsonResponse[CourseDetailView]:
    changes = CourseChanges(
        title=data.title,
        description=data.description,
        is_mandatory=data.is_mandatory,
        deadline=data.deadline,
        estimated_hours=data.estimated_hours,
        assigned_to_all=data.assigned_to_all,
        assigned_teachers=UNSET if data.assigned_teachers is UNSET else frozenset(data.assigned_teachers),
        assigned_groups=UNSET if data.assigned_groups is UNSET else frozenset(data.assigned_groups),
        thumbnail=data.thumbnail,
        if_version=version_of(if_match),
    )
    return _tagged(await edit(request.actor, course_id, changes))


@post(
    "/api/courses/{course_id:uuid}/publish",
    operation_id="publishCourse",
    summary="Publish a course, or take it back",
    description=rule_of(PublishCourse),
    status_code=200,
    responses=errors(SIGNED_IN, BODY, "course_empty"),
)
@inject
async def publish_course(
    request: ApiRequest,
    course_id: FromPath[UUID],
    data: JSONBody[PublishCourseRequest],
    publish: FromDishka[PublishCourse],
) -> JsonResponse[CourseDetailView]:
    return _tagged(await publish(request.actor, course_id, is_published=data.action == "publish"))


@delete(
    "/api/courses/{course_id:uuid}",
    operation_id="deleteCourse",
    summary="Delete a course",
    description=f"{rule_of(DeleteCourse)}\n\nWith `If-Match` it is refused when somebody changed the course meanwhile.",
    responses=errors(SIGNED_IN, "stale_version"),
)
@inject
async def delete_course(
    request: ApiRequest, course_id: FromPath[UUID], remove: FromDishka[DeleteCourse], if_match: IfMatch = None
) -> None:
    await remove(request.actor, course_id, if_version=version_of(if_match))


@post(
    "/api/courses/{course_id:uuid}/restore",
    operation_id="restoreCourse",
    summary="Have a deleted course back",
    description=rule_of(RestoreCourse),
    status_code=200,
    responses=errors(SIGNED_IN, "not_deleted", "not_restorable", "course_title_taken", "plan_limit"),
)
@inject
async def restore_course(
    request: ApiRequest, course_id: FromPath[UUID], restore: FromDishka[RestoreCourse]
) -> JsonResponse[CourseDetailView]:
    return _tagged(await restore(request.actor, course_id))


@post(
    "/api/courses/{course_id:uuid}/duplicate",
    operation_id="duplicateCourse",
    summary="Copy a course",
    description=rule_of(DuplicateCourse),
    responses=errors(SIGNED_IN, BODY, "course_title_taken", "plan_limit"),
)
@inject
async def duplicate_course(
    request: ApiRequest,
    course_id: FromPath[UUID],
    duplicate: FromDishka[DuplicateCourse],
    data: JSONBody[DuplicateCourseRequest | None] = None,
) -> JsonResponse[DuplicatedCourseView]:
    course = await duplicate(request.actor, course_id, title=data.title if data is not None else None)
    return JsonResponse(course, headers={"ETag": version_tag(course.version), "Location": f"/api/courses/{course.id}/"})


@put(
    "/api/courses/{course_id:uuid}/outline",
    operation_id="setOutline",
    summary="Put a course into another order",
    description=f"{rule_of(SetOutline)}\n\nWith `If-Match` it is refused when somebody changed the course meanwhile.",
    responses=errors(SIGNED_IN, BODY, "stale_version"),
)
@inject
async def set_outline(
    request: ApiRequest,
    course_id: FromPath[UUID],
    data: JSONBody[OutlineRequest],
    arrange: FromDishka[SetOutline],
    if_match: IfMatch = None,
) -> JsonResponse[CourseDetailView]:
    wanted = tuple(ModuleOrder(module.id, module.contents) for module in data.modules)
    return _tagged(await arrange(request.actor, course_id, wanted, if_version=version_of(if_match)))


HANDLERS = (
    list_courses,
    create_course,
    get_course,
    update_course,
    delete_course,
    publish_course,
    restore_course,
    duplicate_course,
    set_outline,
)


def _tagged(course: CourseDetailView, headers: dict[str, str] | None = None) -> JsonResponse[CourseDetailView]:
    return JsonResponse(course, headers={"ETag": version_tag(course.version), **(headers or {})})
