"""Routes of the Teacher Portal."""

from uuid import UUID

from dishka import FromDishka
from litestar import get
from litestar.params import FromPath

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import SIGNED_IN, errors, rule_of
from entrypoints.http.etags import TaggedResponse
from entrypoints.http.injected import inject
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, Search, page_of, page_request
from lms_app.learning.explain_completion import CompletionView, ExplainCompletion
from lms_app.learning.show_course import ListMyCourses, ShowMyCourse, ShowTranscript
from lms_app.learning.views import TeacherCourseDetailView, TeacherCourseView, TranscriptView


@get(
    "/api/teacher/courses",
    operation_id="listTeacherCourses",
    summary="My courses",
    description=rule_of(ListMyCourses),
    responses=errors(SIGNED_IN),
)
@inject
async def list_teacher_courses(
    request: ApiRequest,
    list_courses: FromDishka[ListMyCourses],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    search: Search = "",
) -> Page[TeacherCourseView]:
    wanted = page_request(request, page, page_size)
    return page_of(request, await list_courses(request.actor, search=search, page=wanted), wanted)


@get(
    "/api/teacher/courses/{course_id:uuid}",
    operation_id="getTeacherCourse",
    summary="One of my courses",
    description=rule_of(ShowMyCourse),
    responses=errors(SIGNED_IN),
)
@inject
async def get_teacher_course(
    request: ApiRequest, course_id: FromPath[UUID], show: FromDishka[ShowMyCourse]
) -> TaggedResponse[TeacherCourseDetailView]:
    return TaggedResponse(await show(request.actor, course_id))


@get(
    "/api/teacher/courses/{course_id:uuid}/completion",
    operation_id="getCompletion",
    summary="What is missing, and why",
    description=rule_of(ExplainCompletion),
    responses=errors(SIGNED_IN),
)
@inject
async def get_completion(
    request: ApiRequest, course_id: FromPath[UUID], explain: FromDishka[ExplainCompletion]
) -> TaggedResponse[CompletionView]:
    return TaggedResponse(await explain(request.actor, course_id))


@get(
    "/api/teacher/videos/{content_id:uuid}/transcript",
    operation_id="getTranscript",
    summary="What is said in a video",
    description=rule_of(ShowTranscript),
    responses=errors(SIGNED_IN),
)
@inject
async def get_transcript(
    request: ApiRequest, content_id: FromPath[UUID], show: FromDishka[ShowTranscript]
) -> TaggedResponse[TranscriptView]:
    return TaggedResponse(await show(request.actor, content_id))


HANDLERS = (list_teacher_courses, get_teacher_course, get_completion, get_transcript)
