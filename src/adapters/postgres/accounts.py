"""People of a school, and those who run the platform."""

from uuid import UUID

from sqlalchemy import Text, Uuid, and_, func, or_, select, update

from adapters.postgres.folding import folded
from adapters.postgres.people_sql import is_learner
from adapters.postgres.sql import Row, SystemSql, TenantSql
from adapters.postgres.statements import (
    Statement,
    any_id,
    assign,
    assign_all_but,
    fixed,
    insert_row,
    of_tenant,
    parameter,
)
from adapters.postgres.tables import platform_users, users
from lms_app.ports.repositories import NOBODY, OperatorRepository, Staffing, Taken, UserRepository
from lms_domain.accounts.person import Operator, Profile, User
from lms_domain.accounts.preferences import NotificationPreferences
from lms_domain.accounts.roles import Role
from lms_domain.accounts.team import fold_department
from lms_domain.notices.notification import NotificationKind

_ADD = Statement(
    insert_row(users)
    .on_conflict_do_nothing(index_elements=[users.c.tenant_id, users.c.email_folded])
    .returning(users.c.id)
)
_GET = Statement(select(users).where(of_tenant(users), users.c.id == parameter("id", Uuid)))
_BY_EMAIL = Statement(select(users).where(of_tenant(users), users.c.email_folded == parameter("email_folded", Text)))
_SET_PASSWORD = Statement(
    update(users)
    .where(of_tenant(users), users.c.id == parameter("id", Uuid))
    .values(assign(users, "password_hash", "must_change_password"))
)
_GET_LOCKED = Statement(
    select(users).where(of_tenant(users), users.c.id == parameter("id", Uuid)).with_for_update(key_share=True)
)
_SAVE = Statement(
    update(users)
    .where(of_tenant(users), users.c.id == parameter("id", Uuid))
    .values(assign_all_but(users, "id", "tenant_id", "created_at"))
)
_GET_MANY = Statement(select(users).where(of_tenant(users), users.c.id == any_id("ids")).order_by(users.c.id))
_WITH_ROLE = Statement(
    select(users)
    .where(of_tenant(users), users.c.is_active, users.c.role == parameter("role", Text))
    .order_by(users.c.created_at, users.c.id)
)
# In one order, so that two at once wait for each other and never crosswise.
_is_admin = and_(users.c.is_active, users.c.role == fixed(Role.SCHOOL_ADMIN))
_learners = users.alias("learners")
_learner_count = (
    select(func.count()).select_from(_learners).where(of_tenant(_learners), is_learner(_learners)).scalar_subquery()
)
_LOCK_WITH_STAFFING = Statement(
    select(users, _is_admin.label("is_active_admin"), _learner_count.label("learner_count"))
    .where(of_tenant(users), or_(_is_admin, users.c.id == parameter("id", Uuid)))
    .order_by(users.c.id)
    .with_for_update(of=users, key_share=True)
)
_EXISTING = Statement(select(users.c.id).where(of_tenant(users), users.c.id == any_id("ids"), is_learner(users)))


def user_to_values(user: User) -> dict[str, object]:
    """A person as the values of their row, without the school: the transaction says which it is."""
    return {
        "id": user.id,
        "email": user.email,
        "email_folded": user.email_folded,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "name_folded": folded(f"{user.last_name} {user.first_name}"),
        "role": user.role.value,
        "employee_id": user.profile.employee_id,
        "subjects": list(user.profile.subjects),
        "grades": list(user.profile.grades),
        "department": user.profile.department,
        "designation": user.profile.designation,
        "bio": user.profile.bio,
        "date_of_joining": user.profile.date_of_joining,
        "password_hash": user.password_hash,
        "must_change_password": user.must_change_password,
        "is_active": user.is_active,
        "email_verified": user.email_verified,
        "created_at": user.created_at,
        "picture_key": user.picture_key,
        "department_folded": fold_department(user.profile.department),
        "mail_enabled": user.preferences.mail,
        "mail_digest": user.preferences.digest,
        "muted_kinds": sorted(user.preferences.muted),
        "unmailed_kinds": sorted(user.preferences.unmailed),
    }


