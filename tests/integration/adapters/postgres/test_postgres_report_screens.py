"""Reports and what learners see of their work: one statement each, however many rows there are."""

from datetime import UTC, date, datetime
from uuid import uuid4

import asyncpg
import pytest

from adapters.postgres.assignment_queries import PostgresAssignmentQueries
from adapters.postgres.learner_queries import PostgresLearnerQueries
from adapters.postgres.report_queries import PostgresReportQueries
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from lms_app.listing import PageRequest
from lms_app.ports.assignment_queries import AssignmentFilter, SubmissionFilter
from lms_app.ports.report_queries import SchoolDay
from lms_app.reports.views import ReportFilter
from tests.contracts.learning_samples import new_assignment, new_quiz
from tests.contracts.samples import NOW, new_course, new_school, new_user
from tests.integration.adapters.postgres.seeding import many_courses, many_teachers
from tests.integration.adapters.postgres.test_postgres_screens import Tap, tap

__all__ = ["tap"]


@pytest.mark.parametrize("number", [10, 500])
async def test_each_is_one_statement(
    uow: PostgresUnitOfWork,
    owner_connection: "asyncpg.Connection[asyncpg.Record]",
    tap: Tap,
    number: int,
) -> None:
    scope = await new_school(uow)
    me = await new_user(uow, scope)
    await many_teachers(owner_connection, scope, number)
    await many_courses(owner_connection, scope, 10)
    course, _ = await new_course(uow, scope, title="Mine", is_published=True, assigned_to_all=True)
    for place in range(number // 10):
        await new_assignment(uow, course, title=f"Work {place}")
    work, _ = await new_quiz(uow, course)
    day = SchoolDay(
        today=date(2026, 11, 22), utc_offset_seconds=3600, begins_at=datetime(2020, 1, 1, tzinfo=UTC), ends_at=None
    )
    everything = SchoolDay(today=day.today, utc_offset_seconds=0, begins_at=None, ends_at=None)
    reports, learner = PostgresReportQueries(tap.database), PostgresLearnerQueries(tap.database)
    assignments = PostgresAssignmentQueries(tap.database)
    page = PageRequest(1, 100)
    tap.statements.clear()
    for screen in (
        reports.completion(scope, ReportFilter(), everything, page),
        reports.work(scope, ReportFilter(), everything, page),
        reports.engagement(scope, ReportFilter(), everything, page),
        reports.figures(scope, None, day),
        learner.dashboard(scope, me.id, now=NOW),
        learner.assignments(scope, me.id, None, "", page, now=NOW),
        learner.assignment(scope, me.id, work.id, now=NOW),
        learner.content(scope, me.id, uuid4()),
        assignments.assignments(scope, AssignmentFilter(), page),
        assignments.assignment(scope, work.id),
        assignments.submissions(scope, work.id, SubmissionFilter(), page),
    ):
        await screen
        assert len(tap.statements) == 1, screen
        tap.statements.clear()
