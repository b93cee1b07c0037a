"""Reports on how people of a school learn."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from lms_app.accounts.people_views import CourseStatus
from lms_app.actor import Actor
from lms_app.csv_text import csv_lines
from lms_app.files.logo import SchoolLogos
from lms_app.jobs.run_job import Report
from lms_app.jobs.show_job import JobView, view_of_job
from lms_app.listing import Listing, PageRequest
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.report_printer import ReportPaper, ReportPrinter
from lms_app.ports.report_queries import Figures, ReportQueries, SchoolDay
from lms_app.ports.storage import ObjectStorage
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.reports.columns import TITLES, cells_of, facts_of, header_of, printed_cells, printed_columns
from lms_app.reports.school_writing import SchoolWriting
from lms_app.reports.views import (
    CompletionRow,
    EngagementRow,
    ReportFilter,
    ReportFormat,
    ReportKind,
    ReportRow,
    WorkRow,
    WorkStatus,
)
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Permission
from lms_domain.errors import Conflict, InvalidInput, NotFound, PlanLimitReached
from lms_domain.jobs.job import MAX_OPEN_REPORTS, Job, JobKind, JobResult, new_job
from lms_domain.schools.features import Feature
from lms_domain.schools.tenant import Tenant
from lms_domain.video.storage_keys import report_key

MAX_ROWS_AT_ONCE = 5000
"""Larger reports are jobs."""
MAX_PRINTED_AT_ONCE = 500
"""Printing takes longer: some milliseconds for each row."""
MAX_PRINTED = 20_000
"""Nobody reads more on paper."""
_PAGE = 5000
_LINES = 500
_MAX_BYTES = 1 << 32
_BOM = b"\xef\xbb\xbf"
"""Without it spreadsheets take UTF-8 for something else."""
_MEDIA_TYPES = {ReportFormat.CSV: "text/csv; charset=utf-8", ReportFormat.PDF: "application/pdf"}
_STATUSES: dict[ReportKind, frozenset[str]] = {
    ReportKind.COURSE_COMPLETION: frozenset(CourseStatus),
    ReportKind.ASSIGNMENT_STATUS: frozenset(WorkStatus),
    ReportKind.ENGAGEMENT: frozenset({"ACTIVE", "INACTIVE"}),
}


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report as a file to save."""

    name: str
    media_type: str
    chunks: AsyncIterator[bytes]


class ReportDesk:
    """Reads rows and makes files of them."""

    def __init__(
        self, uow: UnitOfWork, queries: ReportQueries, printer: ReportPrinter, logos: SchoolLogos, clock: Clock
    ) -> None:
        self._uow = uow
        self._queries = queries
        self._printer = printer
        self._logos = logos
        self._clock = clock

    async def school(self, scope: TenantScope) -> Tenant:
        """The school. Raises NotFound once it is erased."""
        async with self._uow.begin(scope) as tx:
            school = await tx.school.get()
        if school is None:
            raise NotFound("There is no such school.")
        return school

    async def completion(
        self, scope: TenantScope, school: Tenant, filters: ReportFilter, page: PageRequest
    ) -> Listing[CompletionRow]:
        """A page of that report."""
        return await self._queries.completion(scope, filters, self.day(school, filters), page)

    async def work(
        self, scope: TenantScope, school: Tenant, filters: ReportFilter, page: PageRequest
    ) -> Listing[WorkRow]:
        """A page of that report."""
        return await self._queries.work(scope, filters, self.day(school, filters), page)

    async def engagement(
        self, scope: TenantScope, school: Tenant, filters: ReportFilter, page: PageRequest
    ) -> Listing[EngagementRow]:
        """A page of that report."""
        return await self._queries.engagement(scope, filters, self.day(school, filters), page)

    async def rows(
        self, scope: TenantScope, school: Tenant, kind: ReportKind, filters: ReportFilter, page: PageRequest
    ) -> tuple[int, list[ReportRow]]:
        """How many rows there are, and a page of them."""
        match kind:
            case ReportKind.COURSE_COMPLETION:
                completion = await self.completion(scope, school, filters, page)
                return completion.count, [*completion.results]
            case ReportKind.ASSIGNMENT_STATUS:
                work = await self.work(scope, school, filters, page)
                return work.count, [*work.results]
            case ReportKind.ENGAGEMENT:
                engagement = await self.engagement(scope, school, filters, page)
                return engagement.count, [*engagement.results]
            case _ as never:
                assert_never(never)

    async def print(
        self, scope: TenantScope, school: Tenant, kind: ReportKind, filters: ReportFilter, rows: list[ReportRow]
    ) -> bytes:
        """A PDF."""
        written = SchoolWriting(school.locale, school.time_zone)
        names = await self._queries.names(scope, filters)
        return await self._printer.print(
            ReportPaper(
                school=school.name,
                title=TITLES[kind],
                facts=facts_of(filters, names, len(rows), self._clock.now(), written),
                logo=await self._logos.read(scope, school.branding.logo_url),
                color=school.branding.primary_color,
                columns=printed_columns(kind),
                rows=printed_cells(kind, rows, written),
            )
        )

    def file_name(self, school: Tenant, kind: ReportKind, as_: ReportFormat) -> str:
        """What people save it as."""
        today = self._clock.now().astimezone(ZoneInfo(school.time_zone)).date()
        return f"{kind.value}-{today.isoformat()}.{as_.value}"

    async def figures(self, scope: TenantScope, course_id: UUID | None, day: SchoolDay) -> Figures:
        """What is counted for charts."""
        return await self._queries.figures(scope, course_id, day)

    def day(self, school: Tenant, filters: ReportFilter) -> SchoolDay:
        """What day it is at the school, and when the filter's days begin and end there."""
        zone = ZoneInfo(school.time_zone)
        now = self._clock.now().astimezone(zone)
        offset = now.utcoffset() or timedelta(0)
        begins = datetime.combine(filters.since, time(), zone) if filters.since is not None else None
        ends = datetime.combine(filters.until + timedelta(days=1), time(), zone) if filters.until is not None else None
        return SchoolDay(
            today=now.date(),
            utc_offset_seconds=int(offset.total_seconds()),
            begins_at=begins.astimezone(UTC) if begins is not None else None,
            ends_at=ends.astimezone(UTC) if ends is not None else None,
        )


