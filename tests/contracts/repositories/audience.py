"""What every repository promises that knows who is to be told of something. A subclass provides the fixture ``uow``."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from lms_app.ports.audience import NewCourse, OpenWork, Recipient, WorkKind, course_key, deadline_key, published_key
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.person import User
from lms_domain.accounts.preferences import NotificationPreferences
from lms_domain.accounts.roles import Role
from lms_domain.courses.course import Content, ContentType, Course
from lms_domain.learning.submission import SubmissionStatus
from lms_domain.notices.mail_delivery import MailKind
from lms_domain.notices.notification import NotificationKind
from tests.contracts.learning_samples import a_submission, an_attempt, new_assignment, new_quiz
from tests.contracts.notice_samples import a_mail, a_notification
from tests.contracts.samples import NOW, a_group, new_content, new_course, new_school, new_user

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = date(2027, 3, 1)
NOBODY: frozenset[UUID] = frozenset()
DIGEST = NotificationPreferences(mail=True, digest=True)

Change = Callable[[TenantTransaction], Awaitable[object]]


def told(person: User) -> Recipient:
    """What is known of a person who is to be told."""
    return Recipient(
        user_id=person.id,
        email=person.email,
        first_name=person.first_name,
        last_name=person.last_name,
        preferences=person.preferences,
        has_joined=bool(person.password_hash),
    )


def ids(people: tuple[Recipient, ...]) -> set[UUID]:
    """Who they are; nobody is named twice."""
    assert len({person.user_id for person in people}) == len(people)
    return {person.user_id for person in people}


async def change(uow: UnitOfWork, scope: TenantScope, *changes: Change) -> None:
    """Each of these, in one transaction."""
    async with uow.begin(scope) as tx:
        for each in changes:
            await each(tx)
        await tx.commit()


async def group_of(uow: UnitOfWork, scope: TenantScope, *members: User) -> UUID:
    """A group with these people."""
    group = a_group(scope)
    people = frozenset(person.id for person in members)
    await change(
        uow,
        scope,
        lambda tx: tx.groups.add(group),
        lambda tx: tx.groups.set_members(group.id, people, on=NOW),
    )
    return group.id


async def course_with_link(uow: UnitOfWork, scope: TenantScope, **changes: object) -> tuple[Course, Content]:
    """A published course for everybody, with one mandatory link."""
    course, module = await new_course(uow, scope, **{"is_published": True, **changes})
    link = {"content_type": ContentType.LINK, "url": "https://example.test/", "required_coverage": None}
    return course, await new_content(uow, module, **link)


async def complete(uow: UnitOfWork, scope: TenantScope, person: User, content: Content) -> None:
    """Somebody is done with a content."""
    await change(
        uow,
        scope,
        lambda tx: tx.progress.start(person.id, content.id, now=NOW),
        lambda tx: tx.progress.set_completed(person.id, content.id, at=NOW),
    )


class AudienceRepositoryContract:
    """Who is to be told of something."""

    @pytest.fixture
    async def scope(self, uow: UnitOfWork) -> TenantScope:
        """A school, beside another one with people and work."""
        other = await new_school(uow)
        await new_user(uow, other)
        await new_user(uow, other, role=Role.SCHOOL_ADMIN)
        course, _ = await course_with_link(uow, other, deadline=TODAY)
        await new_assignment(uow, course, due_date=TODAY)
        return await new_school(uow)

    async def test_chosen_people_are_active_learners_and_named_once(self, uow: UnitOfWork, scope: TenantScope) -> None:
        one = await new_user(uow, scope, preferences=NotificationPreferences(mail=True, digest=True))
        two = await new_user(uow, scope, role=Role.HOD, password_hash="")
        three = await new_user(uow, scope, role=Role.IB_COORDINATOR)
        admin = await new_user(uow, scope, role=Role.SCHOOL_ADMIN)
        gone = await new_user(uow, scope, is_active=False)
        group = await group_of(uow, scope, one, two, admin, gone)
        everybody = frozenset(person.id for person in (one, two, three, admin, gone))
        async with uow.begin(scope) as tx:
            chosen = await tx.audience.chosen(everybody=True, user_ids=NOBODY, group_ids=NOBODY)
            assert chosen == tuple(sorted(map(told, (one, two, three)), key=lambda each: each.user_id))
            assert await tx.audience.chosen(everybody=False, user_ids=everybody, group_ids=NOBODY) == chosen
            some = await tx.audience.chosen(
                everybody=False, user_ids=frozenset({one.id, three.id}), group_ids=frozenset({group})
            )
            assert some == chosen
            members = await tx.audience.chosen(everybody=False, user_ids=NOBODY, group_ids=frozenset({group}))
            assert ids(members) == {one.id, two.id}
            assert await tx.audience.chosen(everybody=False, user_ids=NOBODY, group_ids=NOBODY) == ()
            assert await tx.audience.administrators() == (told(admin),)

    async def test_who_has_a_course_that_nobody_told_them_of(self, uow: UnitOfWork, scope: TenantScope) -> None:
        one, two, member = [await new_user(uow, scope) for _ in range(3)]
        await new_user(uow, scope, is_active=False)
        group = await group_of(uow, scope, member)
        for_all, _ = await new_course(uow, scope, title="A", is_published=True, is_mandatory=False, deadline=TODAY)
        named, _ = await new_course(
            uow, scope, title="B", is_published=True, assigned_to_all=False, teachers=[one.id], deadline=None
        )
        draft, _ = await new_course(uow, scope, title="C")
        deleted, _ = await new_course(uow, scope, title="D", is_published=True)
        await change(
            uow,
            scope,
            lambda tx: tx.courses.assign_groups(named.id, frozenset({group}), on=NOW),
            lambda tx: tx.courses.save(replace(deleted, deleted_at=NOW)),
            lambda tx: tx.notifications.add_many((a_notification(scope, two.id, event_key=course_key(for_all.id)),)),
        )
        courses = frozenset(each.id for each in (for_all, named, draft, deleted))
        async with uow.begin(scope) as tx:
            news = await tx.audience.new_courses(course_ids=courses)
            assert {(each.recipient.user_id, each.course_id) for each in news} == {
                (one.id, for_all.id),
                (one.id, named.id),
                (member.id, for_all.id),
                (member.id, named.id),
            }
            assert await tx.audience.new_courses(user_ids=frozenset({one.id})) == (
                NewCourse(told(one), for_all.id, "A", False, TODAY),
                NewCourse(told(one), named.id, "B", True, None),
            )
            assert await tx.audience.new_courses(user_ids=frozenset({two.id})) == ()
            assert await tx.audience.new_courses() == ()
            everybody = frozenset({one.id, two.id, member.id})
            of_group = await tx.audience.new_courses(user_ids=everybody, of_group=group)
            assert {(each.recipient.user_id, each.course_id) for each in of_group} == {
                (one.id, named.id),
                (member.id, named.id),
            }
            assert await tx.audience.new_courses(user_ids=everybody, of_group=uuid4()) == ()

    async def test_who_has_not_completed_a_course(self, uow: UnitOfWork, scope: TenantScope) -> None:
        done, begun, late, outside = [await new_user(uow, scope) for _ in range(4)]
        people = [done.id, begun.id, late.id]
        course, content = await course_with_link(uow, scope, assigned_to_all=False, teachers=people)
        essay = await new_assignment(uow, course)
        await new_assignment(uow, course, is_published=False)
        for person in (done, late):
            await complete(uow, scope, person, content)
        handed_in = a_submission(essay, done.id, status=SubmissionStatus.SUBMITTED, submitted_at=NOW)
        await change(
            uow,
            scope,
            lambda tx: tx.progress.start(begun.id, content.id, now=NOW),
            lambda tx: tx.submissions.add(handed_in),
        )
        async with uow.begin(scope) as tx:
            assert ids(await tx.audience.unfinished_in_course(course.id, user_ids=None)) == {begun.id, late.id}
            asked = frozenset({late.id, outside.id, done.id})
            assert await tx.audience.unfinished_in_course(course.id, user_ids=asked) == (told(late),)
            assert await tx.audience.unfinished_in_course(course.id, user_ids=NOBODY) == ()
            await tx.courses.save(replace(course, is_published=False))
            assert await tx.audience.unfinished_in_course(course.id, user_ids=None) == ()

    async def test_who_has_an_assignment_and_who_still_owes_it(self, uow: UnitOfWork, scope: TenantScope) -> None:
        handed, drafting, idle, passed, failed = people = [await new_user(uow, scope) for _ in range(5)]
        await new_user(uow, scope, role=Role.SCHOOL_ADMIN)
        course, _ = await course_with_link(uow, scope)
        essay = await new_assignment(uow, course, passing_score=10)
        draft = await new_assignment(uow, course, is_published=False)
        quiz_assignment, quiz = await new_quiz(uow, course)
        end = {"submitted_at": NOW, "graded_at": NOW}
        graded = {"status": SubmissionStatus.GRADED, "submitted_at": NOW, "graded_by": idle.id, "graded_at": NOW}
        await change(
            uow,
            scope,
            lambda tx: tx.submissions.add(
                a_submission(essay, handed.id, status=SubmissionStatus.SUBMITTED, submitted_at=NOW)
            ),
            lambda tx: tx.submissions.add(a_submission(essay, drafting.id)),
            lambda tx: tx.submissions.add(a_submission(essay, passed.id, score=10.0, **graded)),
            lambda tx: tx.submissions.add(a_submission(essay, failed.id, score=9.0, **graded)),
            lambda tx: tx.attempts.add(an_attempt(quiz, passed.id, score=80.0, passed=True, **end)),
            lambda tx: tx.attempts.add(an_attempt(quiz, failed.id, score=10.0, passed=False, **end)),
        )
        everybody = {person.id for person in people}
        async with uow.begin(scope) as tx:
            assert ids(await tx.audience.of_assignment(essay.id)) == everybody
            assert await tx.audience.of_assignment(draft.id) == ()
            owed = await tx.audience.unfinished_assignment(essay.id, user_ids=None)
            assert ids(owed) == {drafting.id, idle.id, failed.id}
            asked = frozenset({idle.id, handed.id})
            assert await tx.audience.unfinished_assignment(essay.id, user_ids=asked) == (told(idle),)
            open_quiz = await tx.audience.unfinished_assignment(quiz_assignment.id, user_ids=None)
            assert ids(open_quiz) == everybody - {passed.id}
            assert await tx.audience.unfinished_assignment(draft.id, user_ids=None) == ()
            await tx.notifications.add_many((a_notification(scope, idle.id, event_key=published_key(essay.id)),))
            assert ids(await tx.audience.of_assignment(essay.id)) == everybody - {idle.id}

    @pytest.mark.parametrize(("days", "stage"), [(-1, None), (0, 0), (1, 1), (2, 3), (3, 3), (4, 7), (7, 7), (8, None)])
    async def test_work_that_is_due_soon_is_told_once_at_every_stage(
        self, uow: UnitOfWork, scope: TenantScope, days: int, stage: int | None
    ) -> None:
        person, done, warned = [await new_user(uow, scope) for _ in range(3)]
        deadline = TODAY + timedelta(days=days)
        course, content = await course_with_link(uow, scope, deadline=deadline)
        essay = await new_assignment(uow, course, due_date=deadline, is_mandatory=False)
        await new_assignment(uow, course, due_date=deadline, is_published=False)
        await complete(uow, scope, done, content)
        handed_in = a_submission(essay, done.id, status=SubmissionStatus.SUBMITTED, submitted_at=NOW)
        keys = [
            deadline_key(kind, subject, deadline, stage or 0)
            for kind, subject in ((WorkKind.COURSE, course.id), (WorkKind.ASSIGNMENT, essay.id))
        ]
        await change(
            uow,
            scope,
            lambda tx: tx.submissions.add(handed_in),
            lambda tx: tx.notifications.add_many(
                tuple(a_notification(scope, warned.id, event_key=key) for key in keys)
            ),
        )
        async with uow.begin(scope) as tx:
            work = await tx.audience.open_work(TODAY)
        expected = {
            OpenWork(told(person), WorkKind.COURSE, course.id, course.id, course.title, deadline),
            OpenWork(told(person), WorkKind.ASSIGNMENT, essay.id, course.id, essay.title, deadline),
        }
        assert len(work) == len(set(work))
        assert set(work) == (expected if stage is not None else set())

    async def test_what_waits_for_a_daily_mail(self, uow: UnitOfWork, scope: TenantScope) -> None:
        person = await new_user(uow, scope, preferences=DIGEST)
        at_once = await new_user(uow, scope, preferences=NotificationPreferences(mail=True, digest=False))
        no_mail = await new_user(uow, scope, preferences=NotificationPreferences(mail=False, digest=True))
        gone = await new_user(uow, scope, preferences=DIGEST, is_active=False)
        first, second = (
            a_notification(scope, person.id, title=title, link=f"/{title}", created_at=NOW + hours * HOUR)
            for title, hours in (("first", 1), ("second", 2))
        )
        read = a_notification(scope, person.id, read_at=NOW + HOUR, created_at=NOW + HOUR)
        later = a_notification(scope, person.id, created_at=NOW + 3 * HOUR + timedelta(seconds=1))
        old = a_notification(scope, person.id, created_at=NOW + 3 * HOUR - 7 * DAY)
        others = [a_notification(scope, each.id, created_at=NOW + HOUR) for each in (at_once, no_mail, gone)]
        await change(uow, scope, lambda tx: tx.notifications.add_many((first, second, read, later, old, *others)))
        until = NOW + 3 * HOUR
        async with uow.begin(scope) as tx:
            waiting = await tx.audience.waiting_for_digest(until)
            assert [(each.recipient, each.kind, each.title, each.link) for each in waiting] == [
                (told(person), NotificationKind.COURSE_ASSIGNED, "first", "/first"),
                (told(person), NotificationKind.COURSE_ASSIGNED, "second", "/second"),
            ]
            sent = a_mail(scope, user_id=person.id, kind=MailKind.DIGEST, created_at=NOW + HOUR)
            await tx.mail.add_many((sent,))
            assert [each.title for each in await tx.audience.waiting_for_digest(until)] == ["second"]
