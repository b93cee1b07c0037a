"""Routes of looking for something."""

from typing import Annotated

from dishka import FromDishka
from litestar import get
from litestar.params import QueryParameter

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import SIGNED_IN, errors, rule_of
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from lms_app.learning.search import MAX_QUERY, Search, SearchView

_MOST = 50
_Query = Annotated[str, QueryParameter(max_length=MAX_QUERY)]
_Limit = Annotated[int, QueryParameter(ge=1, le=_MOST, description="At most so many of each kind.")]


@get(
    "/api/teacher/search",
    operation_id="search",
    summary="Look for something in my courses",
    description=rule_of(Search),
    responses=errors(SIGNED_IN),
)
@inject
async def search_courses(
    request: ApiRequest, search: FromDishka[Search], q: _Query = "", limit: _Limit = 20
) -> JsonResponse[SearchView]:
    return JsonResponse(await search(request.actor, q, limit=limit))


HANDLERS = (search_courses,)
