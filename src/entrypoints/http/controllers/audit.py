"""Routes of the audit trails: a school's own, and all."""

from datetime import date
from typing import Annotated
from uuid import UUID

from dishka import FromDishka
from litestar import get
from litestar.params import QueryParameter

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import SIGNED_IN, errors, rule_of
from entrypoints.http.injected import inject
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, Search, page_of, page_request
from lms_app.audit.list_audit import ListPlatformAudit, ListSchoolAudit, WantedEntries
from lms_app.audit.views import AuditEntryView

_Name = Annotated[str, QueryParameter(max_length=100, pattern=r"^[a-z_.]*$")]
_Id = Annotated[UUID | None, QueryParameter()]
_Day = Annotated[date | None, QueryParameter(description="Included.")]


@get(
    "/api/audit",
    operation_id="listSchoolAudit",
    summary="Who changed what at the school",
    description=rule_of(ListSchoolAudit),
    responses=errors(SIGNED_IN),
)
@inject
async def list_school_audit(
    request: ApiRequest,
    audit: FromDishka[ListSchoolAudit],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    search: Search = "",
    actor_id: _Id = None,
    action: _Name = "",
    object_type: _Name = "",
    object_id: _Id = None,
    first_day: _Day = None,
    last_day: _Day = None,
) -> Page[AuditEntryView]:
    wanted = WantedEntries(actor_id, action, object_type, object_id, first_day, last_day, search)
    asked = page_request(request, page, page_size)
    return page_of(request, await audit(request.actor, wanted, asked), asked)


@get(
    "/api/super-admin/audit",
    operation_id="listPlatformAudit",
    summary="Who changed what anywhere",
    description=rule_of(ListPlatformAudit),
    responses=errors(SIGNED_IN),
)
@inject
async def list_platform_audit(
    request: ApiRequest,
    audit: FromDishka[ListPlatformAudit],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    search: Search = "",
    actor_id: _Id = None,
    action: _Name = "",
    object_type: _Name = "",
    object_id: _Id = None,
    first_day: _Day = None,
    last_day: _Day = None,
) -> Page[AuditEntryView]:
    wanted = WantedEntries(actor_id, action, object_type, object_id, first_day, last_day, search)
    asked = page_request(request, page, page_size)
    return page_of(request, await audit(request.actor, wanted, asked), asked)


HANDLERS = (list_school_audit, list_platform_audit)
