"""Routes of those who set work and grade it."""

from typing import Annotated
from uuid import UUID

import msgspec
from dishka import FromDishka
from litestar import delete, get, patch, post
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import UNSET

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, Search, page_of, page_request
from entrypoints.http.requests.learning import (
    CreateAssignmentRequest,
    CreateQuestionRequest,
    GradeSubmissionRequest,
    ReviewQuestionRequest,
    UpdateAssignmentRequest,
    UpdateQuestionRequest,
)
from lms_app.learning.assignment_views import AssignmentView, SubmissionView
from lms_app.learning.edit_assignment import (
    AssignmentChanges,
    CreateAssignment,
    DeleteAssignment,
    EditAssignment,
    NewAssignment,
)
from lms_app.learning.edit_questions import (
    AddQuestion,
    EditQuestion,
    GivenOption,
    ListQuestions,
    QuestionChanges,
    RemoveQuestion,
    ReviewQuestion,
)
from lms_app.learning.grade_submission import GradeSubmission
from lms_app.learning.question_views import QuizQuestionsView
from lms_app.learning.show_assignment import ListAssignments, ListSubmissions, ShowAssignment
from lms_app.ports.assignment_queries import AssignmentFilter, SubmissionFilter
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.submission import SubmissionStatus


@get(
    "/api/assignments",
    operation_id="listAssignments",
    summary="All assignments",
    description=rule_of(ListAssignments),
    responses=errors(SIGNED_IN),
)
@inject
async def list_assignments(
    request: ApiRequest,
    list_all: FromDishka[ListAssignments],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    search: Search = "",
    course: Annotated[UUID | None, QueryParameter()] = None,
    kind: Annotated[AssignmentKind | None, QueryParameter()] = None,
    is_published: Annotated[bool | None, QueryParameter()] = None,
) -> Page[AssignmentView]:
    wanted = page_request(request, page, page_size)
    filters = AssignmentFilter(course=course, kind=kind, is_published=is_published, search=search)
    return page_of(request, await list_all(request.actor, filters, wanted), wanted)


@post(
    "/api/assignments",
    operation_id="createAssignment",
    summary="Set work for a course",
    description=rule_of(CreateAssignment),
    responses=errors(SIGNED_IN, BODY, "quiz_empty"),
)
@inject
async def create_assignment(
    request: ApiRequest, data: JSONBody[CreateAssignmentRequest], create: FromDishka[CreateAssignment]
) -> JsonResponse[AssignmentView]:
    assignment = await create(request.actor, NewAssignment(**msgspec.structs.asdict(data)))
    return JsonResponse(assignment, headers={"Location": f"/api/assignments/{assignment.id}/"})


@get(
    "/api/assignments/{assignment_id:uuid}",
    operation_id="getAssignment",
    summary="One assignment",
    description=rule_of(ShowAssignment),
    responses=errors(SIGNED_IN),
)
@inject
async def get_assignment(
    request: ApiRequest, assignment_id: FromPath[UUID], show: FromDishka[ShowAssignment]
) -> JsonResponse[AssignmentView]:
    return JsonResponse(await show(request.actor, assignment_id))


@patch(
    "/api/assignments/{assignment_id:uuid}",
    operation_id="updateAssignment",
    summary="Change an assignment",
    description=rule_of(EditAssignment),
    responses=errors(SIGNED_IN, BODY, "quiz_empty"),
)
@inject
async def update_assignment(
    request: ApiRequest,
    assignment_id: FromPath[UUID],
    data: JSONBody[UpdateAssignmentRequest],
    edit: FromDishka[EditAssignment],
) -> JsonResponse[AssignmentView]:
    changes = AssignmentChanges(**msgspec.structs.asdict(data))
    return JsonResponse(await edit(request.actor, assignment_id, changes))


@delete(
    "/api/assignments/{assignment_id:uuid}",
    operation_id="deleteAssignment",
    summary="Remove an assignment",
    description=rule_of(DeleteAssignment),
    responses=errors(SIGNED_IN),
)
@inject
async def delete_assignment(
    request: ApiRequest, assignment_id: FromPath[UUID], remove: FromDishka[DeleteAssignment]
) -> None:
    await remove(request.actor, assignment_id)


@get(
    "/api/assignments/{assignment_id:uuid}/submissions",
    operation_id="listSubmissions",
    summary="What was handed in",
    description=rule_of(ListSubmissions),
    responses=errors(SIGNED_IN),
)
@inject
async def list_submissions(
    request: ApiRequest,
    assignment_id: FromPath[UUID],
    list_all: FromDishka[ListSubmissions],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    status: Annotated[SubmissionStatus | None, QueryParameter()] = None,
    is_late: Annotated[bool | None, QueryParameter()] = None,
) -> Page[SubmissionView]:
    wanted = page_request(request, page, page_size)
    filters = SubmissionFilter(status=status, is_late=is_late)
    return page_of(request, await list_all(request.actor, assignment_id, filters, wanted), wanted)


