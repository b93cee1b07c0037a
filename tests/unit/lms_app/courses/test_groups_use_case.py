"""Groups and who is in them."""

import asyncio
from dataclasses import replace

import pytest

from lms_app.actor import Actor
from lms_app.courses.edit_group import CreateGroup, DeleteGroup, EditGroup
from lms_app.courses.group_members import AddGroupMembers, RemoveGroupMember, SetGroupMembers
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.courses.group import GroupKind
from lms_domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from lms_domain.schools.tenant import Tenant
from tests.unit.lms_app.world import World


@pytest.fixture
async def green(world: World) -> Tenant:
    return await world.new_school("green")


@pytest.fixture
async def admin(world: World, green: Tenant) -> Actor:
    return await world.new_admin(green)


@pytest.fixture
def create(world: World) -> CreateGroup:
    return CreateGroup(world.uow, world.trail, world.clock, world.ids)


@pytest.fixture
def add(world: World) -> AddGroupMembers:
    return AddGroupMembers(world.uow, world.tell_of_courses, world.trail, world.clock)


@pytest.fixture
def set_members(world: World) -> SetGroupMembers:
    return SetGroupMembers(world.uow, world.tell_of_courses, world.trail, world.clock)


async def test_a_groups_life(world: World, green: Tenant, admin: Actor, create: CreateGroup) -> None:
    edit, remove = EditGroup(world.uow, world.trail), DeleteGroup(world.uow, world.trail)
    group_id = await create(admin, name="  Chess ", kind=GroupKind.CUSTOM)
    await edit(admin, group_id, name="Chess")
    await edit(admin, group_id, kind=GroupKind.IB)
    async with world.uow.begin(TenantScope(green.id)) as tx:
        group = await tx.groups.get(group_id)
        assert group is not None
        assert (group.name, group.kind) == ("Chess", GroupKind.IB)
    await remove(admin, group_id)
    assert [(entry.action, entry.before, entry.after) for entry in world.database.audit.rows()] == [
        ("group.created", None, {"name": "Chess", "kind": "CUSTOM"}),
        ("group.changed", {"kind": "CUSTOM"}, {"kind": "IB"}),
        ("group.deleted", {"name": "Chess", "kind": "IB", "member_count": 0}, None),
    ]
    for attempt in (edit(admin, group_id, name="x"), remove(admin, group_id)):
        with pytest.raises(NotFound):
            await attempt


async def test_a_name_is_given_once(world: World, admin: Actor, create: CreateGroup) -> None:
    results = await asyncio.gather(
        *(create(admin, name=name, kind=GroupKind.CUSTOM) for name in ("Größe", "GRÖSSE")), return_exceptions=True
    )
    (refused,) = [result for result in results if isinstance(result, Conflict)]
    assert (refused.code, refused.errors[0].field) == ("group_name_taken", "name")
    other = await create(admin, name="Other", kind=GroupKind.CUSTOM)
    with pytest.raises(Conflict):
        await EditGroup(world.uow, world.trail)(admin, other, name="grösse")
    with pytest.raises(InvalidInput):
        await create(admin, name=" ", kind=GroupKind.CUSTOM)


async def test_who_joins_is_told_of_courses_once(
    world: World, green: Tenant, admin: Actor, create: CreateGroup, add: AddGroupMembers, set_members: SetGroupMembers
) -> None:
    group_id = await create(admin, name="Chess", kind=GroupKind.CUSTOM)
    ada, bob = await world.new_user(green), await world.new_user(green, "bob@green.test")
    course = await world.new_course(green, is_published=True, assigned_to_all=False)
    async with world.uow.begin(TenantScope(green.id)) as tx:
        await tx.courses.assign_groups(course.id, frozenset({group_id}), on=world.clock.now())
        await tx.commit()
    await add(admin, group_id, [ada.id, ada.id])
    await add(admin, group_id, [ada.id])
    await set_members(admin, group_id, [ada.id, bob.id])
    await RemoveGroupMember(world.uow, world.trail)(admin, group_id, ada.id)
    await RemoveGroupMember(world.uow, world.trail)(admin, group_id, ada.id)
    await add(admin, group_id, [ada.id])
    told = sorted(notification.user_id for notification in world.database.notifications.rows())
    assert told == sorted([ada.id, bob.id])
    assert [entry.action for entry in world.database.audit.rows()] == [
        "group.created",
        "group.members_added",
        "group.members_changed",
        "group.member_removed",
        "group.members_added",
    ]


async def test_strangers_cannot_join(
    world: World, green: Tenant, admin: Actor, create: CreateGroup, add: AddGroupMembers, set_members: SetGroupMembers
) -> None:
    group_id = await create(admin, name="Chess", kind=GroupKind.CUSTOM)
    ada, gone = await world.new_user(green), await world.new_user(green, "gone@green.test")
    foreign = await world.new_user(await world.new_school("blue"), "ada@blue.test")
    await world.change_user(gone, email=gone.erased().email)
    for change in (add, set_members):
        with pytest.raises(InvalidInput) as refused:
            await change(admin, group_id, [ada.id, foreign.id, gone.id])
        assert [error.field for error in refused.value.errors] == ["teacher_ids.1", "teacher_ids.2"]
        with pytest.raises(NotFound):
            await change(admin, world.ids.new(), [ada.id])
        with pytest.raises(NotAllowed):
            await change(replace(admin, role=Role.HOD), group_id, [])
    assert not world.database.group_members.rows()
