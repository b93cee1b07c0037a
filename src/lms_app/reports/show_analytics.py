"""Figures for charts."""

from datetime import date, timedelta
from uuid import UUID

from lms_app.actor import Actor
from lms_app.ports.report_queries import Figures, SchoolDay
from lms_app.reports.make_report import ReportDesk
from lms_app.reports.views import AnalyticsView, CompletionPoint, EngagementPoint, ReportFilter
from lms_domain.accounts.roles import Permission


class ShowAnalytics:
    """How a school learns: what people did week by week, how many courses they completed month by month, how
    departments stand, and how assignments stand, of one course or of all. The months are those up to now, this one
    included; departments and assignments are as they are now."""

    def __init__(self, desk: ReportDesk) -> None:
        self._desk = desk

    async def __call__(self, actor: Actor, *, months: int, course_id: UUID | None) -> AnalyticsView:
        """Raises NotAllowed: no administrator."""
        scope = actor.school(Permission.MANAGE_SCHOOL)
        school = await self._desk.school(scope)
        today = self._desk.day(school, ReportFilter()).today
        first = _months_back(today, months - 1)
        day = self._desk.day(school, ReportFilter(since=first))
        figures = await self._desk.figures(scope, course_id, day)
        return AnalyticsView(
            months=months,
            course_id=course_id,
            engagement=_every_week(figures.engagement, first, today),
            completion_trend=_every_month(figures, first, day),
            departments=figures.departments,
            assignments=figures.assignments,
        )


def _every_week(found: list[EngagementPoint], first: date, today: date) -> list[EngagementPoint]:
    known = {point.week: point for point in found}
    monday = first - timedelta(days=first.weekday())
    points: list[EngagementPoint] = []
    while monday <= today:
        nothing = EngagementPoint(week=monday, active_people=0, contents_completed=0, submissions=0)
        points.append(known.get(monday, nothing))
        monday += timedelta(days=7)
    return points


def _every_month(figures: Figures, first: date, day: SchoolDay) -> list[CompletionPoint]:
    known = {point.month: point.completed for point in figures.completion_trend}
    total, month = figures.completed_before, first
    points: list[CompletionPoint] = []
    while month <= day.today:
        completed = known.get(month, 0)
        total += completed
        points.append(CompletionPoint(month=month, completed=completed, total_completed=total))
        month = _months_back(month, -1)
    return points


def _months_back(day: date, months: int) -> date:
    """The first day of the month that many months before."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
