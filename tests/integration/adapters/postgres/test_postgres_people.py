"""Screens about the people of a school: who sees whom, what is counted, and that each is one statement."""

from datetime import date, datetime, timedelta
from random import Random

import pytest

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.group_queries import PostgresGroupQueries
from adapters.postgres.learning_queries import PostgresLearningQueries
from adapters.postgres.overview_queries import PostgresOverviewQueries
from adapters.postgres.people_queries import PostgresPeopleQueries
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from lms_app.accounts.people_views import CourseStatus
from lms_app.listing import PageRequest
from lms_app.ports.people_queries import GroupFilter, TeacherFilter
from lms_app.scope import TenantScope
from lms_domain.accounts.person import Profile, User
from lms_domain.accounts.roles import SCHOOL_ROLES, Role
from lms_domain.accounts.team import TeamFacts, sees
from lms_domain.courses.course import ContentType, Course
from lms_domain.courses.group import GroupKind
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.submission import Standing, SubmissionStatus
from tests.contracts.learning_samples import a_submission, an_attempt, new_assignment, new_quiz
from tests.contracts.repositories.groups import new_group
from tests.contracts.samples import NOW, a_user, complete, new_content, new_course, new_school, new_user
from tests.integration.adapters.postgres.seeding import many_courses, many_teachers, progress
from tests.integration.adapters.postgres.test_postgres_screens import Tap, tap

__all__ = ["tap"]

Owner = "asyncpg.Connection[asyncpg.Record]"
ALL = PageRequest(1, 100)
DEPARTMENTS = (
    "",
    " ",
    "Science",
    "ＳＣＩＥＮＣＥ",
    "scie\u00adnce",
    "¨x",
    "\u0308x",
    "Größe",
    "GRÖSSE",
    "Lower  School",
)


@pytest.fixture
def overview(database: PostgresDatabase) -> PostgresOverviewQueries:
    return PostgresOverviewQueries(database)


async def test_the_statement_and_the_rule_agree_on_who_sees_whom(
    uow: PostgresUnitOfWork, overview: PostgresOverviewQueries
) -> None:
    scope, other = await new_school(uow), await new_school(uow)
    chance = Random(20261122)  # noqa: S311 -- no secret
    groups = [await new_group(uow, scope, kind=kind) for kind in GroupKind]
    people: list[tuple[User, TeamFacts]] = []
    async with uow.begin(scope) as tx:
        for number in range(80):
            user = a_user(
                scope,
                role=chance.choice(sorted(SCHOOL_ROLES)),
                profile=Profile(department=chance.choice(DEPARTMENTS)),
                is_active=chance.random() < 0.9,
                last_name=f"Number {number:03}",
            )
            mine = frozenset(group for group in groups if chance.random() < 0.25)
            await tx.users.add(user)
            await tx.groups.set_groups_of(user.id, frozenset(group.id for group in mine), on=NOW)
            in_ib = any(group.kind is GroupKind.IB for group in mine)
            people.append((user, TeamFacts(user.id, user.role, user.profile.department, in_ib)))
        await tx.commit()
    await new_user(uow, other, role=Role.TEACHER, profile=Profile(department="Science"))
    teams = 0
    for viewer, facts in people:
        expected = {user.id for user, of_user in people if user.is_active and sees(facts, of_user)}
        found = await overview.team(scope, viewer.id, "", ALL, now=NOW)
        assert {member.id for member in found.results} == expected
        assert found.count == len(expected)
        teams += bool(expected)
    assert teams > 20


