"""Who is in a group."""

from collections.abc import Sequence
from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditTrail
from lms_app.courses.edit_group import named, present_group
from lms_app.notices.tell_of_courses import TellOfCourses
from lms_app.ports.clock import Clock
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.errors import FieldError, InvalidInput


class AddGroupMembers:
    """Put people into a group; who is in it already keeps the date on which they joined. They see the group's courses
    at once, and are told of those that are new to them."""

    def __init__(self, uow: UnitOfWork, tell: TellOfCourses, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._tell = tell
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, group_id: UUID, teacher_ids: Sequence[UUID]) -> None:
        """Raises:
        NotFound: no such group.
        InvalidInput: somebody is nobody of this school.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        async with self._uow.begin(scope) as tx:
            group = await present_group(tx, group_id)
            await _check_people(tx, teacher_ids)
            now = self._clock.now()
            added = await tx.groups.add_members(group_id, frozenset(teacher_ids), on=now)
            if added:
                await self._trail.record(tx, actor, "group.members_added", named(group), after=_ids(added))
                # Whoever did everything while a course was theirs before is done with it now.
                await tx.progress.record_completions_of_groups(frozenset({group_id}), at=now)
                await self._tell.to_members(tx, group_id, added)
            await tx.commit()


class SetGroupMembers:
    """Exactly these people are in the group from now on. Those who stay keep the date on which they joined; those
    who join are told of the courses that are new to them."""

    def __init__(self, uow: UnitOfWork, tell: TellOfCourses, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._tell = tell
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, group_id: UUID, teacher_ids: Sequence[UUID]) -> None:
        """Raises:
        NotFound: no such group.
        InvalidInput: somebody is nobody of this school.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        async with self._uow.begin(scope) as tx:
            group = await present_group(tx, group_id, for_update=True)
            await _check_people(tx, teacher_ids)
            after = frozenset(teacher_ids)
            now = self._clock.now()
            moved = await tx.groups.set_members(group_id, after, on=now)
            before = after - moved.joined | moved.left
            await self._trail.record(
                tx, actor, "group.members_changed", named(group), before=_ids(before), after=_ids(after)
            )
            if moved.joined:
                await tx.progress.record_completions_of_groups(frozenset({group_id}), at=now)
            await self._tell.to_members(tx, group_id, moved.joined)
            await tx.commit()


class RemoveGroupMember:
    """Take somebody out of a group. They lose the courses that they had through it alone; what they did in them is
    kept. Fine when they were not in it."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail) -> None:
        self._uow = uow
        self._trail = trail

    async def __call__(self, actor: Actor, group_id: UUID, user_id: UUID) -> None:
        """Raises NotFound: no such group."""
        scope = actor.school(Permission.MANAGE_SCHOOL)
        async with self._uow.begin(scope) as tx:
            group = await present_group(tx, group_id)
            if user_id in await tx.groups.members(group_id):
                await tx.groups.remove_member(group_id, user_id)
                before = _ids(frozenset({user_id}))
                await self._trail.record(tx, actor, "group.member_removed", named(group), before=before)
            await tx.commit()


async def _check_people(tx: TenantTransaction, user_ids: Sequence[UUID]) -> None:
    """Raises InvalidInput naming everybody who is nobody of this school."""
    known = {user.id for user in await tx.users.get_many(frozenset(user_ids)) if not user.is_erased}
    message = "There is nobody with this id."
    unknown = tuple(
        FieldError(f"teacher_ids.{position}", "unknown", message)
        for position, user_id in enumerate(user_ids)
        if user_id not in known
    )
    if unknown:
        raise InvalidInput(message, errors=unknown)


def _ids(user_ids: frozenset[UUID]) -> dict[str, object]:
    return {"teacher_ids": sorted(map(str, user_ids))}
