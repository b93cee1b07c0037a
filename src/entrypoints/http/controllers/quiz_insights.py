"""Routes of those who look after quizzes: how questions did, what people say of them, what
became of generated ones, and who has more time or attempts."""

from uuid import UUID

import msgspec
from dishka import FromDishka
from litestar import delete, get, post, put
from litestar.params import FromPath, JSONBody

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, Search, page_of, page_request
from entrypoints.http.requests.quiz_insights import ExtendQuizRequest, FlagQuestionRequest
from lms_app.learning.extend_quiz import EndExtension, ExtendQuiz, GivenExtension, ListExtensions
from lms_app.learning.extension_views import QuizExtensionView
from lms_app.learning.flag_question import FlagQuestion, ListFlags, SettleFlags
from lms_app.learning.flag_views import QuestionFlagsView, QuestionRulesView
from lms_app.learning.item_views import ItemStatisticsView
from lms_app.learning.list_question_rules import ListQuestionRules
from lms_app.learning.show_item_statistics import ShowItemStatistics


@get(
    "/api/assignments/{assignment_id:uuid}/item-statistics",
    operation_id="getItemStatistics",
    summary="How the questions did",
    description=rule_of(ShowItemStatistics),
    responses=errors(SIGNED_IN),
)
@inject
async def get_item_statistics(
    request: ApiRequest, assignment_id: FromPath[UUID], show: FromDishka[ShowItemStatistics]
) -> JsonResponse[ItemStatisticsView]:
    return JsonResponse(await show(request.actor, assignment_id))


@get(
    "/api/assignments/{assignment_id:uuid}/extensions",
    operation_id="listExtensions",
    summary="Who has more time or attempts",
    description=rule_of(ListExtensions),
    responses=errors(SIGNED_IN),
)
@inject
async def list_extensions(
    request: ApiRequest,
    assignment_id: FromPath[UUID],
    list_all: FromDishka[ListExtensions],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    search: Search = "",
) -> Page[QuizExtensionView]:
    wanted = page_request(request, page, page_size)
    return page_of(request, await list_all(request.actor, assignment_id, search=search, page=wanted), wanted)


@put(
    "/api/assignments/{assignment_id:uuid}/extensions/{user_id:uuid}",
    operation_id="extendQuiz",
    summary="Give somebody more time or attempts",
    description=rule_of(ExtendQuiz),
    responses=errors(SIGNED_IN, BODY),
)
@inject
async def extend_quiz(
    request: ApiRequest,
    assignment_id: FromPath[UUID],
    user_id: FromPath[UUID],
    data: JSONBody[ExtendQuizRequest],
    extend: FromDishka[ExtendQuiz],
) -> JsonResponse[QuizExtensionView]:
    given = GivenExtension(**msgspec.structs.asdict(data))
    return JsonResponse(await extend(request.actor, assignment_id, user_id, given))


@delete(
    "/api/assignments/{assignment_id:uuid}/extensions/{user_id:uuid}",
    operation_id="endExtension",
    summary="Take more time or attempts away again",
    description=rule_of(EndExtension),
    responses=errors(SIGNED_IN),
)
@inject
async def end_extension(
    request: ApiRequest, assignment_id: FromPath[UUID], user_id: FromPath[UUID], end: FromDishka[EndExtension]
) -> None:
    await end(request.actor, assignment_id, user_id)


@post(
    "/api/teacher/quizzes/{assignment_id:uuid}/questions/{question_id:uuid}/flag",
    operation_id="flagQuestion",
    summary="Say that something is wrong with a question",
    description=rule_of(FlagQuestion),
    status_code=204,
    responses=errors(SIGNED_IN, BODY),
)
@inject
async def flag_question(
    request: ApiRequest,
    assignment_id: FromPath[UUID],
    question_id: FromPath[UUID],
    data: JSONBody[FlagQuestionRequest],
    flag: FromDishka[FlagQuestion],
) -> None:
    await flag(request.actor, assignment_id, question_id, data.reason)


@get(
    "/api/assignments/{assignment_id:uuid}/question-flags",
    operation_id="listQuestionFlags",
    summary="What people say of the questions",
    description=rule_of(ListFlags),
    responses=errors(SIGNED_IN),
)
@inject
async def list_question_flags(
    request: ApiRequest, assignment_id: FromPath[UUID], list_all: FromDishka[ListFlags]
) -> JsonResponse[QuestionFlagsView]:
    return JsonResponse(await list_all(request.actor, assignment_id))


@delete(
    "/api/assignments/{assignment_id:uuid}/questions/{question_id:uuid}/flags",
    operation_id="settleQuestionFlags",
    summary="Settle what people say of a question",
    description=rule_of(SettleFlags),
    responses=errors(SIGNED_IN),
)
@inject
async def settle_question_flags(
    request: ApiRequest, assignment_id: FromPath[UUID], question_id: FromPath[UUID], settle: FromDishka[SettleFlags]
) -> None:
    await settle(request.actor, assignment_id, question_id)


@get(
    "/api/reports/question-rules",
    operation_id="reportQuestionRules",
    summary="What became of generated questions",
    description=rule_of(ListQuestionRules),
    responses=errors(SIGNED_IN),
)
@inject
async def report_question_rules(
    request: ApiRequest, list_all: FromDishka[ListQuestionRules]
) -> JsonResponse[QuestionRulesView]:
    return JsonResponse(await list_all(request.actor))


HANDLERS = (
    get_item_statistics,
    list_extensions,
    extend_quiz,
    end_extension,
    flag_question,
    list_question_flags,
    settle_question_flags,
    report_question_rules,
)
