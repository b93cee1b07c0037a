"""Routes of what learners do: watch, hand in, answer."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from dishka import FromDishka
from litestar import get, patch, post, put
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import UNSET

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.etags import TaggedResponse
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, Search, page_of, page_request
from entrypoints.http.requests.learning import (
    QuizAnswerRequest,
    QuizAnswersRequest,
    ReportProgressRequest,
    SubmitAssignmentRequest,
)
from lms_app.learning.assignment_views import MyAssignmentDetailView, MyAssignmentView
from lms_app.learning.follow_content import CompleteContent, ReportWatched, StartContent, WatchedReport
from lms_app.learning.progress_views import DashboardView, ProgressView
from lms_app.learning.quiz_views import TakenQuizView
from lms_app.learning.show_dashboard import ShowDashboard
from lms_app.learning.submit_assignment import ListMyAssignments, ShowMyAssignment, SubmitAssignment
from lms_app.learning.take_quiz import GivenAnswer, OptionAt, SaveQuizDraft, ShowQuiz, StartQuiz, SubmitQuiz
from lms_domain.errors import InvalidInput
from lms_domain.learning.grading import OptionAnswer, TextAnswer
from lms_domain.learning.submission import Standing


@get(
    "/api/teacher/dashboard",
    operation_id="getDashboard",
    summary="What is next",
    description=rule_of(ShowDashboard),
    responses=errors(SIGNED_IN),
)
@inject
async def get_dashboard(request: ApiRequest, show: FromDishka[ShowDashboard]) -> TaggedResponse[DashboardView]:
    return TaggedResponse(await show(request.actor))


@post(
    "/api/teacher/progress/content/{content_id:uuid}/start",
    operation_id="startContent",
    summary="Open a content",
    description=rule_of(StartContent),
    status_code=200,
    responses=errors(SIGNED_IN),
)
@inject
async def start_content(
    request: ApiRequest, content_id: FromPath[UUID], start: FromDishka[StartContent]
) -> JsonResponse[ProgressView]:
    return JsonResponse(await start(request.actor, content_id))


@patch(
    "/api/teacher/progress/content/{content_id:uuid}",
    operation_id="reportProgress",
    summary="Say what was watched",
    description=rule_of(ReportWatched),
    responses=errors(SIGNED_IN, BODY, "video_not_ready"),
)
@inject
async def report_progress(
    request: ApiRequest,
    content_id: FromPath[UUID],
    data: JSONBody[ReportProgressRequest],
    report: FromDishka[ReportWatched],
) -> JsonResponse[ProgressView]:
    return JsonResponse(await report(request.actor, content_id, _report(data)))


@post(
    "/api/teacher/progress/content/{content_id:uuid}/complete",
    operation_id="completeContent",
    summary="Mark a content as complete",
    description=rule_of(CompleteContent),
    status_code=200,
    responses=errors(SIGNED_IN, "video_not_ready", "not_watched_enough"),
)
@inject
async def complete_content(
    request: ApiRequest, content_id: FromPath[UUID], complete: FromDishka[CompleteContent]
) -> JsonResponse[ProgressView]:
    return JsonResponse(await complete(request.actor, content_id))


@get(
    "/api/teacher/assignments",
    operation_id="listTeacherAssignments",
    summary="My assignments",
    description=rule_of(ListMyAssignments),
    responses=errors(SIGNED_IN),
)
@inject
async def list_teacher_assignments(
    request: ApiRequest,
    list_assignments: FromDishka[ListMyAssignments],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    search: Search = "",
    status: Annotated[Standing | None, QueryParameter()] = None,
) -> Page[MyAssignmentView]:
    wanted = page_request(request, page, page_size)
    found = await list_assignments(request.actor, status=status, search=search, page=wanted)
    return page_of(request, found, wanted)


@get(
    "/api/teacher/assignments/{assignment_id:uuid}",
    operation_id="getTeacherAssignment",
    summary="One of my assignments",
    description=rule_of(ShowMyAssignment),
    responses=errors(SIGNED_IN),
)
@inject
async def get_teacher_assignment(
    request: ApiRequest, assignment_id: FromPath[UUID], show: FromDishka[ShowMyAssignment]
) -> JsonResponse[MyAssignmentDetailView]:
    return JsonResponse(await show(request.actor, assignment_id))


@post(
    "/api/teacher/assignments/{assignment_id:uuid}/submit",
    operation_id="submitAssignment",
    summary="Hand in",
    description=rule_of(SubmitAssignment),
    status_code=200,
    responses=errors(SIGNED_IN, BODY, "already_graded", "is_quiz", "conflict"),
)
@inject
async def submit_assignment(
    request: ApiRequest,
    assignment_id: FromPath[UUID],
    data: JSONBody[SubmitAssignmentRequest],
    submit: FromDishka[SubmitAssignment],
) -> JsonResponse[MyAssignmentDetailView]:
    submitted = await submit(request.actor, assignment_id, text=data.submission_text, file_ids=data.file_ids)
    return JsonResponse(submitted)


@get(
    "/api/teacher/quizzes/{assignment_id:uuid}",
    operation_id="getQuiz",
    summary="A quiz to answer",
    description=rule_of(ShowQuiz),
    responses=errors(SIGNED_IN),
)
@inject
async def get_quiz(
    request: ApiRequest, assignment_id: FromPath[UUID], show: FromDishka[ShowQuiz]
) -> JsonResponse[TakenQuizView]:
    return JsonResponse(await show(request.actor, assignment_id))


@post(
    "/api/teacher/quizzes/{assignment_id:uuid}/start",
    operation_id="startQuiz",
    summary="Begin an attempt",
    description=rule_of(StartQuiz),
    status_code=200,
    responses=errors(SIGNED_IN, "already_passed", "no_attempts_left"),
)
@inject
async def start_quiz(
    request: ApiRequest, assignment_id: FromPath[UUID], start: FromDishka[StartQuiz]
) -> JsonResponse[TakenQuizView]:
    return JsonResponse(await start(request.actor, assignment_id))


@put(
    "/api/teacher/quizzes/{assignment_id:uuid}/draft",
    operation_id="saveQuizDraft",
    summary="Keep unfinished answers",
    description=rule_of(SaveQuizDraft),
    responses=errors(SIGNED_IN, BODY, "attempt_not_begun", "time_over"),
)
@inject
async def save_quiz_draft(
    request: ApiRequest,
    assignment_id: FromPath[UUID],
    data: JSONBody[QuizAnswersRequest],
    save: FromDishka[SaveQuizDraft],
) -> JsonResponse[TakenQuizView]:
    return JsonResponse(await save(request.actor, assignment_id, _answers(data.answers)))


@post(
    "/api/teacher/quizzes/{assignment_id:uuid}/submit",
    operation_id="submitQuiz",
    summary="Hand in an attempt",
    description=rule_of(SubmitQuiz),
    status_code=200,
    responses=errors(SIGNED_IN, BODY, "attempt_not_begun", "already_passed", "no_attempts_left"),
)
@inject
async def submit_quiz(
    request: ApiRequest,
    assignment_id: FromPath[UUID],
    data: JSONBody[QuizAnswersRequest],
    submit: FromDishka[SubmitQuiz],
) -> JsonResponse[TakenQuizView]:
    return JsonResponse(await submit(request.actor, assignment_id, _answers(data.answers)))


HANDLERS = (
    get_dashboard,
    start_content,
    report_progress,
    complete_content,
    list_teacher_assignments,
    get_teacher_assignment,
    submit_assignment,
    get_quiz,
    start_quiz,
    save_quiz_draft,
    submit_quiz,
)


def _report(data: ReportProgressRequest) -> WatchedReport:
    if data.video_progress_seconds is not UNSET:
        if data.watched is not UNSET or data.position_seconds is not UNSET:
            raise InvalidInput.for_field("video_progress_seconds", "invalid", "Say this, or the other two.")
        return WatchedReport(watched=None, position_seconds=data.video_progress_seconds)
    if data.watched is UNSET:
        raise InvalidInput.for_field("watched", "required", "This is required.")
    if data.position_seconds is UNSET:
        raise InvalidInput.for_field("position_seconds", "required", "This is required.")
    return WatchedReport(watched=data.watched, position_seconds=data.position_seconds, playback_rate=data.playback_rate)


def _answers(given: Mapping[UUID, QuizAnswerRequest]) -> dict[UUID, GivenAnswer]:
    return {question_id: _answer(question_id, answer) for question_id, answer in given.items()}


def _answer(question_id: UUID, given: QuizAnswerRequest) -> GivenAnswer:
    found: list[GivenAnswer] = []
    if given.option_id is not UNSET:
        found.append(OptionAnswer(given.option_id))
    if given.option_index is not UNSET:
        found.append(OptionAt(given.option_index))
    if given.text is not UNSET:
        found.append(TextAnswer(given.text))
    if len(found) != 1:
        message = "Give exactly one of option_id, option_index and text."
        raise InvalidInput.for_field(f"answers.{question_id}", "invalid", message)
    return found[0]
