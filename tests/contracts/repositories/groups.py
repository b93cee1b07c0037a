"""What every repository of groups of teachers promises. A subclass provides the fixture ``uow``."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lms_app.ports.groups import Moved
from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.courses.group import GroupKind, TeacherGroup
from lms_domain.errors import NotFound
from tests.contracts.samples import NOW, a_group, new_course, new_school, new_user

LATER = NOW + timedelta(days=1)


class GroupRepositoryContract:
    """Groups and who is in them."""

    async def test_a_group_comes_back_as_it_was(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        group, other = await new_group(uow, scope), await new_group(uow, scope)
        changed = replace(group, name="Another name", kind=GroupKind.IB)
        async with uow.begin(scope) as tx:
            assert await tx.groups.get(group.id) == group
            await tx.groups.save(changed)
            await tx.groups.save(a_group(scope))
            assert await tx.groups.get(group.id) == changed
            assert await tx.groups.get(other.id) == other
            assert await tx.groups.get(uuid4()) is None
            assert await tx.groups.existing(frozenset({group.id, uuid4()})) == {group.id}
            assert await tx.groups.existing(frozenset()) == frozenset()

    async def test_a_name_is_given_once_without_case(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        group = await new_group(uow, scope, name="Größe")
        other = await new_group(uow, scope)
        async with uow.begin(scope) as tx:
            for attempt in (
                tx.groups.add(a_group(scope, name="GRÖSSE")),
                tx.groups.save(replace(other, name="grösse")),
            ):
                with pytest.raises(Taken) as taken:
                    await attempt
                assert taken.value.what == "group_name"
            await tx.groups.save(replace(group, name="GRÖSSE"))
            await tx.commit()
        results = await asyncio.gather(
            *(new_group(uow, scope, name="At once") for _ in range(5)), return_exceptions=True
        )
        assert sum(isinstance(result, Taken) for result in results) == 4

    async def test_the_groups_of_somebody(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        a, b, c = [await new_group(uow, scope) for _ in range(3)]
        user, other = (await new_user(uow, scope)).id, (await new_user(uow, scope)).id
        async with uow.begin(scope) as tx:
            await tx.groups.add_members(a.id, frozenset({other}), on=NOW)
            assert await tx.groups.set_groups_of(user, frozenset({a.id, b.id}), on=NOW)
            assert not await tx.groups.set_groups_of(user, frozenset({a.id, b.id}), on=LATER)
            assert await tx.groups.set_groups_of(user, frozenset({b.id, c.id}), on=LATER)
            assert [await tx.groups.members(group.id) for group in (a, b, c)] == [{other}, {user}, {user}]
            assert await tx.groups.set_groups_of(user, frozenset(), on=LATER)
            assert await tx.groups.members(a.id) == {other}
            with pytest.raises(NotFound):
                await tx.groups.set_groups_of(user, frozenset({uuid4()}), on=NOW)

    async def test_members(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        group = await new_group(uow, scope)
        a, b, c = [(await new_user(uow, scope, is_active=n > 0)).id for n in range(3)]
        async with uow.begin(scope) as tx:
            assert await tx.groups.members(group.id) == frozenset()
            assert await tx.groups.set_members(group.id, frozenset({a, b}), on=NOW) == Moved(
                frozenset({a, b}), frozenset()
            )
            assert await tx.groups.set_members(group.id, frozenset({b, c}), on=LATER) == Moved(
                frozenset({c}), frozenset({a})
            )
            assert await tx.groups.add_members(group.id, frozenset({a, b}), on=LATER) == {a}
            assert await tx.groups.add_members(group.id, frozenset(), on=LATER) == frozenset()
            await tx.groups.remove_member(group.id, c)
            await tx.groups.remove_member(group.id, c)
            await tx.groups.remove_member(group.id, uuid4())
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.groups.members(group.id) == {a, b}
            assert await tx.groups.members(uuid4()) == frozenset()
            assert await tx.groups.set_members(group.id, frozenset(), on=LATER) == Moved(frozenset(), frozenset({a, b}))
            assert await tx.groups.members(group.id) == frozenset()

    async def test_of_many_that_add_somebody_at_once_one_did(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        group, user = await new_group(uow, scope), await new_user(uow, scope)

        async def add() -> frozenset[UUID]:
            async with uow.begin(scope) as tx:
                new = await tx.groups.add_members(group.id, frozenset({user.id}), on=NOW)
                await tx.commit()
            return new

        assert sorted(map(len, await asyncio.gather(*(add() for _ in range(5))))) == [0, 0, 0, 0, 1]

    async def test_of_many_that_set_the_members_at_once_the_last_one_did(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        group = await new_group(uow, scope)
        people = [(await new_user(uow, scope)).id for _ in range(5)]

        async def set_to(user_id: UUID) -> None:
            async with uow.begin(scope) as tx:
                assert await tx.groups.get(group.id, for_update=True) == group
                await tx.groups.set_members(group.id, frozenset({user_id}), on=NOW)
                await tx.commit()

        await asyncio.gather(*(set_to(user_id) for user_id in people))
        async with uow.begin(scope) as tx:
            assert len(await tx.groups.members(group.id)) == 1

    async def test_the_kinds_of_a_persons_groups(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user, other = await new_user(uow, scope), await new_user(uow, scope)
        groups = [await new_group(uow, scope, kind=kind) for kind in (GroupKind.IB, GroupKind.IB, GroupKind.GRADE)]
        await new_group(uow, scope, kind=GroupKind.CUSTOM)
        async with uow.begin(scope) as tx:
            for group in groups:
                await tx.groups.add_members(group.id, frozenset({user.id}), on=NOW)
            assert await tx.groups.kinds_of(user.id) == {GroupKind.IB, GroupKind.GRADE}
            assert await tx.groups.kinds_of(other.id) == frozenset()

    async def test_a_group_goes_with_its_members_and_courses(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        gone, kept = await new_group(uow, scope), await new_group(uow, scope)
        user = await new_user(uow, scope)
        course, _ = await new_course(uow, scope, assigned_to_all=False, is_published=True)
        async with uow.begin(scope) as tx:
            for group in (gone, kept):
                await tx.groups.set_members(group.id, frozenset({user.id}), on=NOW)
            await tx.courses.assign_groups(course.id, frozenset({gone.id}), on=NOW)
            assert await tx.courses.assignees(course.id) == {user.id}
            assert await tx.courses.published_of_group(gone.id) == (course,)
            await tx.groups.delete(gone.id)
            await tx.groups.delete(gone.id)
            assert await tx.groups.get(gone.id) is None
            assert await tx.groups.members(gone.id) == frozenset()
            assert await tx.courses.assignees(course.id) == frozenset()
            assert await tx.courses.published_of_group(gone.id) == ()
            assert await tx.groups.members(kept.id) == {user.id}

    async def test_members_are_people_of_the_school(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        group, user, foreign = await new_group(uow, ours), await new_user(uow, ours), await new_user(uow, theirs)
        for group_id, user_id in ((group.id, uuid4()), (group.id, foreign.id), (uuid4(), user.id)):
            for name in ("set_members", "add_members"):
                async with uow.begin(ours) as tx:
                    with pytest.raises(NotFound):
                        await getattr(tx.groups, name)(group_id, frozenset({user_id}), on=NOW)

    async def test_another_schools_groups_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        group, user = await new_group(uow, theirs), await new_user(uow, theirs)
        async with uow.begin(theirs) as tx:
            await tx.groups.set_members(group.id, frozenset({user.id}), on=NOW)
            await tx.commit()
        async with uow.begin(ours) as tx:
            assert await tx.groups.get(group.id) is None
            assert await tx.groups.existing(frozenset({group.id})) == frozenset()
            assert await tx.groups.members(group.id) == frozenset()
            assert await tx.groups.kinds_of(user.id) == frozenset()
            await tx.groups.set_members(group.id, frozenset(), on=NOW)
            await tx.groups.remove_member(group.id, user.id)
            await tx.groups.delete(group.id)
            for attempt in (tx.groups.add, tx.groups.save):
                with pytest.raises(ValueError, match="school"):
                    await attempt(replace(group, name="Ours"))
            await tx.groups.save(replace(group, tenant_id=ours.tenant_id, name="Ours"))
            await tx.groups.add(a_group(ours, name=group.name))
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.groups.get(group.id) == group
            assert await tx.groups.members(group.id) == {user.id}


async def new_group(uow: UnitOfWork, scope: TenantScope, **changes: object) -> TeacherGroup:
    """A group that is there."""
    group = a_group(scope, **changes)
    async with uow.begin(scope) as tx:
        await tx.groups.add(group)
        await tx.commit()
    return group
