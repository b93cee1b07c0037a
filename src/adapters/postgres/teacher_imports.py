"""Many people registered at once."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import (
    ARRAY,
    JSON,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    column,
    delete,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.accounts import user_to_values
from adapters.postgres.folding import folded
from adapters.postgres.screen_sql import as_text
from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import TENANT, Statement, any_id, insert_row, of_tenant, parameter
from adapters.postgres.tables import group_members, impersonations, sessions, teacher_groups, teacher_imports, users
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.teacher_imports import ImportedRow, KnownAlready, TeacherImport, TeacherImportRepository
from lms_domain.accounts.person import User

_EMPTY = literal_column("'{}'::json", JSON)
_ID = parameter("id", Uuid)

_people = select(func.coalesce(func.json_object_agg(users.c.email_folded, users.c.id), _EMPTY)).where(
    of_tenant(users), users.c.email_folded == any_(bindparam("emails", type_=ARRAY(Text)))
)
_groups = select(func.coalesce(func.json_object_agg(teacher_groups.c.name_folded, teacher_groups.c.id), _EMPTY)).where(
    of_tenant(teacher_groups), teacher_groups.c.name_folded == any_(bindparam("names", type_=ARRAY(Text)))
)
_KNOWN = Statement(
    select(as_text(_people.scalar_subquery()).label("people"), as_text(_groups.scalar_subquery()).label("groups"))
)

# As one JSON document: subjects and grades are arrays, and arrays of those would all have to be of one length.
_COLUMNS = tuple(each.name for each in users.columns if each.name != "tenant_id")
_given = func.json_populate_recordset(
    literal_column("NULL::users"), cast(bindparam("people", type_=Text), JSON)
).table_valued(*(column(name, users.c[name].type) for name in _COLUMNS), name="given")
_memberships = (
    func.unnest(bindparam("member_ids", type_=ARRAY(Uuid)), bindparam("group_ids", type_=ARRAY(Uuid)))
    .table_valued(column("user_id", Uuid), column("group_id", Uuid), name="memberships")
    .render_derived()
)
# In the order of what is unique, so that two at once wait for each other and never crosswise.
_added = (
    insert(users)
    .from_select(["tenant_id", *_COLUMNS], select(TENANT, *_given.c).order_by(_given.c.email_folded))
    .on_conflict_do_nothing(index_elements=[users.c.tenant_id, users.c.email_folded])
    .returning(users.c.id)
    .cte("added")
)
_joined = (
    insert(group_members)
    .from_select(
        ["tenant_id", "group_id", "user_id", "joined_at"],
        select(TENANT, _memberships.c.group_id, _added.c.id, parameter("joined_at", TIMESTAMP)).join_from(
            _added, _memberships, _memberships.c.user_id == _added.c.id
        ),
    )
    .cte("joined")
)
_ADD_PEOPLE = Statement(select(_added.c.id).add_cte(_joined))

_ADD = Statement(insert_row(teacher_imports))
_get = select(teacher_imports).where(of_tenant(teacher_imports), teacher_imports.c.id == _ID)
_GET = Statement(_get)
_GET_LOCKED = Statement(_get.with_for_update(key_share=True))
_SAVE_UNDONE = Statement(
    update(teacher_imports)
    .where(of_tenant(teacher_imports), teacher_imports.c.id == _ID)
    .values(undone_at=parameter("undone_at", TIMESTAMP))
)

_session = select(sessions.c.id).where(of_tenant(sessions), sessions.c.user_id == users.c.id).exists()
_visit = select(impersonations.c.id).where(of_tenant(impersonations), impersonations.c.user_id == users.c.id).exists()
# Locked first: whoever accepts their invitation at this moment is looked at as they are once they have done so.
_LOCK = Statement(
    select(users.c.id).where(of_tenant(users), users.c.id == any_id("ids")).order_by(users.c.id).with_for_update()
)
# What goes along: tables.base.part_of.
_REMOVE = Statement(
    delete(users)
    .where(
        of_tenant(users),
        users.c.id == any_id("ids"),
        users.c.password_hash == literal_column("''"),
        ~_session,
        ~_visit,
    )
    .returning(users.c.id)
)


_decode_ids = msgspec.json.Decoder(dict[str, UUID])
_decode_rows = msgspec.json.Decoder(tuple[ImportedRow, ...])


def _import_from_row(row: Row) -> TeacherImport:
    return TeacherImport(
        id=row["id"],
        tenant_id=row["tenant_id"],
        requested_by=row["requested_by"],
        file_name=row["file_name"],
        rows=_decode_rows.decode(row["rows"]),
        created_at=row["created_at"],
        undone_at=row["undone_at"],
    )


class PostgresTeacherImportRepository(TeacherImportRepository):
    """Imports of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def known(self, emails_folded: frozenset[str], group_names: frozenset[str]) -> KnownAlready:
        names = {name: folded(name) for name in group_names}
        row = await self._sql.row(_KNOWN, emails=list(emails_folded), names=list(names.values()))
        if row is None:
            raise LookupError("a statement without FROM gives one row")
        groups = _decode_ids.decode(row["groups"])
        return KnownAlready(
            people=_decode_ids.decode(row["people"]),
            groups={name: groups[as_kept] for name, as_kept in names.items() if as_kept in groups},
        )

    async def add_people(
        self, people: tuple[User, ...], memberships: frozenset[tuple[UUID, UUID]], *, on: datetime
    ) -> frozenset[UUID]:
        for user in people:
            self._sql.check_school(user.tenant_id)
        pairs = sorted(memberships)
        rows = await self._sql.rows(
            _ADD_PEOPLE,
            people=msgspec.json.encode([user_to_values(user) for user in people]).decode(),
            member_ids=[user_id for user_id, _ in pairs],
            group_ids=[group_id for _, group_id in pairs],
            joined_at=on,
        )
        return frozenset(row["id"] for row in rows)

    async def add(self, made: TeacherImport) -> None:
        self._sql.check_school(made.tenant_id)
        await self._sql.later(
            _ADD,
            id=made.id,
            requested_by=made.requested_by,
            file_name=made.file_name,
            rows=msgspec.json.encode(made.rows).decode(),
            created_at=made.created_at,
            undone_at=made.undone_at,
        )

    async def get(self, import_id: UUID, *, for_update: bool = False) -> TeacherImport | None:
        row = await self._sql.row(_GET_LOCKED if for_update else _GET, id=import_id)
        return _import_from_row(row) if row is not None else None

    async def save_undone(self, import_id: UUID, *, at: datetime) -> None:
        await self._sql.run(_SAVE_UNDONE, id=import_id, undone_at=at)

    async def remove_newcomers(self, user_ids: frozenset[UUID]) -> frozenset[UUID]:
        ids = list(user_ids)
        await self._sql.rows(_LOCK, ids=ids)
        return frozenset(row["id"] for row in await self._sql.rows(_REMOVE, ids=ids))