def user_from_row(row: Row) -> User:
    """A person from their row."""
    return User(
        id=row["id"],
        tenant_id=row["tenant_id"],
        email=row["email"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        role=Role(row["role"]),
        profile=Profile(
            employee_id=row["employee_id"],
            subjects=tuple(row["subjects"]),
            grades=tuple(row["grades"]),
            department=row["department"],
            designation=row["designation"],
            bio=row["bio"],
            date_of_joining=row["date_of_joining"],
        ),
        password_hash=row["password_hash"],
        must_change_password=row["must_change_password"],
        is_active=row["is_active"],
        email_verified=row["email_verified"],
        created_at=row["created_at"],
        picture_key=row["picture_key"],
        preferences=NotificationPreferences(
            mail=row["mail_enabled"],
            digest=row["mail_digest"],
            muted=frozenset(NotificationKind(kind) for kind in row["muted_kinds"]),
            unmailed=frozenset(NotificationKind(kind) for kind in row["unmailed_kinds"]),
        ),
    )


class PostgresUserRepository(UserRepository):
    """The people of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add(self, user: User) -> None:
        self._sql.check_school(user.tenant_id)
        if await self._sql.row(_ADD, **user_to_values(user)) is None:
            raise Taken("email")

    async def get(self, user_id: UUID) -> User | None:
        row = await self._sql.row(_GET, id=user_id)
        return user_from_row(row) if row is not None else None

    async def by_email(self, email_folded: str) -> User | None:
        row = await self._sql.row(_BY_EMAIL, email_folded=email_folded)
        return user_from_row(row) if row is not None else None

    async def set_password(self, user_id: UUID, password_hash: str, *, must_change: bool) -> None:
        await self._sql.later(_SET_PASSWORD, id=user_id, password_hash=password_hash, must_change_password=must_change)

    async def lock(self, user_id: UUID) -> User | None:
        row = await self._sql.row(_GET_LOCKED, id=user_id)
        return user_from_row(row) if row is not None else None

    async def save(self, user: User) -> None:
        self._sql.check_school(user.tenant_id)
        values = user_to_values(user)
        del values["created_at"]
        await self._sql.later(_SAVE, **values)

    async def get_many(self, user_ids: frozenset[UUID]) -> tuple[User, ...]:
        return tuple(user_from_row(row) for row in await self._sql.rows(_GET_MANY, ids=list(user_ids)))

    async def with_role(self, role: Role) -> tuple[User, ...]:
        return tuple(user_from_row(row) for row in await self._sql.rows(_WITH_ROLE, role=role.value))

    async def lock_with_staffing(self, user_id: UUID) -> tuple[User | None, Staffing]:
        rows = await self._sql.rows(_LOCK_WITH_STAFFING, id=user_id)
        person = next((user_from_row(row) for row in rows if row["id"] == user_id), None)
        admins = frozenset(row["id"] for row in rows if row["is_active_admin"])
        return person, Staffing(admins, rows[0]["learner_count"]) if rows else NOBODY

    async def existing(self, user_ids: frozenset[UUID]) -> frozenset[UUID]:
        return frozenset(row["id"] for row in await self._sql.rows(_EXISTING, ids=list(user_ids)))


_ADD_OPERATOR = Statement(
    insert_row(platform_users)
    .on_conflict_do_nothing(index_elements=[platform_users.c.email_folded])
    .returning(platform_users.c.id)
)
_GET_OPERATOR = Statement(select(platform_users).where(platform_users.c.id == parameter("id", Uuid)))
_OPERATOR_BY_EMAIL = Statement(
    select(platform_users).where(platform_users.c.email_folded == parameter("email_folded", Text))
)
_SET_OPERATOR_PASSWORD = Statement(
    update(platform_users)
    .where(platform_users.c.id == parameter("id", Uuid))
    .values(assign(platform_users, "password_hash", "must_change_password"))
)
_RENAME_OPERATOR = Statement(
    update(platform_users)
    .where(platform_users.c.id == parameter("id", Uuid))
    .values(assign(platform_users, "first_name", "last_name"))
)


def operator_from_row(row: Row) -> Operator:
    """An operator from their row."""
    return Operator(
        id=row["id"],
        email=row["email"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        password_hash=row["password_hash"],
        must_change_password=row["must_change_password"],
        is_active=row["is_active"],
        created_at=row["created_at"],
    )


class PostgresOperatorRepository(OperatorRepository):
    """Those who run the platform; as the system role."""

    def __init__(self, sql: SystemSql) -> None:
        self._sql = sql

    async def add(self, operator: Operator) -> None:
        added = await self._sql.row(
            _ADD_OPERATOR,
            id=operator.id,
            email=operator.email,
            email_folded=operator.email_folded,
            first_name=operator.first_name,
            last_name=operator.last_name,
            password_hash=operator.password_hash,
            must_change_password=operator.must_change_password,
            is_active=operator.is_active,
            created_at=operator.created_at,
        )
        if added is None:
            raise Taken("email")

    async def get(self, operator_id: UUID) -> Operator | None:
        row = await self._sql.row(_GET_OPERATOR, id=operator_id)
        return operator_from_row(row) if row is not None else None

    async def by_email(self, email_folded: str) -> Operator | None:
        row = await self._sql.row(_OPERATOR_BY_EMAIL, email_folded=email_folded)
        return operator_from_row(row) if row is not None else None

    async def set_password(self, operator_id: UUID, password_hash: str, *, must_change: bool) -> None:
        await self._sql.run(
            _SET_OPERATOR_PASSWORD, id=operator_id, password_hash=password_hash, must_change_password=must_change
        )

    async def rename(self, operator_id: UUID, *, first_name: str, last_name: str) -> None:
        await self._sql.run(_RENAME_OPERATOR, id=operator_id, first_name=first_name, last_name=last_name)
