"""Routes about how many people stand: a team, and the whole school."""

from dishka import FromDishka
from litestar import get

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import SIGNED_IN, errors
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, Search, page_of, page_request
from lms_app.accounts.people_views import SchoolStatsView, TeamMemberView
from lms_app.ports.clock import Clock
from lms_app.ports.people_queries import OverviewQueries
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound


@get(
    "/api/teacher/team",
    operation_id="listTeam",
    summary="One's team",
    description=(
        "Heads of department see the active learners of their department, IB coordinators those in groups of kind IB: "
        "their progress in each course, what is overdue, and what they handed in with how it stands. Nobody sees "
        "themselves here, or an administrator."
    ),
    responses=errors(SIGNED_IN),
)
@inject
async def list_team(
    request: ApiRequest,
    queries: FromDishka[OverviewQueries],
    clock: FromDishka[Clock],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    search: Search = "",
) -> Page[TeamMemberView]:
    scope = request.actor.school(Permission.SEE_TEAM)
    wanted = page_request(request, page, page_size)
    found = await queries.team(scope, request.actor.user_id, search, wanted, now=clock.now())
    return page_of(request, found, wanted)


@get(
    "/api/tenants/stats",
    operation_id="getSchoolStats",
    summary="The school at a glance",
    description="People, courses, completion, what is overdue or waits to be graded, and storage, as of now.",
    responses=errors(SIGNED_IN),
)
@inject
async def get_stats(
    request: ApiRequest, queries: FromDishka[OverviewQueries], clock: FromDishka[Clock]
) -> JsonResponse[SchoolStatsView]:
    stats = await queries.stats(request.actor.school(Permission.MANAGE_SCHOOL), now=clock.now())
    if stats is None:
        raise NotFound("There is nothing here.")
    return JsonResponse(stats)


HANDLERS = (list_team, get_stats)
