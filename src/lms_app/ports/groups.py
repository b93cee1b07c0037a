"""Port: groups of teachers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from lms_domain.courses.group import GroupKind, TeacherGroup


@dataclass(frozen=True, slots=True)
class Moved:
    """Who joined a group, and who left it."""

    joined: frozenset[UUID]
    left: frozenset[UUID]


class GroupRepository(Protocol):
    """The groups of one school and who is in them. Members are people of the school."""

    async def add(self, group: TeacherGroup) -> None:
        """Raises Taken ``group_name``. Names that differ in case only are the same."""
        ...

    async def get(self, group_id: UUID, *, for_update: bool = False) -> TeacherGroup | None:
        """One group; with ``for_update`` its row is locked until the transaction ends."""
        ...

    async def save(self, group: TeacherGroup) -> None:
        """Name and kind. Raises Taken ``group_name``."""
        ...

    async def delete(self, group_id: UUID) -> None:
        """Remove a group with its memberships and its assignments of courses; fine when there is none."""
        ...

    async def existing(self, group_ids: frozenset[UUID]) -> frozenset[UUID]:
        """Those of ``group_ids`` that are groups of this school."""
        ...

    async def members(self, group_id: UUID) -> frozenset[UUID]:
        """Who is in a group, the inactive included."""
        ...

    async def set_members(self, group_id: UUID, user_ids: frozenset[UUID], *, on: datetime) -> Moved:
        """Exactly these people from now on. Those who stay keep the date on which they joined. Lock the group before:
        of two that set its members at once neither sees whom the other adds."""
        ...

    async def add_members(self, group_id: UUID, user_ids: frozenset[UUID], *, on: datetime) -> frozenset[UUID]:
        """These people too.

        Returns:
            Those who are new.
        """
        ...

    async def remove_member(self, group_id: UUID, user_id: UUID) -> None:
        """This person no longer; fine when they were not in it."""
        ...

    async def set_groups_of(self, user_id: UUID, group_ids: frozenset[UUID], *, on: datetime) -> bool:
        """A person is in exactly these groups from now on, all of them groups of the school. Those in which they stay
        keep the date on which they joined.

        Returns:
            Whether anything changed.
        """
        ...

    async def kinds_of(self, user_id: UUID) -> frozenset[GroupKind]:
        """The kinds of the groups that a person is in."""
        ...
