"""One rule of completion: what SQL says for screens and reports is what the domain says, whatever people did."""

import csv
import io
import random
from datetime import timedelta
from uuid import UUID, uuid4

from adapters.fpdf2.report_printer import Fpdf2ReportPrinter
from adapters.memory.clock import MemoryClock
from adapters.memory.storage import MemoryStorage
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.learner_queries import PostgresLearnerQueries
from adapters.postgres.learning_queries import PostgresLearningQueries
from adapters.postgres.report_queries import PostgresReportQueries
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.system.ids import Uuid7Ids
from lms_app.accounts.people_views import CourseStatus
from lms_app.actor import Actor
from lms_app.files.logo import SchoolLogos
from lms_app.learning.explain_completion import CompletionView, ExplainCompletion
from lms_app.learning.views import TeacherCourseView
from lms_app.listing import PageRequest
from lms_app.ports.unit_of_work import TenantTransaction
from lms_app.reports.make_report import ExportReport, ReportDesk, ReportFile, ShowCompletion
from lms_app.reports.views import ReportFilter, ReportFormat, ReportKind
from lms_domain.accounts.person import User
from lms_domain.accounts.roles import Role
from lms_domain.courses.course import Content, ContentType, Course
from lms_domain.learning.assignment import Assignment, AssignmentKind
from lms_domain.learning.completion import CourseCompletion, completion_of
from lms_domain.learning.quiz import Quiz
from lms_domain.learning.quiz_reasons import QuizReason
from lms_domain.learning.submission import Submission, SubmissionStatus
from tests.contracts.learning_samples import a_quiz, a_submission, an_assignment, an_attempt
from tests.contracts.samples import NOW, a_content, complete, new_course, new_school, new_user

COURSES, PEOPLE = 25, 40
"""A thousand histories."""


async def test_pages_report_export_and_the_domain_agree_on_a_thousand_histories(
    uow: PostgresUnitOfWork, database: PostgresDatabase, learning: PostgresLearningQueries
) -> None:
    chance = random.Random(20261122)  # noqa: S311 -- the same histories at every run
    scope = await new_school(uow)
    people = [await new_user(uow, scope) for _ in range(PEOPLE)]
    expected: dict[tuple[UUID, UUID], CourseCompletion] = {}
    for number in range(COURSES):
        course, module = await new_course(uow, scope, title=f"Course {number}", is_published=True, assigned_to_all=True)
        async with uow.begin(scope) as tx:
            for person in people:
                if chance.random() < 0.1:
                    await complete(tx, module, person.id)
            contents = [
                a_content(
                    module,
                    position=place,
                    content_type=ContentType.LINK,
                    url="https://example.test/",
                    required_coverage=None,
                    is_mandatory=chance.random() < 0.6,
                )
                for place in range(chance.choice((0, 1, 2, 4)))
            ]
            for content in contents:
                await tx.courses.add_content(content)
            work = await _add_work(tx, course, chance)
            for person in people:
                await _live(tx, person, contents, work, chance)
                facts = await tx.progress.course_facts(person.id, course.id)
                assert facts is not None
                expected[person.id, course.id] = completion_of(facts)
            await tx.commit()

    shown: dict[tuple[UUID, UUID], TeacherCourseView] = {}
    explained: dict[tuple[UUID, UUID], CompletionView] = {}
    explain = ExplainCompletion(PostgresLearnerQueries(database))
    for person in people:
        page = await learning.courses(scope, person.id, "", PageRequest(1, 100))
        shown |= {(person.id, course.id): course for course in page.results}
        actor = _actor(person)
        explained |= {(person.id, course.id): await explain(actor, course.id) for course in page.results}
    admin = _actor(await new_user(uow, scope, role=Role.SCHOOL_ADMIN))
    reported, exported = await _reports(uow, database, admin)

    assert shown.keys() == explained.keys() == reported.keys() == exported.keys() == expected.keys()
    assert len(expected) == COURSES * PEOPLE
    for pair, wanted in expected.items():
        progress, why = shown[pair].progress, explained[pair]
        assert (progress.percentage, progress.is_complete) == (wanted.percentage, wanted.is_complete), wanted
        assert (why.percentage, why.is_complete, len(why.missing)) == (
            wanted.percentage,
            wanted.is_complete,
            len(wanted.missing),
        )
        assert reported[pair] == (wanted.percentage, wanted.is_complete)
        assert exported[pair] == reported[pair]
        counts = (progress.completed_content_count, progress.total_content_count)
        assert counts == (wanted.completed_contents, wanted.total_contents)
    outcomes = {(each.is_complete, each.percentage in {0.0, 100.0}) for each in expected.values()}
    assert outcomes == {(True, True), (False, True), (False, False)}, "every kind of outcome was there"


