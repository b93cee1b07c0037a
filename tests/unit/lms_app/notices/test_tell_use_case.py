"""Telling people: once, as they want it, and of nothing that they may not see."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from lms_app.notices import tell as telling
from lms_app.notices.announce import Announce, NewAnnouncement
from lms_app.notices.end_mails import EndMails
from lms_app.notices.morning_round import LISTED, MorningRound
from lms_app.ports.school_roll import SchoolRoll
from lms_app.scope import TenantScope
from lms_domain.accounts.person import User
from lms_domain.accounts.preferences import NotificationPreferences
from lms_domain.accounts.roles import Role
from lms_domain.errors import InvalidInput, NotAllowed, NotFound
from lms_domain.learning.assignment import Assignment, AssignmentKind
from lms_domain.learning.generated import generated_assignment
from lms_domain.learning.quiz import Quiz
from lms_domain.notices.mail_delivery import MailDelivery, MailKind
from lms_domain.notices.notification import Notification, NotificationKind
from lms_domain.schools.tenant import Tenant
from tests.unit.lms_app.world import World

ANNOUNCEMENT = NewAnnouncement("News", "Read this.", to_all=True, group_ids=frozenset(), teacher_ids=frozenset())


class Roll(SchoolRoll):
    """Whatever schools there are."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def in_use(self) -> tuple[UUID, ...]:
        return tuple(school.id for school in self._world.database.tenants.rows())


def told(world: World, user: User) -> list[Notification]:
    return [each for each in world.database.notifications.rows() if each.user_id == user.id]


def mailed(world: World, user: User, kind: MailKind = MailKind.NOTIFICATION) -> list[MailDelivery]:
    return [each for each in world.database.mails.rows() if each.user_id == user.id and each.kind is kind]


async def prefer(world: World, user: User, preferences: NotificationPreferences) -> User:
    changed = replace(user, preferences=preferences)
    async with world.uow.begin(TenantScope(user.tenant_id)) as tx:
        await tx.users.save(changed)
        await tx.commit()
    return changed


def announce(world: World) -> Announce:
    return Announce(world.uow, world.tell, world.trail, world.clock, world.ids)


def morning(world: World) -> MorningRound:
    return MorningRound(world.uow, Roll(world), world.tell, world.brands, world.clock, world.ids)


@pytest.fixture
async def school(world: World) -> Tenant:
    world.clock.set(datetime(2026, 11, 22, 9, tzinfo=UTC))
    return await world.new_school()


@pytest.mark.parametrize(
    ("preferences", "is_told", "is_mailed"),
    [
        (NotificationPreferences(), True, True),
        (NotificationPreferences(mail=False), True, False),
        (NotificationPreferences(digest=True), True, False),
        (NotificationPreferences(unmailed=frozenset({NotificationKind.ANNOUNCEMENT})), True, False),
        (NotificationPreferences(unmailed=frozenset({NotificationKind.REMINDER})), True, True),
        (NotificationPreferences(muted=frozenset({NotificationKind.ANNOUNCEMENT})), False, False),
    ],
)
async def test_as_each_person_wants_it(
    world: World, school: Tenant, preferences: NotificationPreferences, *, is_told: bool, is_mailed: bool
) -> None:
    admin, user = await world.new_admin(school), await world.new_user(school)
    await prefer(world, user, preferences)
    view = await announce(world)(admin, ANNOUNCEMENT)
    assert view.recipient_count == len(told(world, user)) == is_told
    assert len(mailed(world, user)) == is_mailed


async def test_who_has_not_joined_yet_has_an_invitation_and_no_other_mail(world: World, school: Tenant) -> None:
    admin, user = await world.new_admin(school), await world.new_user(school)
    async with world.uow.begin(TenantScope(school.id)) as tx:
        await tx.users.save(replace(user, password_hash=""))
        await tx.commit()
    await announce(world)(admin, ANNOUNCEMENT)
    assert told(world, user)
    assert not mailed(world, user)


async def test_many_are_told_in_batches(world: World, school: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "BATCH", 2)
    admin = await world.new_admin(school)
    users = [await world.new_user(school, f"t{number}@green.test") for number in range(5)]
    assert (await announce(world)(admin, ANNOUNCEMENT)).recipient_count == 5
    assert [len(told(world, user)) for user in users] == [len(mailed(world, user)) for user in users] == [1] * 5


async def test_who_announces_and_to_whom(world: World, school: Tenant) -> None:
    teacher, admin = world.actor(await world.new_user(school)), await world.new_admin(school)
    with pytest.raises(NotAllowed):
        await announce(world)(teacher, ANNOUNCEMENT)
    for wrong in (
        replace(ANNOUNCEMENT, title=" "),
        replace(ANNOUNCEMENT, message="\n"),
        replace(ANNOUNCEMENT, to_all=False),
        replace(ANNOUNCEMENT, group_ids=frozenset({uuid4()})),
        replace(ANNOUNCEMENT, teacher_ids=frozenset({admin.user_id})),
    ):
        with pytest.raises(InvalidInput):
            await announce(world)(admin, wrong)
    assert not world.database.notifications.rows()


async def test_several_courses_at_once_are_one_mail(world: World, school: Tenant) -> None:
    user = await world.new_user(school)
    for title in ("One", "Two", "Three"):
        await world.new_course(school, title, is_published=True)
    await world.new_course(school, "Draft")
    for expected in (3, 0):
        async with world.uow.begin(TenantScope(school.id)) as tx:
            assert await world.tell_of_courses.to_person(tx, user.id) == expected
            await tx.commit()
    [mail] = mailed(world, user)
    assert mail.subject == "3 news from Green"
    assert all(title in mail.text for title in ("One", "Two", "Three"))
    assert "Draft" not in mail.text


