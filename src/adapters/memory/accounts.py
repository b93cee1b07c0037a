"""People of a school, and those who run the platform, in memory."""

from dataclasses import replace
from uuid import UUID

from adapters.memory.checks import check_school, require
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.repositories import OperatorRepository, Staffing, Taken, UserRepository
from lms_domain.accounts.person import Operator, User
from lms_domain.accounts.roles import Role


class MemoryUserRepository(UserRepository):
    """The people of one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._tenants = Rows(database.tenants, tx, tenant_id)
        self._users = Rows(database.users, tx, tenant_id)

    async def add(self, user: User) -> None:
        check_school(user.tenant_id, self._tenant_id)
        require(self._tenants.get(self._tenant_id))
        await self._check_email(user)
        self._users.put(user.id, user)

    async def get(self, user_id: UUID) -> User | None:
        return self._users.get(user_id)

    async def lock(self, user_id: UUID) -> User | None:
        return await self._users.lock(user_id)

    async def save(self, user: User) -> None:
        check_school(user.tenant_id, self._tenant_id)
        if await self._users.lock(user.id) is not None:
            await self._check_email(user)
            self._users.put(user.id, user)

    async def get_many(self, user_ids: frozenset[UUID]) -> tuple[User, ...]:
        return tuple(user for user in self._users.values() if user.id in user_ids)

    async def with_role(self, role: Role) -> tuple[User, ...]:
        found = [user for user in self._users.values() if user.role is role and user.is_active]
        return tuple(sorted(found, key=lambda user: (user.created_at, user.id)))

    async def lock_with_staffing(self, user_id: UUID) -> tuple[User | None, Staffing]:
        wanted = sorted(user.id for user in self._users.values() if user.is_active_admin or user.id == user_id)
        locked = [user for each in wanted if (user := await self._users.lock(each)) is not None]
        person = next((user for user in locked if user.id == user_id), None)
        admins = frozenset(user.id for user in locked if user.is_active_admin)
        return person, Staffing(admins, sum(user.is_learner for user in self._users.values()))

    async def by_email(self, email_folded: str) -> User | None:
        return next((user for user in self._users.values() if user.email_folded == email_folded), None)

    async def set_password(self, user_id: UUID, password_hash: str, *, must_change: bool) -> None:
        user = await self._users.lock(user_id)
        if user is not None:
            self._users.put(user_id, replace(user, password_hash=password_hash, must_change_password=must_change))

    async def existing(self, user_ids: frozenset[UUID]) -> frozenset[UUID]:
        return frozenset(user.id for user in self._users.values() if user.id in user_ids and user.is_learner)

    async def _check_email(self, user: User) -> None:
        await self._users.lock_value(user.email_folded)
        other = await self.by_email(user.email_folded)
        if other is not None and other.id != user.id:
            raise Taken("email")


class MemoryOperatorRepository(OperatorRepository):
    """Those who run the platform."""

    def __init__(self, database: MemoryDatabase, tx: Transaction) -> None:
        self._operators = Rows(database.operators, tx, None)

    async def add(self, operator: Operator) -> None:
        await self._operators.lock_value(operator.email_folded)
        if await self.by_email(operator.email_folded) is not None:
            raise Taken("email")
        self._operators.put(operator.id, operator)

    async def get(self, operator_id: UUID) -> Operator | None:
        return self._operators.get(operator_id)

    async def by_email(self, email_folded: str) -> Operator | None:
        return next((one for one in self._operators.values() if one.email_folded == email_folded), None)

    async def set_password(self, operator_id: UUID, password_hash: str, *, must_change: bool) -> None:
        operator = await self._operators.lock(operator_id)
        if operator is not None:
            changed = replace(operator, password_hash=password_hash, must_change_password=must_change)
            self._operators.put(operator_id, changed)

    async def rename(self, operator_id: UUID, *, first_name: str, last_name: str) -> None:
        operator = await self._operators.lock(operator_id)
        if operator is not None:
            self._operators.put(operator_id, replace(operator, first_name=first_name, last_name=last_name))
