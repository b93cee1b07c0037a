"""Screens about the people of a school, for its administrators."""

from uuid import UUID

import msgspec
from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    FromClause,
    Select,
    Text,
    Uuid,
    bindparam,
    column,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from adapters.postgres.accounts import user_from_row
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.folding import folded
from adapters.postgres.people_sql import is_erased
from adapters.postgres.personal_data import PERSONAL_DATA, personal_data_from_row
from adapters.postgres.screen_sql import LIMIT, OFFSET, listed, listing
from adapters.postgres.sql import Row
from adapters.postgres.statements import Statement, of_tenant, parameter
from adapters.postgres.tables import group_members, impersonations, sessions, users
from lms_app.accounts.people_views import PersonalDataView, TeacherView
from lms_app.accounts.views import view_of_user
from lms_app.listing import Listing, PageRequest
from lms_app.ports.people_queries import PeopleQueries, TeacherFilter
from lms_app.scope import TenantScope
from lms_domain.accounts.team import fold_department

_WORDS = bindparam("words", type_=ARRAY(Text))


def has_all_words(person: FromClause) -> ColumnElement[bool]:
    """Whether every one of ``words`` is in somebody's name, address or employee id."""
    word = func.unnest(_WORDS).table_valued(column("word", Text), name="looked_for").render_derived()
    text = func.concat_ws(
        literal_column("' '"), person.c.name_folded, person.c.email_folded, func.lower(person.c.employee_id)
    )
    return ~select(word.c.word).where(func.strpos(text, word.c.word) == literal_column("0")).correlate(person).exists()


def words_of(search: str) -> list[str]:
    """What somebody looks for, as ``words``."""
    return folded(search).split()


def _with_facts(person: FromClause) -> Select[*tuple[object, ...]]:
    groups = (
        select(
            func.coalesce(
                func.array_agg(aggregate_order_by(group_members.c.group_id, group_members.c.group_id)),
                literal_column("'{}'::uuid[]"),
            ).label("ids")
        )
        .where(of_tenant(group_members), group_members.c.user_id == person.c.id)
        .lateral("of_person")
    )
    # An operator's visit is a session with the visit's id, and not the person.
    visit = select(impersonations.c.id).where(of_tenant(impersonations), impersonations.c.id == sessions.c.id).exists()
    here = (
        select(func.max(sessions.c.created_at).label("at"))
        .where(of_tenant(sessions), sessions.c.user_id == person.c.id, ~visit)
        .lateral("here")
    )
    return select(person, groups.c.ids.label("group_ids"), here.c.at.label("last_sign_in_at")).select_from(
        person.join(groups, true()).join(here, true())
    )


_ROLE, _DEPARTMENT = parameter("role", Text), parameter("department", Text)
_GROUP, _IS_ACTIVE = parameter("group_id", Uuid), parameter("is_active", Boolean)
_IS_INVITED = parameter("is_invited", Boolean)
_in_group = (
    select(group_members.c.user_id)
    .where(of_tenant(group_members), group_members.c.group_id == _GROUP, group_members.c.user_id == users.c.id)
    .exists()
)
_present = select(users).where(of_tenant(users), not_(is_erased(users)))
_matching = _present.where(
    or_(_ROLE.is_(None), users.c.role == _ROLE),
    or_(_DEPARTMENT.is_(None), users.c.department_folded == _DEPARTMENT),
    or_(_GROUP.is_(None), _in_group),
    or_(_IS_ACTIVE.is_(None), users.c.is_active == _IS_ACTIVE),
    or_(_IS_INVITED.is_(None), (users.c.password_hash == literal_column("''")) == _IS_INVITED),
    has_all_words(users),
)


def _ordered(column_name: str, direction: str) -> Statement:
    order = (f"{column_name} {direction}", f"id {direction}")
    page = _matching.order_by(*(literal_column(f"users.{term}") for term in order)).limit(LIMIT).offset(OFFSET)
    return Statement(listing(_matching, _with_facts(page.subquery("person")), order))


_TEACHERS = {
    f"{sign}{name}": _ordered(column_name, direction)
    for name, column_name in (("name", "name_folded"), ("email", "email_folded"), ("created_at", "created_at"))
    for sign, direction in (("", "ASC"), ("-", "DESC"))
}
"""One statement for each order: it cannot be a parameter."""
_TEACHER = Statement(_with_facts(_present.where(users.c.id == parameter("id", Uuid)).subquery("person")))


def teacher_from_row(row: Row) -> TeacherView:
    """A person with what administrators see of them."""
    user = user_from_row(row)
    return TeacherView(
        **msgspec.structs.asdict(view_of_user(user)),
        is_invited=user.password_hash == "",
        last_sign_in_at=row["last_sign_in_at"],
        group_ids=row["group_ids"],
    )


class PostgresPeopleQueries(PeopleQueries):
    """People for administrators."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def teachers(self, scope: TenantScope, filters: TeacherFilter, page: PageRequest) -> Listing[TeacherView]:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(
                _TEACHERS[filters.ordering],
                role=filters.role.value if filters.role is not None else None,
                department=fold_department(filters.department) if filters.department is not None else None,
                group_id=filters.group,
                is_active=filters.is_active,
                is_invited=filters.is_invited,
                words=words_of(filters.search),
                limit=page.size,
                offset=page.offset,
            )
        count, found = listed(rows)
        return Listing(count, [teacher_from_row(row) for row in found])

    async def teacher(self, scope: TenantScope, user_id: UUID) -> TeacherView | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_TEACHER, id=user_id)
        return teacher_from_row(row) if row is not None else None

    async def personal_data(self, scope: TenantScope, user_id: UUID) -> PersonalDataView | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(PERSONAL_DATA, user_id=user_id)
        return personal_data_from_row(row) if row is not None else None
