"""Register a person of the school."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from lms_app.accounts.register_teacher import NewTeacher, RegisterTeacher, check_confirmation
from lms_app.accounts.show_me import ShowMe
from lms_app.actor import Actor
from lms_app.scope import TenantScope
from lms_domain.accounts.person import Profile
from lms_domain.accounts.roles import LEARNER_ROLES, Role
from lms_domain.courses.group import GroupKind, TeacherGroup
from lms_domain.errors import Conflict, InvalidInput, NotAllowed, NotSignedIn, PlanLimitReached
from lms_domain.notices.mail_delivery import MailKind
from lms_domain.schools.tenant import Limits, Tenant
from tests.unit.lms_app.world import GIB, PASSWORD, World

GRACE = NewTeacher(
    email="grace@green.test",
    first_name="Grace",
    last_name="Hopper",
    role=Role.TEACHER,
    password=PASSWORD,
    profile=Profile(department=" Science ", subjects=("Physics",), date_of_joining=date(2024, 9, 1)),
)


@pytest.fixture
async def green(world: World) -> Tenant:
    return await world.new_school("green", limits=Limits(teachers=3, courses=1, storage_bytes=GIB, video_seconds=60))


@pytest.fixture
async def admin(world: World, green: Tenant) -> Actor:
    return await world.new_admin(green)


@pytest.fixture
def register(world: World) -> RegisterTeacher:
    return RegisterTeacher(
        world.uow, world.hasher, world.account_mail, world.tell_of_courses, world.trail, world.clock, world.ids
    )


async def test_a_new_person_must_change_the_initial_password(
    world: World, green: Tenant, admin: Actor, register: RegisterTeacher
) -> None:
    view = await register(admin, GRACE)
    assert (view.email, view.role, view.tenant_id) == ("grace@green.test", Role.TEACHER, green.id)
    assert (view.must_change_password, view.is_active, view.email_verified) == (True, True, False)
    assert (view.department, view.subjects, view.date_of_joining) == ("Science", ["Physics"], date(2024, 9, 1))
    tokens = await world.sign_in(green, "grace@green.test")
    actor = Actor(
        user_id=view.id,
        tenant_id=green.id,
        role=Role.TEACHER,
        session_id=world.access_tokens.verify(tokens.access).session_id,
    )
    assert await ShowMe(world.uow)(actor) == view


@pytest.mark.parametrize("role", sorted(LEARNER_ROLES))
async def test_every_learner_counts_against_the_plan(
    world: World, green: Tenant, admin: Actor, register: RegisterTeacher, role: Role
) -> None:
    for number in range(3):
        await register(admin, replace(GRACE, email=f"t{number}@green.test", role=role))
    with pytest.raises(PlanLimitReached) as refused:
        await register(admin, GRACE)
    assert refused.value.code == "plan_limit"
    assert "3" in refused.value.detail
    async with world.uow.begin(TenantScope(green.id)) as tx:
        assert await tx.usage.teacher_count() == 3
        assert await tx.users.by_email("grace@green.test") is None


async def test_administrators_do_not_count(admin: Actor, register: RegisterTeacher) -> None:
    for number in range(3):
        await register(admin, replace(GRACE, email=f"t{number}@green.test"))
    view = await register(admin, replace(GRACE, role=Role.SCHOOL_ADMIN))
    assert view.role is Role.SCHOOL_ADMIN


async def test_a_place_becomes_free_when_somebody_is_deactivated(
    world: World, green: Tenant, admin: Actor, register: RegisterTeacher
) -> None:
    people = [await world.new_user(green, f"t{number}@green.test") for number in range(3)]
    await world.change_user(people[0], is_active=False)
    assert (await register(admin, GRACE)).is_active


async def test_the_limit_holds_when_many_register_at_once(
    world: World, green: Tenant, admin: Actor, register: RegisterTeacher
) -> None:
    attempts = (register(admin, replace(GRACE, email=f"t{number}@green.test")) for number in range(10))
    results = await asyncio.gather(*attempts, return_exceptions=True)
    assert sum(isinstance(result, PlanLimitReached) for result in results) == 7
    async with world.uow.begin(TenantScope(green.id)) as tx:
        assert await tx.usage.teacher_count() == 3


@pytest.mark.parametrize("email", ["grace@green.test", "GRACE@Green.TEST", " grace@green.test "])
async def test_an_address_is_taken_once_within_the_school(admin: Actor, register: RegisterTeacher, email: str) -> None:
    await register(admin, GRACE)
    with pytest.raises(Conflict) as refused:
        await register(admin, replace(GRACE, email=email))
    assert refused.value.code == "email_taken"
    assert refused.value.errors[0].field == "email"


async def test_the_same_person_may_teach_at_two_schools(world: World, admin: Actor, register: RegisterTeacher) -> None:
    other = await world.new_admin(await world.new_school("blue"))
    assert (await register(admin, GRACE)).id != (await register(other, GRACE)).id


@pytest.mark.parametrize(
    ("teacher", "field"),
    [
        (replace(GRACE, email="nobody"), "email"),
        (replace(GRACE, first_name=" "), "first_name"),
        (replace(GRACE, last_name="\x00"), "last_name"),
        (replace(GRACE, role=Role.SUPER_ADMIN, password="nine otters painted"), "role"),
        (replace(GRACE, password="short"), "password"),
        (replace(GRACE, password="grace hopper!"), "password"),
        (replace(GRACE, role=Role.SCHOOL_ADMIN, password="otters swim!"), "password"),
        (replace(GRACE, profile=Profile(bio="x" * 2001)), "bio"),
    ],
)
async def test_what_is_refused(
    world: World, green: Tenant, admin: Actor, register: RegisterTeacher, teacher: NewTeacher, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await register(admin, teacher)
    assert refused.value.errors[0].field == field
    async with world.uow.begin(TenantScope(green.id)) as tx:
        assert await tx.usage.teacher_count() == 0


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SCHOOL_ADMIN}))
async def test_only_administrators_register(admin: Actor, register: RegisterTeacher, role: Role) -> None:
    actor = replace(admin, role=role, tenant_id=None if role is Role.SUPER_ADMIN else admin.tenant_id)
    with pytest.raises(NotAllowed):
        await register(actor, GRACE)


def test_a_repeated_password() -> None:
    check_confirmation("a", None)
    check_confirmation("a", "a")
    with pytest.raises(InvalidInput) as refused:
        check_confirmation("a", "b")
    assert refused.value.errors[0].field == "password_confirm"


async def test_who_is_gone_is_nobody(world: World, green: Tenant) -> None:
    for tenant_id, role in ((green.id, Role.TEACHER), (None, Role.SUPER_ADMIN)):
        actor = Actor(user_id=world.ids.new(), tenant_id=tenant_id, role=role, session_id=world.ids.new())
        with pytest.raises(NotSignedIn):
            await ShowMe(world.uow)(actor)


async def test_without_a_password_somebody_is_invited(
    world: World, green: Tenant, admin: Actor, register: RegisterTeacher
) -> None:
    view = await register(admin, replace(GRACE, password=None))
    assert (view.must_change_password, view.email_verified) == (False, False)
    (mail,) = await world.mails()
    assert (mail.kind, mail.to, mail.user_id) == (MailKind.INVITATION, "grace@green.test", view.id)
    assert "/accept-invitation?" in mail.text
    async with world.uow.begin(TenantScope(green.id)) as tx:
        user = await tx.users.get(view.id)
    assert user is not None
    assert user.password_hash == ""
    for guess in ("", PASSWORD):
        assert not await world.hasher.verify(user.password_hash, guess)


async def test_with_a_password_the_address_is_still_to_be_proven(
    world: World, admin: Actor, register: RegisterTeacher
) -> None:
    await register(admin, GRACE)
    (mail,) = await world.mails()
    assert mail.kind is MailKind.EMAIL_VERIFICATION
    assert PASSWORD not in mail.text


async def test_somebody_joins_groups_at_once_or_not_at_all(
    world: World, green: Tenant, admin: Actor, register: RegisterTeacher
) -> None:
    groups = [TeacherGroup(world.ids.new(), green.id, name, GroupKind.CUSTOM, world.clock.now()) for name in "ab"]
    async with world.uow.begin(TenantScope(green.id)) as tx:
        for group in groups:
            await tx.groups.add(group)
        await tx.commit()
    ids = frozenset(group.id for group in groups)
    with pytest.raises(InvalidInput) as refused:
        await register(admin, replace(GRACE, group_ids=ids | {world.ids.new()}))
    assert (refused.value.errors[0].field, refused.value.errors[0].code) == ("group_ids", "unknown")
    assert await world.mails() == []
    view = await register(admin, replace(GRACE, group_ids=ids))
    async with world.uow.begin(TenantScope(green.id)) as tx:
        for group in groups:
            assert await tx.groups.members(group.id) == {view.id}
