"""Screens about groups of teachers."""

from uuid import UUID

from sqlalchemy import FromClause, Select, Text, Uuid, and_, func, literal_column, not_, or_, select, true

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.folding import folded
from adapters.postgres.people_sql import is_erased, is_learner
from adapters.postgres.screen_sql import LIMIT, OFFSET, listed, listing
from adapters.postgres.sql import Row
from adapters.postgres.statements import Statement, of_tenant, parameter
from adapters.postgres.tables import course_groups, courses, group_members, teacher_groups, users
from lms_app.courses.group_views import GroupMemberView, GroupView
from lms_app.listing import Listing, PageRequest
from lms_app.ports.people_queries import GroupFilter, GroupQueries
from lms_app.scope import TenantScope
from lms_domain.courses.group import GroupKind


def _with_figures(group: FromClause) -> Select[*tuple[object, ...]]:
    learners = (
        select(func.count())
        .join_from(group_members, users, and_(of_tenant(users), users.c.id == group_members.c.user_id))
        .where(of_tenant(group_members), group_members.c.group_id == group.c.id, is_learner(users))
        .correlate(group)
        .scalar_subquery()
    )
    assigned = (
        select(func.count())
        .join_from(course_groups, courses, and_(of_tenant(courses), courses.c.id == course_groups.c.course_id))
        .where(of_tenant(course_groups), course_groups.c.group_id == group.c.id, courses.c.deleted_at.is_(None))
        .correlate(group)
        .scalar_subquery()
    )
    return select(group, learners.label("member_count"), assigned.label("course_count"))


_KIND, _SEARCH, _ID = parameter("kind", Text), parameter("search", Text), parameter("id", Uuid)
_matching = select(teacher_groups).where(
    of_tenant(teacher_groups),
    or_(_KIND.is_(None), teacher_groups.c.kind == _KIND),
    func.strpos(teacher_groups.c.name_folded, _SEARCH) > literal_column("0"),
)
_by_name = _matching.order_by(teacher_groups.c.name_folded, teacher_groups.c.id).limit(LIMIT).offset(OFFSET)
_GROUPS = Statement(listing(_matching, _with_figures(_by_name.subquery("found")), ("name_folded", "id")))
_one = select(teacher_groups).where(of_tenant(teacher_groups), teacher_groups.c.id == _ID)
_GROUP = Statement(_with_figures(_one.subquery("found")))

_inside = (
    select(
        users.c.id,
        users.c.email,
        users.c.first_name,
        users.c.last_name,
        users.c.name_folded,
        users.c.department,
        users.c.is_active,
        group_members.c.joined_at,
    )
    .join_from(group_members, users, and_(of_tenant(users), users.c.id == group_members.c.user_id))
    .where(of_tenant(group_members), group_members.c.group_id == _ID, not_(is_erased(users)))
)
_there = _one.subquery("there")
_members = listing(
    _inside, _inside.order_by(users.c.name_folded, users.c.id).limit(LIMIT).offset(OFFSET), ("name_folded", "id")
).subquery("listed")
# No row at all where there is no group.
_MEMBERS = Statement(
    select(_members).select_from(_there.join(_members, true())).order_by(_members.c.name_folded, _members.c.id)
)


def _group_from_row(row: Row) -> GroupView:
    return GroupView(
        id=row["id"],
        name=row["name"],
        kind=GroupKind(row["kind"]),
        member_count=row["member_count"],
        course_count=row["course_count"],
        created_at=row["created_at"],
    )


def _member_from_row(row: Row) -> GroupMemberView:
    return GroupMemberView(
        id=row["id"],
        email=row["email"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        department=row["department"],
        is_active=row["is_active"],
        joined_at=row["joined_at"],
    )


class PostgresGroupQueries(GroupQueries):
    """Groups for administrators."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def groups(self, scope: TenantScope, filters: GroupFilter, page: PageRequest) -> Listing[GroupView]:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(
                _GROUPS,
                kind=filters.kind.value if filters.kind is not None else None,
                search=folded(filters.search),
                limit=page.size,
                offset=page.offset,
            )
        count, found = listed(rows)
        return Listing(count, [_group_from_row(row) for row in found])

    async def group(self, scope: TenantScope, group_id: UUID) -> GroupView | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_GROUP, id=group_id)
        return _group_from_row(row) if row is not None else None

    async def members(self, scope: TenantScope, group_id: UUID, page: PageRequest) -> Listing[GroupMemberView] | None:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(_MEMBERS, id=group_id, limit=page.size, offset=page.offset)
        if not rows:
            return None
        count, found = listed(rows)
        return Listing(count, [_member_from_row(row) for row in found])