@post(
    "/api/submissions/{submission_id:uuid}/grade",
    operation_id="gradeSubmission",
    summary="Grade what was handed in",
    description=rule_of(GradeSubmission),
    status_code=200,
    responses=errors(SIGNED_IN, BODY, "not_submitted"),
)
@inject
async def grade_submission(
    request: ApiRequest,
    submission_id: FromPath[UUID],
    data: JSONBody[GradeSubmissionRequest],
    grade: FromDishka[GradeSubmission],
) -> JsonResponse[SubmissionView]:
    return JsonResponse(await grade(request.actor, submission_id, score=data.score, feedback=data.feedback))


@get(
    "/api/assignments/{assignment_id:uuid}/questions",
    operation_id="listQuestions",
    summary="The questions of a quiz",
    description=rule_of(ListQuestions),
    responses=errors(SIGNED_IN),
)
@inject
async def list_questions(
    request: ApiRequest, assignment_id: FromPath[UUID], list_all: FromDishka[ListQuestions]
) -> JsonResponse[QuizQuestionsView]:
    return JsonResponse(await list_all(request.actor, assignment_id))


@post(
    "/api/assignments/{assignment_id:uuid}/questions",
    operation_id="createQuestion",
    summary="Write a question",
    description=rule_of(AddQuestion),
    responses=errors(SIGNED_IN, BODY),
)
@inject
async def create_question(
    request: ApiRequest,
    assignment_id: FromPath[UUID],
    data: JSONBody[CreateQuestionRequest],
    add: FromDishka[AddQuestion],
) -> JsonResponse[QuizQuestionsView]:
    return JsonResponse(await add(request.actor, assignment_id, data.kind, _changes(data)))


@patch(
    "/api/assignments/{assignment_id:uuid}/questions/{question_id:uuid}",
    operation_id="updateQuestion",
    summary="Change a question",
    description=rule_of(EditQuestion),
    responses=errors(SIGNED_IN, BODY, "quiz_empty"),
)
@inject
async def update_question(
    request: ApiRequest,
    assignment_id: FromPath[UUID],
    question_id: FromPath[UUID],
    data: JSONBody[UpdateQuestionRequest],
    edit: FromDishka[EditQuestion],
) -> JsonResponse[QuizQuestionsView]:
    return JsonResponse(await edit(request.actor, assignment_id, question_id, _changes(data)))


@delete(
    "/api/assignments/{assignment_id:uuid}/questions/{question_id:uuid}",
    operation_id="deleteQuestion",
    summary="Remove a question",
    description=rule_of(RemoveQuestion),
    responses=errors(SIGNED_IN, "quiz_empty"),
)
@inject
async def delete_question(
    request: ApiRequest,
    assignment_id: FromPath[UUID],
    question_id: FromPath[UUID],
    remove: FromDishka[RemoveQuestion],
) -> None:
    await remove(request.actor, assignment_id, question_id)


@post(
    "/api/assignments/{assignment_id:uuid}/questions/{question_id:uuid}/review",
    operation_id="reviewQuestion",
    summary="Accept or reject a question",
    description=rule_of(ReviewQuestion),
    status_code=200,
    responses=errors(SIGNED_IN, BODY, "quiz_empty"),
)
@inject
async def review_question(
    request: ApiRequest,
    assignment_id: FromPath[UUID],
    question_id: FromPath[UUID],
    data: JSONBody[ReviewQuestionRequest],
    review: FromDishka[ReviewQuestion],
) -> JsonResponse[QuizQuestionsView]:
    is_accepted = data.action == "accept"
    reviewed = await review(request.actor, assignment_id, question_id, is_accepted=is_accepted, reason=data.reason)
    return JsonResponse(reviewed)


HANDLERS = (
    list_assignments,
    create_assignment,
    get_assignment,
    update_assignment,
    delete_assignment,
    list_submissions,
    grade_submission,
    list_questions,
    create_question,
    update_question,
    delete_question,
    review_question,
)


def _changes(data: CreateQuestionRequest | UpdateQuestionRequest) -> QuestionChanges:
    said = {name: value for name, value in msgspec.structs.asdict(data).items() if name != "kind"}
    if data.options is not UNSET:
        said["options"] = tuple(GivenOption(each.text, each.is_correct) for each in data.options)
    return QuestionChanges(**said)
