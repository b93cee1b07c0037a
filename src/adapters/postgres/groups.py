"""Groups of teachers, and who is in them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, all_, bindparam, column, delete, func, literal_column, select, union_all, update
from sqlalchemy.dialects.postgresql import Insert, insert

from adapters.postgres.folding import folded
from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import TENANT, Statement, any_id, assign, insert_row, of_tenant, parameter
from adapters.postgres.tables import group_members, teacher_groups
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.groups import GroupRepository, Moved
from lms_app.ports.repositories import Taken
from lms_domain.courses.group import GroupKind, TeacherGroup

_ID = parameter("id", Uuid)
_GROUP = parameter("group_id", Uuid)
_USERS = bindparam("user_ids", type_=ARRAY(Uuid))

_ADD = Statement(
    insert_row(teacher_groups)
    .on_conflict_do_nothing(index_elements=[teacher_groups.c.tenant_id, teacher_groups.c.name_folded])
    .returning(teacher_groups.c.id)
)
_get = select(teacher_groups).where(of_tenant(teacher_groups), teacher_groups.c.id == _ID)
_GET = Statement(_get)
_GET_LOCKED = Statement(_get.with_for_update(key_share=True))
_SAVE = Statement(
    update(teacher_groups)
    .where(of_tenant(teacher_groups), teacher_groups.c.id == _ID)
    .values(assign(teacher_groups, "name", "name_folded", "kind"))
)
# Memberships and assignments of courses go with it: tables.base.part_of.
_DELETE = Statement(delete(teacher_groups).where(of_tenant(teacher_groups), teacher_groups.c.id == _ID))
_EXISTING = Statement(
    select(teacher_groups.c.id).where(of_tenant(teacher_groups), teacher_groups.c.id == any_id("ids"))
)
_MEMBERS = Statement(
    select(group_members.c.user_id).where(of_tenant(group_members), group_members.c.group_id == _GROUP)
)
_wanted = func.unnest(_USERS).table_valued(column("user_id", Uuid), name="wanted").render_derived()


def _joined() -> Insert:
    return insert(group_members).from_select(
        ["tenant_id", "group_id", "user_id", "joined_at"],
        select(TENANT, _GROUP, _wanted.c.user_id, parameter("joined_at", TIMESTAMP)),
    )


_ADD_MEMBERS = Statement(_joined().on_conflict_do_nothing().returning(group_members.c.user_id))
_left = (
    delete(group_members)
    .where(of_tenant(group_members), group_members.c.group_id == _GROUP, group_members.c.user_id != all_(_USERS))
    .returning(group_members.c.user_id)
    .cte("gone")
)
_came = _joined().on_conflict_do_nothing().returning(group_members.c.user_id).cte("came")
_SET_MEMBERS = Statement(
    union_all(
        select(_came.c.user_id, literal_column("true").label("is_new")),
        select(_left.c.user_id, literal_column("false").label("is_new")),
    )
)
_REMOVE_MEMBER = Statement(
    delete(group_members).where(
        of_tenant(group_members),
        group_members.c.group_id == _GROUP,
        group_members.c.user_id == parameter("user_id", Uuid),
    )
)
_GROUPS = bindparam("group_ids", type_=ARRAY(Uuid))
_asked = func.unnest(_GROUPS).table_valued(column("group_id", Uuid), name="asked").render_derived()
_entered = (
    insert(group_members)
    .from_select(
        ["tenant_id", "group_id", "user_id", "joined_at"],
        select(TENANT, _asked.c.group_id, parameter("user_id", Uuid), parameter("joined_at", TIMESTAMP)),
    )
    .on_conflict_do_nothing()
    .returning(group_members.c.group_id)
    .cte("entered")
)
_quit = (
    delete(group_members)
    .where(
        of_tenant(group_members),
        group_members.c.user_id == parameter("user_id", Uuid),
        group_members.c.group_id != all_(_GROUPS),
    )
    .returning(group_members.c.group_id)
    .cte("quit")
)
_SET_GROUPS = Statement(
    select(func.count()).select_from(union_all(select(_entered.c.group_id), select(_quit.c.group_id)).subquery("moved"))
)
_KINDS = Statement(
    select(teacher_groups.c.kind)
    .distinct()
    .join_from(group_members, teacher_groups, teacher_groups.c.id == group_members.c.group_id)
    .where(of_tenant(group_members), of_tenant(teacher_groups), group_members.c.user_id == parameter("user_id", Uuid))
)


def group_from_row(row: Row) -> TeacherGroup:
    """A group from its row."""
    return TeacherGroup(
        id=row["id"],
        tenant_id=row["tenant_id"],
        name=row["name"],
        kind=GroupKind(row["kind"]),
        created_at=row["created_at"],
    )


class PostgresGroupRepository(GroupRepository):
    """The groups of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add(self, group: TeacherGroup) -> None:
        self._sql.check_school(group.tenant_id)
        added = await self._sql.row(
            _ADD,
            id=group.id,
            name=group.name,
            name_folded=folded(group.name),
            kind=group.kind.value,
            created_at=group.created_at,
        )
        if added is None:
            raise Taken("group_name")

    async def get(self, group_id: UUID, *, for_update: bool = False) -> TeacherGroup | None:
        row = await self._sql.row(_GET_LOCKED if for_update else _GET, id=group_id)
        return group_from_row(row) if row is not None else None

    async def save(self, group: TeacherGroup) -> None:
        self._sql.check_school(group.tenant_id)
        async with self._sql.survives_taken():
            await self._sql.run(
                _SAVE, id=group.id, name=group.name, name_folded=folded(group.name), kind=group.kind.value
            )

    async def delete(self, group_id: UUID) -> None:
        await self._sql.run(_DELETE, id=group_id)

    async def existing(self, group_ids: frozenset[UUID]) -> frozenset[UUID]:
        return frozenset(row["id"] for row in await self._sql.rows(_EXISTING, ids=list(group_ids)))

    async def members(self, group_id: UUID) -> frozenset[UUID]:
        return _people(await self._sql.rows(_MEMBERS, group_id=group_id))

    async def set_members(self, group_id: UUID, user_ids: frozenset[UUID], *, on: datetime) -> Moved:
        rows = await self._sql.rows(_SET_MEMBERS, group_id=group_id, user_ids=list(user_ids), joined_at=on)
        return Moved(_people(row for row in rows if row["is_new"]), _people(row for row in rows if not row["is_new"]))

    async def add_members(self, group_id: UUID, user_ids: frozenset[UUID], *, on: datetime) -> frozenset[UUID]:
        return _people(await self._sql.rows(_ADD_MEMBERS, group_id=group_id, user_ids=list(user_ids), joined_at=on))

    async def remove_member(self, group_id: UUID, user_id: UUID) -> None:
        await self._sql.run(_REMOVE_MEMBER, group_id=group_id, user_id=user_id)

    async def set_groups_of(self, user_id: UUID, group_ids: frozenset[UUID], *, on: datetime) -> bool:
        (moved,) = await self._sql.rows_and_waiting(
            _SET_GROUPS, user_id=user_id, group_ids=list(group_ids), joined_at=on
        )
        return int(moved[0]) > 0

    async def kinds_of(self, user_id: UUID) -> frozenset[GroupKind]:
        return frozenset(GroupKind(row["kind"]) for row in await self._sql.rows(_KINDS, user_id=user_id))


def _people(rows: Iterable[Row]) -> frozenset[UUID]:
    return frozenset(row["user_id"] for row in rows)