def _actor(person: User) -> Actor:
    return Actor(user_id=person.id, tenant_id=person.tenant_id, role=person.role, session_id=uuid4())


Percentages = dict[tuple[UUID, UUID], tuple[float, bool]]
"""And whether it is complete, by person and course."""


async def _reports(
    uow: PostgresUnitOfWork, database: PostgresDatabase, admin: Actor
) -> tuple[Percentages, Percentages]:
    """What the report shows, page by page, and what stands in its CSV."""
    clock = MemoryClock(NOW)
    logos = SchoolLogos(MemoryStorage())
    desk = ReportDesk(uow, PostgresReportQueries(database), Fpdf2ReportPrinter(), logos, clock)
    show = ShowCompletion(desk)
    reported: Percentages = {}
    for number in range(1, COURSES * PEOPLE // 100 + 1):
        rows = (await show(admin, ReportFilter(), PageRequest(number, 100))).results
        reported |= {
            (row.teacher_id, row.course_id): (row.percentage, row.status is CourseStatus.COMPLETED) for row in rows
        }
    export = ExportReport(desk, uow, clock, Uuid7Ids())
    made = await export(admin, ReportKind.COURSE_COMPLETION, ReportFilter(), ReportFormat.CSV, as_job=False)
    assert isinstance(made, ReportFile)
    text = b"".join([chunk async for chunk in made.chunks]).decode("utf-8-sig")
    exported = {
        (UUID(row["teacher_id"]), UUID(row["course_id"])): (float(row["percentage"]), row["status"] == "COMPLETED")
        for row in csv.DictReader(io.StringIO(text))
    }
    return reported, exported


async def _add_work(
    tx: TenantTransaction, course: Course, chance: random.Random
) -> list[tuple[Assignment, tuple[Quiz, ...]]]:
    work: list[tuple[Assignment, tuple[Quiz, ...]]] = []
    for _ in range(chance.choice((0, 0, 1, 2, 3))):
        kind = chance.choice(tuple(AssignmentKind))
        is_quiz = kind is AssignmentKind.QUIZ
        assignment = an_assignment(
            course,
            kind=kind,
            max_score=100,
            passing_score=70 if is_quiz else chance.choice((0, 50)),
            is_mandatory=chance.random() < 0.7,
            is_published=chance.random() < 0.7,
        )
        await tx.assignments.add(assignment)
        versions: tuple[Quiz, ...] = ()
        if is_quiz:
            first = a_quiz(assignment, attempts_allowed=5).retired(QuizReason.REPLACED, now=NOW)
            versions = (first, a_quiz(assignment, version=2, attempts_allowed=5))
            for quiz in versions:
                await tx.quizzes.add(quiz)
        work.append((assignment, versions))
    return work


async def _live(
    tx: TenantTransaction,
    person: User,
    contents: list[Content],
    work: list[tuple[Assignment, tuple[Quiz, ...]]],
    chance: random.Random,
) -> None:
    diligence = chance.choice((0.0, 0.5, 0.9, 1.0))
    for content in contents:
        if chance.random() < max(diligence, 0.3):
            await tx.progress.start(person.id, content.id, now=NOW)
            if chance.random() < diligence:
                await tx.progress.set_completed(person.id, content.id, at=NOW)
    for assignment, versions in work:
        if chance.random() > diligence:
            continue
        if not versions:
            await tx.submissions.add(_handed_in(assignment, person, chance))
        for quiz in versions:
            for number in range(1, chance.choice((1, 2, 3))):
                attempt = an_attempt(quiz, person.id, id=uuid4(), number=number)
                outcome = chance.choice(("passed", "failed", "waiting"))
                attempt.submitted_at = NOW + timedelta(minutes=number)
                if outcome != "waiting":
                    attempt.graded_at = attempt.submitted_at
                    attempt.passed = outcome == "passed"
                    attempt.score = 80.0 if attempt.passed else 10.0
                await tx.attempts.add(attempt)


def _handed_in(assignment: Assignment, person: User, chance: random.Random) -> Submission:
    status = chance.choice(tuple(SubmissionStatus))
    is_graded = status is SubmissionStatus.GRADED
    return a_submission(
        assignment,
        person.id,
        status=status,
        submitted_at=None if status is SubmissionStatus.DRAFT else NOW,
        score=float(chance.choice((0, 49, 50, 100))) if is_graded else None,
        graded_at=NOW if is_graded else None,
    )
