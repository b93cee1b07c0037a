"""Reports as tables: of everything for programs, of what fits a page for people."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

import msgspec

from lms_app.ports.report_printer import ReportColumn
from lms_app.ports.report_queries import FilterNames
from lms_app.reports.school_writing import SchoolWriting
from lms_app.reports.views import CompletionRow, EngagementRow, ReportFilter, ReportKind, ReportRow, WorkRow

_UNKNOWN = "none of this school"

TITLES = {
    ReportKind.COURSE_COMPLETION: "Course completion",
    ReportKind.ASSIGNMENT_STATUS: "Assignment status",
    ReportKind.ENGAGEMENT: "Engagement",
}
_ROWS: dict[ReportKind, type[ReportRow]] = {
    ReportKind.COURSE_COMPLETION: CompletionRow,
    ReportKind.ASSIGNMENT_STATUS: WorkRow,
    ReportKind.ENGAGEMENT: EngagementRow,
}
_PRINTED: dict[ReportKind, tuple[tuple[str, str, float], ...]] = {
    ReportKind.COURSE_COMPLETION: (
        ("teacher_name", "Name", 22),
        ("department", "Department", 14),
        ("course_title", "Course", 30),
        ("deadline", "Deadline", 10),
        ("status", "Status", 12),
        ("percentage", "%", 6),
        ("completed_at", "Completed", 10),
    ),
    ReportKind.ASSIGNMENT_STATUS: (
        ("teacher_name", "Name", 20),
        ("department", "Department", 13),
        ("course_title", "Course", 22),
        ("assignment_title", "Assignment", 22),
        ("due_date", "Due", 10),
        ("status", "Status", 11),
        ("score", "Score", 7),
        ("submitted_at", "Handed in", 10),
    ),
    ReportKind.ENGAGEMENT: (
        ("teacher_name", "Name", 26),
        ("department", "Department", 18),
        ("last_active_at", "Last active", 12),
        ("active_days", "Active days", 10),
        ("contents_started", "Begun", 9),
        ("contents_completed", "Completed", 10),
        ("submissions", "Handed in", 10),
        ("quiz_attempts", "Quizzes", 9),
    ),
}


def header_of(kind: ReportKind) -> tuple[str, ...]:
    """The columns of a file for programs: every field of a row."""
    return tuple(field.name for field in msgspec.structs.fields(_ROWS[kind]))


def cells_of(row: ReportRow) -> list[object]:
    """The values of a row in that order, for CSV."""
    return [_plain(value) for value in msgspec.structs.astuple(row)]


def printed_columns(kind: ReportKind) -> list[ReportColumn]:
    """The columns of a printed report."""
    return [ReportColumn(title, weight) for _, title, weight in _PRINTED[kind]]


def printed_cells(kind: ReportKind, rows: Sequence[ReportRow], written: SchoolWriting) -> list[list[str]]:
    """The values of rows in that order, with the days of the school."""
    return [[_for_people(getattr(row, name), written) for name, _, _ in _PRINTED[kind]] for row in rows]


def facts_of(
    filters: ReportFilter, names: FilterNames, count: int, made_at: datetime, written: SchoolWriting
) -> list[str]:
    """What stands below the title: which rows these are, how many, and made when."""
    named = (
        ("Course", _UNKNOWN if filters.course is not None and names.course is None else names.course),
        ("Group", _UNKNOWN if filters.group is not None and names.group is None else names.group),
        ("Person", _UNKNOWN if filters.teacher is not None and names.teacher is None else names.teacher),
        ("Department", filters.department),
        ("Status", _capitalised(filters.status) if filters.status is not None else None),
        ("From", written.day(filters.since) if filters.since is not None else None),
        ("To", written.day(filters.until) if filters.until is not None else None),
    )
    said = " · ".join(f"{name}: {value}" for name, value in named if value is not None)
    rows = "1 row" if count == 1 else f"{count} rows"
    return [*([said] if said else []), f"{rows}, made {written.moment(made_at)}"]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int | float) else str(value)


def _for_people(value: object, written: SchoolWriting) -> str:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return written.day_of(value)
    if isinstance(value, date):
        return written.day(value)
    if isinstance(value, float):
        return written.number(value)
    return _capitalised(value) if isinstance(value, StrEnum) else str(value)


def _capitalised(word: str) -> str:
    return word.replace("_", " ").capitalize()