async def test_a_teams_figures_are_those_that_each_of_them_sees(
    uow: PostgresUnitOfWork, database: PostgresDatabase, overview: PostgresOverviewQueries, owner_connection: Owner
) -> None:
    """Page by page, with courses for all, for one person, for a group and with a completion on record."""
    scope, chance = await new_school(uow), Random(20261122)  # noqa: S311 -- no secret
    science = Profile(department="Science")
    head = await new_user(uow, scope, role=Role.HOD, profile=science)
    team = [await new_user(uow, scope, profile=science) for _ in range(7)]
    group = await new_group(uow, scope)
    link = {"content_type": ContentType.LINK, "url": "https://e.test/", "required_coverage": None}
    for number in range(8):
        chosen = [user.id for user in team if chance.random() < 0.4]
        course, module = await new_course(
            uow, scope, title=f"C{number}", is_published=number != 7, assigned_to_all=number % 2 == 0, teachers=chosen
        )
        if number == 2:
            async with uow.begin(scope) as tx:
                await complete(tx, module, team[2].id)
                await tx.commit()
        contents = [await new_content(uow, module, **link, is_mandatory=chance.random() < 0.7) for _ in range(number)]
        work = await new_assignment(uow, course, is_mandatory=True, is_published=number % 3 == 0)
        async with uow.begin(scope) as tx:
            if number == 5:
                await tx.courses.assign_groups(course.id, frozenset({group.id}), on=NOW)
                await tx.groups.add_members(group.id, frozenset({team[0].id, team[1].id}), on=NOW)
            for user in team[::2]:
                handed_in = a_submission(
                    work, user.id, status=SubmissionStatus.SUBMITTED, submitted_at=NOW, file_ids=()
                )
                await tx.submissions.add(handed_in)
            await tx.commit()
        for user in team:
            for content in contents:
                if chance.random() < 0.6:
                    await progress(owner_connection, user.id, content, is_completed=chance.random() < 0.8)
    learning = PostgresLearningQueries(database)
    shown = [
        member
        for page in range(1, 5)
        for member in (await overview.team(scope, head.id, "", PageRequest(page, 2), now=NOW)).results
    ]
    assert {member.id for member in shown} == {user.id for user in team}
    for member in shown:
        own = (await learning.courses(scope, member.id, "", ALL)).results
        theirs = [(each.course_id, each.percentage, each.status is CourseStatus.COMPLETED) for each in member.courses]
        assert sorted(theirs) == sorted((each.id, each.progress.percentage, each.progress.is_complete) for each in own)
    assert len({course.percentage for member in shown for course in member.courses}) > 5


async def test_what_a_head_sees_of_their_team(
    uow: PostgresUnitOfWork, overview: PostgresOverviewQueries, owner_connection: Owner
) -> None:
    """School time is Asia/Kolkata: there it is the 22nd from 18:30 UTC of the 21st on."""
    scope = await new_school(uow)
    science = Profile(department="Science")
    head = await new_user(uow, scope, role=Role.HOD, profile=science)
    ada = await new_user(uow, scope, first_name="Ada", profile=science)
    await new_user(uow, scope, profile=Profile(department="Art"))
    link = {"content_type": ContentType.LINK, "url": "https://e.test/", "required_coverage": None, "is_mandatory": True}
    shared = {"is_published": True, "assigned_to_all": True}
    late, late_module = await new_course(uow, scope, title="Late", deadline=date(2026, 11, 21), **shared)
    _, done_module = await new_course(uow, scope, title="Done", deadline=date(2026, 11, 21), **shared)
    await new_course(uow, scope, title="Draft", is_published=False, assigned_to_all=True)
    await new_course(uow, scope, title="Others", is_published=True, assigned_to_all=False, teachers=[head.id])
    contents = [await new_content(uow, module, **link) for module in (late_module, late_module, done_module)]
    await progress(owner_connection, ada.id, contents[0], is_completed=True)
    await progress(owner_connection, ada.id, contents[2], is_completed=True)
    work = [
        await new_assignment(uow, late, title=title, due_date=due, is_published=True, is_mandatory=False)
        for title, due in (
            ("Missing", date(2026, 11, 20)),
            ("Given", date(2026, 11, 20)),
            ("Later", date(2026, 11, 22)),
        )
    ]
    async with uow.begin(scope) as tx:
        await tx.submissions.add(
            a_submission(work[1], ada.id, status=SubmissionStatus.SUBMITTED, submitted_at=NOW, file_ids=())
        )
        await tx.commit()
    in_time = datetime(2026, 11, 21, 18, 29, tzinfo=NOW.tzinfo)
    for now, is_late in ((in_time, False), (in_time + timedelta(minutes=1), True)):
        found = await overview.team(scope, head.id, "ada", ALL, now=now)
        (member,) = found.results
        assert (member.id, member.department) == (ada.id, "Science")
        courses = {course.title: course for course in member.courses}
        assert {title: course.percentage for title, course in courses.items()} == {"Late": 50.0, "Done": 100.0}
        assert courses["Done"].status is CourseStatus.COMPLETED
        assert courses["Done"].completed_at is not None
        assert courses["Late"].status is (CourseStatus.OVERDUE if is_late else CourseStatus.IN_PROGRESS)
        assert courses["Late"].completed_at is None
        assert (member.overall_progress, member.completed_courses) == (75.0, 1)
        assert [each.title for each in member.overdue_assignments] == ["Missing"]
        assert member.overdue_count == 1 + is_late
        stats = await overview.stats(scope, now=now)
        assert stats is not None
        # Two others have neither course done, and the head one more that has no deadline.
        assert stats.overdue == (3 + 2 if is_late else 0)
        assert (stats.pending_gradings, stats.courses.total, stats.courses.published) == (1, 4, 3)


