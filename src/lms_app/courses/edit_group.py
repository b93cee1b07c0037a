"""Make, change and remove groups of teachers."""

from dataclasses import replace
from uuid import UUID

from msgspec import UNSET, UnsetType

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.courses.group import GroupKind, TeacherGroup, clean_group_name
from lms_domain.errors import Conflict, FieldError, NotFound


class CreateGroup:
    """Make a group of teachers, empty. Names are unique in the school, whatever their case."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail, clock: Clock, ids: Ids) -> None:
        self._uow = uow
        self._trail = trail
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, *, name: str, kind: GroupKind) -> UUID:
        """The id of the new group.

        Raises:
            InvalidInput: the name is refused.
            Conflict: ``group_name_taken``.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        group = TeacherGroup(
            id=self._ids.new(),
            tenant_id=scope.tenant_id,
            name=clean_group_name(name),
            kind=kind,
            created_at=self._clock.now(),
        )
        async with self._uow.begin(scope) as tx:
            try:
                await tx.groups.add(group)
            except Taken:
                raise _name_taken() from None
            await self._trail.record(tx, actor, "group.created", named(group), after=_facts(group))
            await tx.commit()
        return group.id


class EditGroup:
    """Change a group's name or kind; only what is given changes. Members of groups of kind IB are seen by IB
    coordinators."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail) -> None:
        self._uow = uow
        self._trail = trail

    async def __call__(
        self, actor: Actor, group_id: UUID, *, name: str | UnsetType = UNSET, kind: GroupKind | UnsetType = UNSET
    ) -> None:
        """Raises:
        NotFound: no such group.
        InvalidInput: the name is refused.
        Conflict: ``group_name_taken``.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        async with self._uow.begin(scope) as tx:
            before = await present_group(tx, group_id)
            after = replace(
                before,
                name=before.name if name is UNSET else clean_group_name(name),
                kind=before.kind if kind is UNSET else kind,
            )
            try:
                await tx.groups.save(after)
            except Taken:
                raise _name_taken() from None
            await self._trail.record(
                tx, actor, "group.changed", named(after), before=_facts(before), after=_facts(after)
            )
            await tx.commit()


class DeleteGroup:
    """Remove a group. Its members lose the courses that they had through it alone; what they did in them is kept."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail) -> None:
        self._uow = uow
        self._trail = trail

    async def __call__(self, actor: Actor, group_id: UUID) -> None:
        """Raises NotFound: no such group."""
        scope = actor.school(Permission.MANAGE_SCHOOL)
        async with self._uow.begin(scope) as tx:
            group = await present_group(tx, group_id)
            members = await tx.groups.members(group_id)
            await tx.groups.delete(group_id)
            before = {**_facts(group), "member_count": len(members)}
            await self._trail.record(tx, actor, "group.deleted", named(group), before=before)
            await tx.commit()


async def present_group(tx: TenantTransaction, group_id: UUID, *, for_update: bool = False) -> TeacherGroup:
    """A group of the school. Raises NotFound when there is none."""
    group = await tx.groups.get(group_id, for_update=for_update)
    if group is None:
        raise NotFound("There is no such group.")
    return group


def named(group: TeacherGroup) -> AuditedObject:
    """The group, for the trail."""
    return AuditedObject("group", group.id, group.name)


def _facts(group: TeacherGroup) -> dict[str, object]:
    return {"name": group.name, "kind": group.kind.value}


def _name_taken() -> Conflict:
    message = "There is already a group with this name."
    return Conflict(message, code="group_name_taken", errors=(FieldError("name", "taken", message),))