class ShowCompletion:
    """Everybody's courses and how they stand with them, by name. OVERDUE are those that are not completed and whose
    deadline is over. The days are those of the completion."""

    def __init__(self, desk: ReportDesk) -> None:
        self._desk = desk

    async def __call__(self, actor: Actor, filters: ReportFilter, page: PageRequest) -> Listing[CompletionRow]:
        """Raises InvalidInput: no such status, or days that no calendar has in that order."""
        scope = _scope(actor, ReportKind.COURSE_COMPLETION, filters)
        return await self._desk.completion(scope, await self._desk.school(scope), filters, page)


class ShowWork:
    """Everybody's assignments and how they stand with them, by name. OVERDUE are those that are not handed in and whose
    due date is over. The days are those of the due date."""

    def __init__(self, desk: ReportDesk) -> None:
        self._desk = desk

    async def __call__(self, actor: Actor, filters: ReportFilter, page: PageRequest) -> Listing[WorkRow]:
        """Raises InvalidInput: no such status, or days that no calendar has in that order."""
        scope = _scope(actor, ReportKind.ASSIGNMENT_STATUS, filters)
        return await self._desk.work(scope, await self._desk.school(scope), filters, page)


class ShowEngagement:
    """What everybody did in the days asked for, by name: contents begun and completed, work handed in, attempts at
    quizzes, and on how many days. Who did anything is ACTIVE."""

    def __init__(self, desk: ReportDesk) -> None:
        self._desk = desk

    async def __call__(self, actor: Actor, filters: ReportFilter, page: PageRequest) -> Listing[EngagementRow]:
        """Raises InvalidInput: no such status, or days that no calendar has in that order."""
        scope = _scope(actor, ReportKind.ENGAGEMENT, filters)
        return await self._desk.engagement(scope, await self._desk.school(scope), filters, page)


