"""Many people registered at once, in memory."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from adapters.memory.accounts import MemoryUserRepository
from adapters.memory.checks import check_school, require
from adapters.memory.courses import folded
from adapters.memory.database import MemoryDatabase
from adapters.memory.groups import MemoryGroupRepository
from adapters.memory.removal import remove_newcomer
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.repositories import Taken
from lms_app.ports.teacher_imports import KnownAlready, TeacherImport, TeacherImportRepository
from lms_domain.accounts.person import User


class MemoryTeacherImportRepository(TeacherImportRepository):
    """Imports of one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._database = database
        self._tx = tx
        self._tenant_id = tenant_id
        self._people = MemoryUserRepository(database, tx, tenant_id)
        self._groups = MemoryGroupRepository(database, tx, tenant_id)
        self._tenants = Rows(database.tenants, tx, tenant_id)
        self._users = Rows(database.users, tx, tenant_id)
        self._sessions = Rows(database.sessions, tx, tenant_id)
        self._visits = Rows(database.impersonations, tx, tenant_id)
        self._group_rows = Rows(database.groups, tx, tenant_id)
        self._imports = Rows(database.teacher_imports, tx, tenant_id)

    async def known(self, emails_folded: frozenset[str], group_names: frozenset[str]) -> KnownAlready:
        groups = {folded(group.name): group.id for group in self._group_rows.values()}
        return KnownAlready(
            people={user.email_folded: user.id for user in self._users.values() if user.email_folded in emails_folded},
            groups={name: groups[folded(name)] for name in group_names if folded(name) in groups},
        )

    async def add_people(
        self, people: tuple[User, ...], memberships: frozenset[tuple[UUID, UUID]], *, on: datetime
    ) -> frozenset[UUID]:
        added: set[UUID] = set()
        for user in people:
            try:
                await self._people.add(user)
            except Taken:
                continue
            added.add(user.id)
        for user_id, group_id in memberships:
            if user_id in added:
                await self._groups.add_members(group_id, frozenset({user_id}), on=on)
        return frozenset(added)

    async def add(self, made: TeacherImport) -> None:
        check_school(made.tenant_id, self._tenant_id)
        require(self._tenants.get(self._tenant_id))
        self._imports.put(made.id, made)

    async def get(self, import_id: UUID, *, for_update: bool = False) -> TeacherImport | None:
        return await self._imports.lock(import_id) if for_update else self._imports.get(import_id)

    async def save_undone(self, import_id: UUID, *, at: datetime) -> None:
        made = await self._imports.lock(import_id)
        if made is not None:
            self._imports.put(import_id, replace(made, undone_at=at))

    async def remove_newcomers(self, user_ids: frozenset[UUID]) -> frozenset[UUID]:
        removed: set[UUID] = set()
        for user_id in sorted(user_ids):
            user = await self._users.lock(user_id)
            if user is not None and user.password_hash == "" and not self._was_here(user_id):
                remove_newcomer(self._database, self._tx, self._tenant_id, user_id)
                removed.add(user_id)
        return frozenset(removed)

    def _was_here(self, user_id: UUID) -> bool:
        return any(session.user_id == user_id for session in self._sessions.values()) or any(
            visit.user_id == user_id for visit in self._visits.values()
        )
