"""Reports as tables: of everything for programs, of what fits a page for people."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from lms_app.ports.report_printer import ReportColumn
from lms_app.reports.views import CompletionRow, EngagementRow, ReportKind, ReportRow, WorkRow

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


def printed_cells(kind: ReportKind, rows: Sequence[ReportRow], time_zone: str) -> list[list[str]]:
    """The values of rows in that order, with the days of the school."""
    zone = ZoneInfo(time_zone)
    return [[_for_people(getattr(row, name), zone) for name, _, _ in _PRINTED[kind]] for row in rows]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int | float) else str(value)


def _for_people(value: object, zone: ZoneInfo) -> str:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return value.astimezone(zone).date().isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    text = str(value)
    return text.replace("_", " ").capitalize() if text.isupper() and "_" in text else text