class ExportReport:
    """A report as a file with all its rows: CSV for programs and spreadsheets, in which no cell is ever taken for a
    formula, or PDF where the plan has it. A large one, or one asked for that way, is a job. Who asks for the same one
    before it is done gets the same job, and a school has three of them at a time."""

    def __init__(self, desk: ReportDesk, uow: UnitOfWork, clock: Clock, ids: Ids) -> None:
        self._desk = desk
        self._uow = uow
        self._clock = clock
        self._ids = ids

    async def __call__(
        self, actor: Actor, kind: ReportKind, filters: ReportFilter, as_: ReportFormat, *, as_job: bool
    ) -> ReportFile | JobView:
        """Raises:
        InvalidInput: no such status, or days that no calendar has in that order.
        PlanLimitReached: the plan has no PDF.
        Conflict: ``too_many_jobs``: the school waits for other reports.
        """
        scope = _scope(actor, kind, filters)
        school = await self._desk.school(scope)
        if as_ is ReportFormat.PDF and Feature.REPORTS_PDF not in school.features:
            raise PlanLimitReached("Your school's plan has no reports as PDF.")
        if as_job:
            return await self._job(actor, scope, kind, filters, as_)
        most = MAX_PRINTED_AT_ONCE if as_ is ReportFormat.PDF else MAX_ROWS_AT_ONCE
        count, rows = await self._desk.rows(scope, school, kind, filters, PageRequest(1, most))
        if count > most:
            return await self._job(actor, scope, kind, filters, as_)
        name = self._desk.file_name(school, kind, as_)
        if as_ is ReportFormat.PDF:
            printed = await self._desk.print(scope, school, kind, filters, rows)
            return ReportFile(name, _MEDIA_TYPES[as_], _once(printed))
        return ReportFile(name, _MEDIA_TYPES[as_], _csv(kind, rows))

    async def _job(
        self, actor: Actor, scope: TenantScope, kind: ReportKind, filters: ReportFilter, as_: ReportFormat
    ) -> JobView:
        now = self._clock.now()
        job = new_job(
            job_id=self._ids.new(),
            tenant_id=scope.tenant_id,
            kind=JobKind.REPORT,
            requested_by=actor.user_id,
            parameters={
                "report": kind.value,
                "format": as_.value,
                "filters": msgspec.json.encode(filters).decode(),
            },
            now=now,
        )
        async with self._uow.begin(scope) as tx:
            # Locked: of two requests at once the second finds the first one's job.
            await tx.school.lock()
            unfinished = await tx.jobs.unfinished_of(JobKind.REPORT)
            for known in unfinished:
                if (known.requested_by, known.parameters) == (job.requested_by, job.parameters):
                    return view_of_job(known, now)
            if len(unfinished) >= MAX_OPEN_REPORTS:
                raise Conflict(
                    f"Your school waits for {len(unfinished)} reports already. Ask again when one of them is done.",
                    code="too_many_jobs",
                )
            await tx.jobs.add(job)
            await tx.commit()
        return view_of_job(job, now)


class WriteReport:
    """Make a large report for whoever asked for it."""

    def __init__(self, desk: ReportDesk, storage: ObjectStorage) -> None:
        self._desk = desk
        self._storage = storage

    async def __call__(self, job: Job, report: Report, /) -> JobResult:
        """Raises:
        NotFound: the school is gone.
        PlanLimitReached: more than can be printed.
        Unavailable, StorageUnavailable: see there.
        """
        scope = TenantScope(job.tenant_id)
        kind, as_ = ReportKind(job.parameters["report"]), ReportFormat(job.parameters["format"])
        filters = msgspec.json.decode(job.parameters["filters"], type=ReportFilter)
        school = await self._desk.school(scope)
        key = report_key(job.tenant_id, job.id, job.attempt)
        if as_ is ReportFormat.PDF:
            count, rows = await self._desk.rows(scope, school, kind, filters, PageRequest(1, MAX_PRINTED))
            if count > MAX_PRINTED:
                raise PlanLimitReached(f"At most {MAX_PRINTED} rows can be printed. Ask for fewer, or for CSV.")
            report(0.2)
            chunks = _once(await self._desk.print(scope, school, kind, filters, rows))
        else:
            chunks = self._pages(scope, school, kind, filters, report)
        await self._storage.put_stream(key, chunks, max_bytes=_MAX_BYTES)
        return JobResult(key, self._desk.file_name(school, kind, as_), _MEDIA_TYPES[as_])

    async def _pages(
        self, scope: TenantScope, school: Tenant, kind: ReportKind, filters: ReportFilter, report: Report
    ) -> AsyncIterator[bytes]:
        yield _BOM + csv_lines([header_of(kind)])
        number, done = 1, 0
        while True:
            count, rows = await self._desk.rows(scope, school, kind, filters, PageRequest(number, _PAGE))
            if not rows:
                return
            yield csv_lines(cells_of(row) for row in rows)
            number, done = number + 1, done + len(rows)
            report(done / max(count, done))


def _scope(actor: Actor, kind: ReportKind, filters: ReportFilter) -> TenantScope:
    scope = actor.school(Permission.MANAGE_SCHOOL)
    if filters.status is not None and filters.status not in _STATUSES[kind]:
        known = ", ".join(sorted(_STATUSES[kind]))
        raise InvalidInput.for_field("status", "invalid", f"One of {known}.")
    if filters.since is not None and filters.until is not None and filters.until < filters.since:
        raise InvalidInput.for_field("date_to", "out_of_range", "The last day comes after the first.")
    return scope


async def _csv(kind: ReportKind, rows: list[ReportRow]) -> AsyncIterator[bytes]:
    yield _BOM + csv_lines([header_of(kind)])
    for start in range(0, len(rows), _LINES):
        yield csv_lines(cells_of(row) for row in rows[start : start + _LINES])


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data
