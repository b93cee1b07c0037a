"""Routes about schools: their looks."""

from dishka import FromDishka
from litestar import get

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import ANYWHERE, errors
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.session import PUBLIC
from lms_app.ports.queries import SchoolQueries
from lms_app.schools.views import ThemeView
from lms_app.scope import TenantScope
from lms_domain.errors import NotFound


@get(
    "/api/tenants/theme",
    operation_id="getTheme",
    summary="Name and looks of the host's school",
    description="What anybody may know of the school that lives on this host. Nothing of its plan or trial.",
    opt=PUBLIC,
    responses=errors(ANYWHERE),
)
@inject
async def get_theme(request: ApiRequest, queries: FromDishka[SchoolQueries]) -> JsonResponse[ThemeView]:
    school = request.visit.school
    theme = await queries.theme(TenantScope(school.tenant_id)) if school is not None else None
    if theme is None:
        raise NotFound("There is nothing here.")
    return JsonResponse(theme, headers={"Vary": "Host"})


HANDLERS = (get_theme,)