async def test_an_assignment_of_an_unpublished_course_is_told_to_nobody(world: World, school: Tenant) -> None:
    user = await world.new_user(school)
    for is_published in (False, True):
        course = await world.new_course(school, f"Course {is_published}", is_published=is_published)
        content = await world.new_link(await world.new_module(course))
        made = generated_assignment(uuid4(), AssignmentKind.REFLECTION, content, now=world.clock.now())
        async with world.uow.begin(TenantScope(school.id)) as tx:
            await tx.assignments.add(made)
            assert [await world.tell_of_courses.of_assignment(tx, made) for _ in range(2)] == [int(is_published), 0]
            await tx.commit()
    assert [each.event_key for each in told(world, user)] == [f"assignment:{made.id}:published"]


async def test_the_link_ends_mail_of_one_kind_and_nothing_else(world: World, school: Tenant) -> None:
    user, other = await world.new_user(school), await world.new_school("other")
    end = EndMails(world.uow, world.unsubscribe_tokens)
    token = world.unsubscribe_tokens.issue(school.id, user.id, NotificationKind.REMINDER)
    assert end.kind_of(school.id, token) is NotificationKind.REMINDER
    for wrong_school, wrong in ((other.id, token), (school.id, token[:-1]), (school.id, token.replace("REM", "SYS"))):
        with pytest.raises(NotFound):
            await end(wrong_school, wrong)
    for _ in range(2):
        assert await end(school.id, token) is NotificationKind.REMINDER
    async with world.uow.begin(TenantScope(school.id)) as tx:
        kept = await tx.users.get(user.id)
    assert kept is not None
    reminders = frozenset({NotificationKind.REMINDER})
    assert kept.preferences == NotificationPreferences(unmailed=reminders)
    assert await end(school.id, world.unsubscribe_tokens.issue(school.id, user.id, None)) is None
    async with world.uow.begin(TenantScope(school.id)) as tx:
        kept = await tx.users.get(user.id)
    assert kept is not None
    assert kept.preferences == NotificationPreferences(mail=False, unmailed=reminders)


async def test_a_quiz_to_be_reviewed_is_told_to_administrators_once(world: World, school: Tenant) -> None:
    admin, teacher = await world.new_user(school, "a@green.test", role=Role.SCHOOL_ADMIN), await world.new_user(school)
    content = await world.new_link(await world.new_module(await world.new_course(school, is_published=True)))
    made = generated_assignment(uuid4(), AssignmentKind.QUIZ, content, now=world.clock.now())
    quiz = new_quiz(world, made)
    async with world.uow.begin(TenantScope(school.id)) as tx:
        assert await world.tell_of_courses.of_assignment(tx, made) == 0
        assert [await world.tell_of_courses.of_review(tx, made, quiz) for _ in range(2)] == [1, 0]
        await tx.commit()
    assert [each.kind for each in told(world, admin)] == [NotificationKind.SYSTEM]
    assert not told(world, teacher)


def new_quiz(world: World, assignment: Assignment) -> Quiz:
    """A draft without questions."""
    return Quiz(
        id=uuid4(),
        tenant_id=assignment.tenant_id,
        assignment_id=assignment.id,
        version=1,
        language="en",
        passing_score=70,
        state_reason="",
        generator="rules",
        transcript_hash=None,
        questions=(),
        created_at=world.clock.now(),
        updated_at=world.clock.now(),
    )


async def test_a_daily_mail_holds_what_was_not_read_once(world: World, school: Tenant) -> None:
    admin = await world.new_admin(school)
    user = await prefer(world, await world.new_user(school), NotificationPreferences(digest=True))
    for number in range(LISTED + 3):
        await announce(world)(admin, replace(ANNOUNCEMENT, title=f"News {number}."))
    world.clock.set(datetime(2026, 11, 23, 6, 59, tzinfo=UTC))
    assert await morning(world)() == 0
    world.clock.set(datetime(2026, 11, 23, 7, 1, tzinfo=UTC))
    assert [await morning(world)() for _ in range(2)] == [1, 0]
    [mail] = mailed(world, user, MailKind.DIGEST)
    assert f"{LISTED + 3} things" in mail.subject
    assert "And 3 more" in mail.text
    assert "News 2." not in mail.text
    assert f"News {LISTED + 2}." in mail.text
    world.pass_time(days=1)
    assert await morning(world)() == 0


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC", "America/Los_Angeles"])
async def test_days_are_those_of_the_school(world: World, zone: str) -> None:
    world.clock.set(datetime(2026, 11, 20, 0, tzinfo=UTC))
    school = await world.new_school(time_zone=zone)
    user = await world.new_user(school)
    deadline = datetime(2026, 11, 22, tzinfo=UTC).date()
    await world.new_course(school, "Due", is_published=True, deadline=deadline)
    hours = []
    for _ in range(24 * 4):
        if await morning(world)():
            hours.append(world.clock.now())
        world.pass_time(hours=1)
    here = school.today(hours[-1])
    assert here == deadline
    assert [each.title for each in told(world, user)][-1] == "Due today: Due"
    assert all(later - earlier >= timedelta(hours=9) for earlier, later in pairwise(hours))


async def test_schools_that_are_shut_get_nothing(world: World, school: Tenant) -> None:
    await world.new_user(school, role=Role.HOD)
    deadline = school.today(world.clock.now()) + timedelta(days=20)
    await world.new_course(school, "Due", is_published=True, deadline=deadline)
    world.pass_time(days=20)
    assert await morning(world)() == 0
