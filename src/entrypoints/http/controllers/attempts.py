"""Routes of those who read how quizzes were answered, decide what answers are worth, and mend questions."""

from typing import Annotated, Literal
from uuid import UUID

from dishka import FromDishka
from litestar import get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import UNSET

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, Search, page_of, page_request
from entrypoints.http.requests.learning import DecideAnswerRequest, MendQuestionRequest
from lms_app.learning.attempt_views import (
    AttemptDetailView,
    AttemptView,
    DecisionView,
    MendView,
    WaitingQuestionView,
)
from lms_app.learning.decide_answer import DecideAnswer
from lms_app.learning.mend_question import MendQuestion
from lms_app.learning.show_attempts import ListAttempts, ListWaitingAnswers, ShowAttempt
from lms_app.ports.attempt_queries import AttemptFilter
from lms_domain.learning.attempt import AttemptState
from lms_domain.learning.mending import Mend
from lms_domain.learning.quiz import clean_accepted

_ORDERINGS = Literal["submitted_at", "-submitted_at", "score", "-score", "name", "-name"]


@get(
    "/api/assignments/{assignment_id:uuid}/attempts",
    operation_id="listAttempts",
    summary="Attempts at a quiz",
    description=rule_of(ListAttempts),
    responses=errors(SIGNED_IN),
)
@inject
async def list_attempts(
    request: ApiRequest,
    assignment_id: FromPath[UUID],
    list_all: FromDishka[ListAttempts],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    search: Search = "",
    in_state: Annotated[AttemptState | None, QueryParameter(name="state")] = None,
    waiting: Annotated[
        bool | None, QueryParameter(description="Whether answers of it wait for a person to read them.")
    ] = None,
    ordering: Annotated[_ORDERINGS, QueryParameter()] = "-submitted_at",
) -> Page[AttemptView]:
    wanted = page_request(request, page, page_size)
    filters = AttemptFilter(state=in_state, waiting=waiting, search=search, ordering=ordering)
    return page_of(request, await list_all(request.actor, assignment_id, filters, wanted), wanted)


@get(
    "/api/attempts/{attempt_id:uuid}",
    operation_id="getAttempt",
    summary="One attempt at a quiz",
    description=rule_of(ShowAttempt),
    responses=errors(SIGNED_IN),
)
@inject
async def get_attempt(
    request: ApiRequest, attempt_id: FromPath[UUID], show: FromDishka[ShowAttempt]
) -> JsonResponse[AttemptDetailView]:
    return JsonResponse(await show(request.actor, attempt_id))


@get(
    "/api/quiz-answers/waiting",
    operation_id="listWaitingAnswers",
    summary="Answers that wait to be read",
    description=rule_of(ListWaitingAnswers),
    responses=errors(SIGNED_IN),
)
@inject
async def list_waiting_answers(
    request: ApiRequest,
    list_all: FromDishka[ListWaitingAnswers],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
) -> Page[WaitingQuestionView]:
    wanted = page_request(request, page, page_size)
    return page_of(request, await list_all(request.actor, wanted), wanted)


@post(
    "/api/attempts/{attempt_id:uuid}/answers/{question_id:uuid}/decide",
    operation_id="decideAnswer",
    summary="Say what an answer is worth",
    description=rule_of(DecideAnswer),
    status_code=200,
    responses=errors(SIGNED_IN, BODY, "attempt_open", "already_decided"),
)
@inject
async def decide_answer(
    request: ApiRequest,
    attempt_id: FromPath[UUID],
    question_id: FromPath[UUID],
    data: JSONBody[DecideAnswerRequest],
    decide: FromDishka[DecideAnswer],
) -> JsonResponse[DecisionView]:
    decision = await decide(
        request.actor,
        attempt_id,
        question_id,
        is_right=data.is_right,
        same_answers=data.same_answers,
        accept_for_all=data.accept_for_all,
        overrule=data.overrule,
    )
    return JsonResponse(decision)


@post(
    "/api/assignments/{assignment_id:uuid}/questions/{question_id:uuid}/mend",
    operation_id="mendQuestion",
    summary="Mend a question that people have answered",
    description=rule_of(MendQuestion),
    status_code=200,
    responses=errors(SIGNED_IN, BODY, "quiz_empty"),
)
@inject
async def mend_question(
    request: ApiRequest,
    assignment_id: FromPath[UUID],
    question_id: FromPath[UUID],
    data: JSONBody[MendQuestionRequest],
    mend: FromDishka[MendQuestion],
) -> JsonResponse[MendView]:
    wanted = Mend(
        correct_option_id=None if data.correct_option_id is UNSET else data.correct_option_id,
        accepted_answers=None if data.accepted_answers is UNSET else clean_accepted(data.accepted_answers),
        tolerance=None if data.tolerance is UNSET else data.tolerance,
        is_withdrawn=data.is_withdrawn,
        reason=data.reason,
    )
    return JsonResponse(await mend(request.actor, assignment_id, question_id, wanted, dry_run=data.dry_run))


HANDLERS = (list_attempts, get_attempt, list_waiting_answers, decide_answer, mend_question)