async def test_a_head_sees_what_their_team_handed_in(
    uow: PostgresUnitOfWork, overview: PostgresOverviewQueries, owner_connection: Owner
) -> None:
    scope = await new_school(uow)
    science = Profile(department="Science")
    head = await new_user(uow, scope, role=Role.HOD, profile=science)
    ada, ben = [await new_user(uow, scope, first_name=name, profile=science) for name in ("Ada", "Ben")]
    stranger = await new_user(uow, scope, profile=Profile(department="Art"))
    course, _ = await new_course(uow, scope, title="Open", is_published=True, assigned_to_all=True)
    hidden, _ = await new_course(uow, scope, title="Hidden", is_published=False, assigned_to_all=True)

    async def hand_in(title: str, user: User, hours: int, where: Course = course, **changes: object) -> None:
        work = await new_assignment(
            uow, where, title=title, is_published=True, max_score=10, passing_score=5, kind=AssignmentKind.MANUAL
        )
        given = {"status": SubmissionStatus.SUBMITTED, "submitted_at": NOW + timedelta(hours=hours), **changes}
        async with uow.begin(scope) as tx:
            await tx.submissions.add(a_submission(work, user.id, **given))
            await tx.commit()

    graded = {"status": SubmissionStatus.GRADED, "graded_at": NOW + timedelta(days=1), "graded_by": head.id}
    await hand_in("Oldest", ada, 0)
    await hand_in("Passed", ada, 1, score=7.5, **graded)
    await hand_in("Failed", ada, 2, score=2.0, **graded)
    await hand_in("Unfinished", ada, 3, status=SubmissionStatus.DRAFT, submitted_at=None)
    await hand_in("Unpublished", ada, 4, hidden)
    await hand_in("Strange", stranger, 5)
    for number in range(2):
        await hand_in(f"Newer {number}", ada, 6 + number)
    quiz_work, quiz = await new_quiz(uow, course)
    shown = "UPDATE assignments SET title = 'Quiz', is_published = true WHERE id = $1"
    await owner_connection.execute(shown, quiz_work.id)
    async with uow.begin(scope) as tx:
        for number, score in ((1, 40.0), (2, 90.0)):
            at = NOW + timedelta(hours=9 + number)
            done = {"submitted_at": at, "graded_at": at, "score": score, "passed": score > 70}
            await tx.attempts.add(an_attempt(quiz, ada.id, number=number, started_at=NOW, **done))
        await tx.commit()
    of_team = {member.id: member for member in (await overview.team(scope, head.id, "", ALL, now=NOW)).results}
    assert of_team.keys() == {ada.id, ben.id}
    nothing, theirs = of_team[ben.id], of_team[ada.id]
    assert (nothing.submission_count, nothing.waiting_count, nothing.submissions) == (0, 0, [])
    assert (theirs.submission_count, theirs.waiting_count) == (6, 3)
    assert [(each.title, each.status, each.score) for each in theirs.submissions] == [
        ("Quiz", Standing.PASSED, 90.0),
        ("Newer 1", Standing.SUBMITTED, None),
        ("Newer 0", Standing.SUBMITTED, None),
        ("Failed", Standing.FAILED, 2.0),
        ("Passed", Standing.PASSED, 7.5),
    ]
    newest = theirs.submissions[0]
    assert (newest.assignment_id, newest.course_title, newest.submitted_at) == (
        quiz_work.id,
        "Open",
        NOW + timedelta(hours=10),
    )
    # Of a course that is gone nothing is shown.
    await owner_connection.execute("UPDATE courses SET deleted_at = now() WHERE id = $1", course.id)
    gone = (await overview.team(scope, head.id, "ada", ALL, now=NOW)).results[0]
    assert (gone.submission_count, gone.submissions) == (0, [])


