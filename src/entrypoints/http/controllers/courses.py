"""Routes of those who write courses."""

from typing import Annotated
from uuid import UUID

from dishka import FromDishka
from litestar import get, patch, post
from litestar.params import FromPath, HeaderParameter, JSONBody, QueryParameter
from msgspec import UNSET, UnsetType

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.etags import version_of, version_tag
from entrypoints.http.fields import invalid
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, Search, page_of, page_request
from entrypoints.http.requests.courses import (
    CreateCourseRequest,
    PublishCourseRequest,
    UpdateCourseRequest,
)
from lms_app.courses.edit_course import CourseChanges, CreateCourse, EditCourse, NewCourse
from lms_app.courses.publish_course import PublishCourse
from lms_app.courses.views import CourseDetailView, CourseView
from lms_app.ports.queries import CourseFilter, CourseQueries
from lms_domain.accounts.roles import Permission
from lms_domain.errors import FieldError, NotFound

IfMatch = Annotated[
    str | None, HeaderParameter(name="If-Match", max_length=200, description="The `ETag` of the course as you know it.")
]


@get(
    "/api/courses",
    operation_id="listCourses",
    summary="All courses",
    description="Every course of the school, published or not, the newest first.",
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
) -> Page[CourseView]:
    scope = request.actor.school(Permission.MANAGE_SCHOOL)
    wanted = page_request(request, page, page_size)
    filters = CourseFilter(is_published=is_published, is_mandatory=is_mandatory, search=search)
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
    _no_groups(data.assigned_groups)
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
        ),
    )
    return _tagged(course, {"Location": f"/api/courses/{course.id}/"})


@get(
    "/api/courses/{course_id:uuid}",
    operation_id="getCourse",
    summary="One course",
    description="A course with its modules and contents. Its `ETag` is what `If-Match` of an edit takes.",
    responses=errors(SIGNED_IN),
)
@inject
async def get_course(
    request: ApiRequest, course_id: FromPath[UUID], queries: FromDishka[CourseQueries]
) -> JsonResponse[CourseDetailView]:
    course = await queries.course(request.actor.school(Permission.MANAGE_SCHOOL), course_id)
    if course is None:
        raise NotFound("There is no such course.")
    return _tagged(course)


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
    _no_groups(data.assigned_groups)
    changes = CourseChanges(
        title=data.title,
        description=data.description,
        is_mandatory=data.is_mandatory,
        deadline=data.deadline,
        estimated_hours=data.estimated_hours,
        assigned_to_all=data.assigned_to_all,
        assigned_teachers=UNSET if data.assigned_teachers is UNSET else frozenset(data.assigned_teachers),
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


HANDLERS = (list_courses, create_course, get_course, update_course, publish_course)


def _tagged(course: CourseDetailView, headers: dict[str, str] | None = None) -> JsonResponse[CourseDetailView]:
    return JsonResponse(course, headers={"ETag": version_tag(course.version), **(headers or {})})


def _no_groups(groups: tuple[UUID, ...] | UnsetType) -> None:
    """Groups of teachers come later; until then there is none that could be meant."""
    if groups:
        raise invalid((FieldError("assigned_groups", "unknown", "There are no groups yet."),))
