"""Routes of those who look after quizzes: how questions did."""

from uuid import UUID

from dishka import FromDishka
from litestar import get
from litestar.params import FromPath

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import SIGNED_IN, errors, rule_of
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from lms_app.learning.item_views import ItemStatisticsView
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


HANDLERS = (get_item_statistics,)
