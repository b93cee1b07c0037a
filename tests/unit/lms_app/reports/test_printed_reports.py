"""What stands on printed reports, as people of the school write it."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from lms_app.accounts.people_views import CourseStatus
from lms_app.ports.report_queries import FilterNames
from lms_app.reports.columns import facts_of, printed_cells
from lms_app.reports.school_writing import SchoolWriting
from lms_app.reports.views import CompletionRow, ReportFilter, ReportKind

LATE = datetime(2026, 11, 9, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "day", "number"),
    [
        ("en", "2026-11-10", "66.7"),
        ("en-US", "11/10/2026", "66.7"),
        ("en-GB", "10/11/2026", "66.7"),
        ("de", "10.11.2026", "66,7"),
        ("de-CH", "10.11.2026", "66.7"),
        ("pt-BR", "10/11/2026", "66,7"),
        ("fr-CA", "2026-11-10", "66,7"),
        ("sv", "2026-11-10", "66,7"),
        ("ja-JP", "2026/11/10", "66.7"),
        ("xh", "2026-11-10", "66.7"),
    ],
)
def test_days_and_numbers(locale: str, day: str, number: str) -> None:
    written = SchoolWriting(locale, "Europe/Zurich")
    assert (written.day_of(LATE), written.number(66.7), written.number(100.0)) == (day, number, "100")
    assert written.moment(LATE) == f"{day} 00:30 (Europe/Zurich)"


def test_a_row_for_people() -> None:
    row = CompletionRow(
        teacher_id=UUID(int=1),
        teacher_name="Ada Lovelace",
        teacher_email="ada@school.test",
        department="MATHS_1",
        course_id=UUID(int=2),
        course_title="Feedback",
        deadline=date(2026, 11, 9),
        status=CourseStatus.NOT_STARTED,
        percentage=12.5,
        completed_at=LATE,
    )
    cells = printed_cells(ReportKind.COURSE_COMPLETION, [row], SchoolWriting("de", "Europe/Zurich"))
    # What a department is called is the school's business.
    assert cells == [["Ada Lovelace", "MATHS_1", "Feedback", "09.11.2026", "Not started", "12,5", "10.11.2026"]]


def test_what_was_filtered_by_is_named() -> None:
    written, nothing = SchoolWriting("en", "UTC"), FilterNames(course=None, group=None, teacher=None)
    made = "made 2026-11-09 23:30 (UTC)"
    assert facts_of(ReportFilter(), nothing, 1, LATE, written) == [f"1 row, {made}"]
    filters = ReportFilter(
        course=UUID(int=1), group=UUID(int=2), teacher=UUID(int=3), status="OVERDUE", since=date(2026, 1, 2)
    )
    assert facts_of(filters, FilterNames(course="Feedback", group=None, teacher="Ada King"), 0, LATE, written) == [
        "Course: Feedback · Group: none of this school · Person: Ada King · Status: Overdue · From: 2026-01-02",
        f"0 rows, {made}",
    ]
