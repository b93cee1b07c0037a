"""Change, close and erase somebody's account."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest

from lms_app.accounts.edit_teacher import DeactivateTeacher, EditTeacher, TeacherChanges
from lms_app.accounts.erase_teacher import EraseTeacher
from lms_app.actor import Actor
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.errors import Conflict, InvalidInput, NotAllowed, NotFound, PlanLimitReached
from lms_domain.files.stored_file import FilePurpose, new_file
from lms_domain.notices.mail_delivery import MailKind, MailState
from lms_domain.schools.tenant import Limits, Tenant
from tests.unit.lms_app.world import GIB, World


@pytest.fixture
async def green(world: World) -> Tenant:
    return await world.new_school("green", limits=Limits(teachers=2, courses=1, storage_bytes=GIB, video_seconds=60))


@pytest.fixture
async def admin(world: World, green: Tenant) -> Actor:
    return await world.new_admin(green)


@pytest.fixture
def edit(world: World) -> EditTeacher:
    return EditTeacher(world.uow, world.sessions, world.account_mail, world.tell_of_courses, world.trail, world.clock)


@pytest.fixture
def erase(world: World) -> EraseTeacher:
    return EraseTeacher(world.uow, world.sessions, world.trail, world.clock)


def actions(world: World) -> list[str]:
    return [entry.action for entry in world.database.audit.rows()]


async def test_what_is_given_changes_and_the_trail_says_so(
    world: World, green: Tenant, admin: Actor, edit: EditTeacher
) -> None:
    ada = await world.new_user(green)
    tokens = await world.sign_in(green)
    await edit(admin, ada.id, TeacherChanges(first_name=" Grace ", department="Science", subjects=("Physics",)))
    after = await world.user(ada)
    expected = replace(ada.profile, department="Science", subjects=("Physics",))
    assert after == replace(ada, first_name="Grace", profile=expected)
    (entry,) = world.database.audit.rows()
    assert (entry.action, entry.object_id, entry.actor_id) == ("user.changed", ada.id, admin.user_id)
    assert entry.before == {"first_name": "Ada", "department": "", "subjects": []}
    assert entry.after == {"first_name": "Grace", "department": "Science", "subjects": ["Physics"]}
    # Their sessions hold, and a change that changes nothing is no entry.
    assert await world.is_live(green.id, tokens.access)
    await edit(admin, ada.id, TeacherChanges(department="Science"))
    assert actions(world) == ["user.changed"]
    for wrong in (TeacherChanges(first_name=""), TeacherChanges(group_ids=frozenset({world.ids.new()}))):
        with pytest.raises(InvalidInput):
            await edit(admin, ada.id, wrong)


@pytest.mark.parametrize(
    "changes", [TeacherChanges(role=Role.SCHOOL_ADMIN), TeacherChanges(role=Role.HOD), TeacherChanges(is_active=False)]
)
async def test_another_role_or_none_ends_sessions_at_once(
    world: World, green: Tenant, admin: Actor, edit: EditTeacher, changes: TeacherChanges
) -> None:
    ada = await world.new_user(green)
    tokens = await world.sign_in(green)
    assert await world.is_live(green.id, tokens.access)
    await edit(admin, ada.id, changes)
    assert not await world.is_live(green.id, tokens.access)


async def test_nobody_changes_their_own_standing_and_one_administrator_stays(
    world: World, green: Tenant, admin: Actor, edit: EditTeacher, erase: EraseTeacher
) -> None:
    me = admin.user_id
    deactivate = DeactivateTeacher(edit)
    for own in (
        edit(admin, me, TeacherChanges(role=Role.TEACHER)),
        edit(admin, me, TeacherChanges(is_active=False)),
        deactivate(admin, me),
        erase(admin, me),
    ):
        with pytest.raises(Conflict) as refused:
            await own
        assert refused.value.code == "own_account"
    await edit(admin, me, TeacherChanges(bio="Still here", role=Role.SCHOOL_ADMIN))
    second = world.actor(await world.new_user(green, "second@green.test", role=Role.SCHOOL_ADMIN))
    results = await asyncio.gather(
        deactivate(second, me),
        edit(admin, second.user_id, TeacherChanges(role=Role.TEACHER)),
        return_exceptions=True,
    )
    assert [type(result) for result in results].count(Conflict) == 1
    assert [user.is_active_admin for user in world.database.users.rows()].count(True) == 1


async def test_who_comes_back_needs_a_seat(world: World, green: Tenant, admin: Actor, edit: EditTeacher) -> None:
    closed = [await world.new_user(green, f"{n}@green.test", is_active=False) for n in range(3)]
    boss = await world.new_user(green, "boss@green.test", role=Role.SCHOOL_ADMIN)
    results = await asyncio.gather(
        *(edit(admin, user.id, TeacherChanges(is_active=True)) for user in closed),
        edit(admin, boss.id, TeacherChanges(role=Role.TEACHER)),
        return_exceptions=True,
    )
    assert [type(result) for result in results].count(PlanLimitReached) == 2
    assert sum(user.is_learner for user in world.database.users.rows()) == 2


async def test_a_new_address_is_proven_anew(world: World, green: Tenant, admin: Actor, edit: EditTeacher) -> None:
    ada, other = await world.new_user(green), await world.new_user(green, "other@green.test")
    invited = await world.new_user(green, "invited@green.test")
    await world.change_user(invited, password_hash="")
    await edit(admin, ada.id, TeacherChanges(email="Lovelace@green.test"))
    await edit(admin, invited.id, TeacherChanges(email="late@green.test"))
    assert [(mail.to, mail.kind) for mail in await world.mails()] == [
        ("Lovelace@green.test", MailKind.EMAIL_VERIFICATION),
        ("late@green.test", MailKind.INVITATION),
    ]
    assert not (await world.user(ada)).email_verified
    with pytest.raises(Conflict) as refused:
        await edit(admin, other.id, TeacherChanges(email="LOVELACE@green.test"))
    assert refused.value.code == "email_taken"
    visitor = replace(admin, impersonated_by=world.ids.new())
    with pytest.raises(NotAllowed) as not_theirs:
        await edit(visitor, other.id, TeacherChanges(email="mine@green.test"))
    assert not_theirs.value.code == "impersonating"


async def test_erased_for_good(
    world: World, green: Tenant, admin: Actor, edit: EditTeacher, erase: EraseTeacher
) -> None:
    ada = await world.new_user(green)
    tokens = await world.sign_in(green)
    file = new_file(
        file_id=world.ids.new(),
        tenant_id=green.id,
        owner_id=ada.id,
        purpose=FilePurpose.PROFILE_PICTURE,
        key="k.bin",
        file_name="me.png",
        media_type="image/png",
        size_bytes=70,
        now=world.clock.now(),
    )
    async with world.uow.begin(TenantScope(green.id)) as tx:
        await tx.files.add(file)
        await tx.usage.add_stored_bytes(100)
        await world.account_mail.ask_to_verify(tx, ada)
        await tx.commit()
    await erase(admin, ada.id)
    after = await world.user(ada)
    assert after.is_erased
    assert (after.first_name, after.last_name, after.password_hash) == ("Former", "Member", "")
    assert not await world.is_live(green.id, tokens.access)
    (mail,) = await world.mails()
    assert (mail.to, mail.text, mail.state) == ("", "", MailState.FAILED)
    assert [garbage.garbage.prefix for garbage in world.database.garbage.rows()] == ["k.bin"]
    assert world.database.stored_bytes.rows() == [30]
    (entry,) = world.database.audit.rows()
    assert (entry.action, entry.object_name, entry.before, entry.after) == ("user.erased", "Former Member", None, None)
    for gone in (erase(admin, ada.id), edit(admin, ada.id, TeacherChanges(is_active=True))):
        with pytest.raises(NotFound):
            await gone


async def test_other_schools_people_are_not_there(
    world: World, admin: Actor, edit: EditTeacher, erase: EraseTeacher
) -> None:
    foreign = await world.new_user(await world.new_school("blue"), "ada@blue.test")
    head = replace(admin, role=Role.HOD)
    for user_id in (foreign.id, UUID(int=9)):
        for attempt in (edit(admin, user_id, TeacherChanges(bio="x")), erase(admin, user_id)):
            with pytest.raises(NotFound):
                await attempt
        for refused in (edit(head, user_id, TeacherChanges(bio="x")), erase(head, user_id)):
            with pytest.raises(NotAllowed):
                await refused
    with pytest.raises(NotAllowed):
        await erase(replace(admin, impersonated_by=world.ids.new()), foreign.id)