async def test_the_school_at_a_glance(uow: PostgresUnitOfWork, overview: PostgresOverviewQueries) -> None:
    scope = await new_school(uow)
    empty = await overview.stats(scope, now=NOW)
    assert empty is not None
    assert (empty.teachers.active, empty.average_completion, empty.overdue, empty.groups) == (0, 0.0, 0, 0)
    await new_user(uow, scope, role=Role.SCHOOL_ADMIN)
    for hashed, is_active in (("$", True), ("", True), ("", True), ("$", False)):
        await new_user(uow, scope, password_hash=hashed, is_active=is_active)
    gone = await new_user(uow, scope)
    async with uow.begin(scope) as tx:
        await tx.users.save(gone.erased())
        await tx.usage.add_stored_bytes(700)
        await tx.commit()
    stats = await overview.stats(scope, now=NOW)
    assert stats is not None
    assert (stats.teachers.active, stats.teachers.invited, stats.teachers.inactive) == (1, 2, 1)
    assert stats.storage.used_bytes == 700
    assert await overview.stats(TenantScope(gone.id), now=NOW) is None


@pytest.mark.parametrize("number", [10, 500])
async def test_each_screen_is_one_statement(
    uow: PostgresUnitOfWork, owner_connection: Owner, tap: Tap, number: int
) -> None:
    scope = await new_school(uow)
    head = await new_user(uow, scope, role=Role.HOD, profile=Profile(department="X"))
    group = await new_group(uow, scope)
    await many_teachers(owner_connection, scope, number)
    await many_courses(owner_connection, scope, 20)
    await owner_connection.execute("UPDATE users SET department = 'X', department_folded = 'x'")
    await owner_connection.execute(
        "INSERT INTO group_members SELECT tenant_id, $2, id, now() FROM users WHERE tenant_id = $1",
        scope.tenant_id,
        group.id,
    )
    people, groups = PostgresPeopleQueries(tap.database), PostgresGroupQueries(tap.database)
    overview = PostgresOverviewQueries(tap.database)
    page = PageRequest(1, 20)
    # The driver asks once for types that it meets for the first time.
    assert await people.personal_data(scope, head.id) is not None
    await people.teachers(scope, TeacherFilter(), page)
    tap.statements.clear()
    found = await overview.team(scope, head.id, "t", page, now=NOW)
    assert (found.count, len(found.results), len(found.results[0].courses)) == (number, min(20, number), 20)
    assert len(tap.statements) == 1
    for screen in (
        lambda: people.teachers(scope, TeacherFilter(group=group.id, is_active=True, search="t"), page),
        lambda: people.teacher(scope, head.id),
        lambda: people.personal_data(scope, head.id),
        lambda: groups.groups(scope, GroupFilter(), page),
        lambda: groups.group(scope, group.id),
        lambda: groups.members(scope, group.id, page),
        lambda: overview.stats(scope, now=NOW),
    ):
        tap.statements.clear()
        assert await screen() is not None
        assert len(tap.statements) == 1
