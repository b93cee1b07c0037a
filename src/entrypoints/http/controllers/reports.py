"""Routes of reports and figures."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from dishka import FromDishka
from litestar import Response, get
from litestar.params import QueryParameter
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import SIGNED_IN, errors, rule_of
from entrypoints.http.etags import TaggedResponse
from entrypoints.http.file_response import attachment
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, page_of, page_request
from entrypoints.http.visit import visit_of
from lms_app.actor import Actor
from lms_app.listing import Listing, PageRequest
from lms_app.reports.make_report import ExportReport, ReportFile, ShowCompletion, ShowEngagement, ShowWork
from lms_app.reports.show_analytics import ShowAnalytics
from lms_app.reports.views import (
    AnalyticsView,
    CompletionRow,
    EngagementRow,
    ReportFilter,
    ReportFormat,
    ReportKind,
    WorkRow,
)

T = TypeVar("T")

_Course = Annotated[UUID | None, QueryParameter()]
_Group = Annotated[UUID | None, QueryParameter()]
_Teacher = Annotated[UUID | None, QueryParameter(description="One person's rows.")]
_Department = Annotated[str | None, QueryParameter(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]
_Status = Annotated[str | None, QueryParameter(max_length=20, pattern=r"^[A-Z_]*$")]
_From = Annotated[date | None, QueryParameter(description="First day, at the school.")]
_To = Annotated[date | None, QueryParameter(description="Last day, at the school.")]
_Format = Annotated[
    Literal["json", "csv", "pdf"], QueryParameter(name="format", description="JSON comes in pages; files are whole.")
]
_AsJob = Annotated[int, QueryParameter(name="async", ge=0, le=1, description="1: make the file in the background.")]
_FILES = (
    "\n\nWith `format=csv` or `pdf` the answer is a file with every row; a large one, or one asked for with `async=1`, "
    "is a job: 202 with its address."
)

_AS_FILES = {"files": ("text/csv", "application/pdf")}
"""What the answer may be beside JSON, or a job makes."""


@get(
    "/api/reports/course-completion",
    operation_id="reportCourseCompletion",
    summary="Who has completed what",
    description=rule_of(ShowCompletion) + _FILES,
    responses=errors(SIGNED_IN, "plan_limit", "too_many_jobs", "storage_unavailable"),
    opt=_AS_FILES,
)
@inject
async def report_course_completion(
    request: ApiRequest,
    show: FromDishka[ShowCompletion],
    export: FromDishka[ExportReport],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    course: _Course = None,
    group: _Group = None,
    teacher: _Teacher = None,
    department: _Department = None,
    status: _Status = None,
    date_from: _From = None,
    date_to: _To = None,
    format_: _Format = "json",
    as_job: _AsJob = 0,
) -> Response[Page[CompletionRow]]:
    filters = _filters(course, group, teacher, department, status, date_from, date_to)
    asked = _Asked(ReportKind.COURSE_COMPLETION, filters, page_request(request, page, page_size), format_, bool(as_job))
    return await _answered(request, asked, show, export)


@get(
    "/api/reports/assignment-status",
    operation_id="reportAssignmentStatus",
    summary="Who has handed in what",
    description=rule_of(ShowWork) + _FILES,
    responses=errors(SIGNED_IN, "plan_limit", "too_many_jobs", "storage_unavailable"),
    opt=_AS_FILES,
)
@inject
async def report_assignment_status(
    request: ApiRequest,
    show: FromDishka[ShowWork],
    export: FromDishka[ExportReport],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    course: _Course = None,
    group: _Group = None,
    teacher: _Teacher = None,
    department: _Department = None,
    status: _Status = None,
    date_from: _From = None,
    date_to: _To = None,
    format_: _Format = "json",
    as_job: _AsJob = 0,
) -> Response[Page[WorkRow]]:
    filters = _filters(course, group, teacher, department, status, date_from, date_to)
    asked = _Asked(ReportKind.ASSIGNMENT_STATUS, filters, page_request(request, page, page_size), format_, bool(as_job))
    return await _answered(request, asked, show, export)


@get(
    "/api/reports/engagement",
    operation_id="reportEngagement",
    summary="Who did how much",
    description=rule_of(ShowEngagement) + _FILES,
    responses=errors(SIGNED_IN, "plan_limit", "too_many_jobs", "storage_unavailable"),
    opt=_AS_FILES,
)
@inject
async def report_engagement(
    request: ApiRequest,
    show: FromDishka[ShowEngagement],
    export: FromDishka[ExportReport],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
    course: _Course = None,
    group: _Group = None,
    teacher: _Teacher = None,
    department: _Department = None,
    status: _Status = None,
    date_from: _From = None,
    date_to: _To = None,
    format_: _Format = "json",
    as_job: _AsJob = 0,
) -> Response[Page[EngagementRow]]:
    filters = _filters(course, group, teacher, department, status, date_from, date_to)
    asked = _Asked(ReportKind.ENGAGEMENT, filters, page_request(request, page, page_size), format_, bool(as_job))
    return await _answered(request, asked, show, export)


@get(
    "/api/tenants/analytics",
    operation_id="getAnalytics",
    summary="Figures for charts",
    description=rule_of(ShowAnalytics),
    responses=errors(SIGNED_IN),
)
@inject
async def get_analytics(
    request: ApiRequest,
    show: FromDishka[ShowAnalytics],
    months: Annotated[int, QueryParameter(ge=1, le=36)] = 6,
    course_id: Annotated[UUID | None, QueryParameter()] = None,
) -> TaggedResponse[AnalyticsView]:
    return TaggedResponse(await show(request.actor, months=months, course_id=course_id))


HANDLERS = (report_course_completion, report_assignment_status, report_engagement, get_analytics)


class _Download(ASGIResponse):
    """A report as it is made."""

    def __init__(self, file: ReportFile) -> None:
        self.status_code = 200
        self._chunks: AsyncIterator[bytes] = file.chunks
        self._headers = [
            (b"content-type", file.media_type.encode("ascii")),
            (b"content-disposition", attachment(file.name).encode("ascii")),
            (b"cache-control", b"private, no-store"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # ASGI's signature
        """ASGI."""
        await send({"type": "http.response.start", "status": 200, "headers": self._headers})
        if not visit_of(scope).is_head:
            async for chunk in self._chunks:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class _Ready(Response[None]):
    """An answer that is made already."""

    def __init__(self, answer: ASGIResponse) -> None:
        super().__init__(None)
        self._answer = answer

    def to_asgi_response(self, *_: object, **__: object) -> ASGIResponse:
        """The answer."""
        return self._answer


def _filters(
    course: UUID | None,
    group: UUID | None,
    teacher: UUID | None,
    department: str | None,
    status: str | None,
    date_from: date | None,
    date_to: date | None,
) -> ReportFilter:
    return ReportFilter(
        course=course,
        group=group,
        teacher=teacher,
        department=department,
        status=status,
        since=date_from,
        until=date_to,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which rows, and as what."""

    kind: ReportKind
    filters: ReportFilter
    page: PageRequest
    as_: Literal["json", "csv", "pdf"]
    as_job: bool


_Show = Callable[[Actor, ReportFilter, PageRequest], Awaitable[Listing[T]]]


async def _answered(
    request: ApiRequest, asked: _Asked, show: _Show[T], export: ExportReport
) -> Response[Any]:  # a page, a file, or a job
    if asked.as_ == "json":
        listing = await show(request.actor, asked.filters, asked.page)
        return JsonResponse(page_of(request, listing, asked.page))
    made = await export(request.actor, asked.kind, asked.filters, ReportFormat(asked.as_), as_job=asked.as_job)
    if isinstance(made, ReportFile):
        return _Ready(_Download(made))
    return JsonResponse(made, status_code=202, headers={"Location": f"/api/jobs/{made.id}/"})
