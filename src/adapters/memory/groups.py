"""Groups of teachers, in memory."""

from datetime import datetime
from uuid import UUID

from adapters.memory.checks import check_school, require
from adapters.memory.courses import folded
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.groups import GroupRepository, Moved
from lms_app.ports.repositories import Taken
from lms_domain.courses.group import GroupKind, TeacherGroup


class MemoryGroupRepository(GroupRepository):
    """The groups of one school and who is in them."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._tenants = Rows(database.tenants, tx, tenant_id)
        self._users = Rows(database.users, tx, tenant_id)
        self._groups = Rows(database.groups, tx, tenant_id)
        self._members = Rows(database.group_members, tx, tenant_id)
        self._courses = Rows(database.course_groups, tx, tenant_id)

    async def add(self, group: TeacherGroup) -> None:
        check_school(group.tenant_id, self._tenant_id)
        require(self._tenants.get(self._tenant_id))
        await self._check_name(group)
        self._groups.put(group.id, group)

    async def get(self, group_id: UUID, *, for_update: bool = False) -> TeacherGroup | None:
        return await self._groups.lock(group_id) if for_update else self._groups.get(group_id)

    async def save(self, group: TeacherGroup) -> None:
        check_school(group.tenant_id, self._tenant_id)
        if await self._groups.lock(group.id) is not None:
            await self._check_name(group)
            self._groups.put(group.id, group)

    async def delete(self, group_id: UUID) -> None:
        if await self._groups.lock(group_id) is None:
            return
        for user_id in await self.members(group_id):
            self._members.remove((group_id, user_id))
        for course_id, assigned_to in [key for key, _ in self._courses.keyed()]:
            if assigned_to == group_id:
                self._courses.remove((course_id, group_id))
        self._groups.remove(group_id)

    async def existing(self, group_ids: frozenset[UUID]) -> frozenset[UUID]:
        return frozenset(group.id for group in self._groups.values() if group.id in group_ids)

    async def members(self, group_id: UUID) -> frozenset[UUID]:
        return frozenset(user_id for (of_group, user_id), _ in self._members.keyed() if of_group == group_id)

    async def set_members(self, group_id: UUID, user_ids: frozenset[UUID], *, on: datetime) -> Moved:
        left = await self.members(group_id) - user_ids
        for user_id in left:
            self._members.remove((group_id, user_id))
        return Moved(await self.add_members(group_id, user_ids, on=on), left)

    async def add_members(self, group_id: UUID, user_ids: frozenset[UUID], *, on: datetime) -> frozenset[UUID]:
        group = await self._groups.lock(group_id)
        if user_ids:
            require(group, *(self._users.get(user_id) for user_id in user_ids))
        new = user_ids - await self.members(group_id)
        for user_id in new:
            self._members.put((group_id, user_id), on)
        return new

    async def remove_member(self, group_id: UUID, user_id: UUID) -> None:
        self._members.remove((group_id, user_id))

    async def set_groups_of(self, user_id: UUID, group_ids: frozenset[UUID], *, on: datetime) -> bool:
        if group_ids:
            require(self._users.get(user_id), *(self._groups.get(group_id) for group_id in group_ids))
        present = {group_id for (group_id, member), _ in self._members.keyed() if member == user_id}
        for group_id in present - group_ids:
            self._members.remove((group_id, user_id))
        for group_id in group_ids - present:
            self._members.put((group_id, user_id), on)
        return present != group_ids

    async def kinds_of(self, user_id: UUID) -> frozenset[GroupKind]:
        groups = [self._groups.get(group_id) for (group_id, member), _ in self._members.keyed() if member == user_id]
        return frozenset(group.kind for group in groups if group is not None)

    async def _check_name(self, group: TeacherGroup) -> None:
        name = folded(group.name)
        await self._groups.lock_value(name)
        if any(folded(other.name) == name and other.id != group.id for other in self._groups.values()):
            raise Taken("group_name")
