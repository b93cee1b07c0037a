"""Operators' visits to schools, in memory."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from adapters.memory.checks import check_school, require
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.impersonations import ImpersonationRepository
from lms_app.ports.repositories import Taken
from lms_domain.accounts.impersonation import Impersonation


class MemoryImpersonationRepository(ImpersonationRepository):
    """Visits to one school, or (None) to all."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID | None) -> None:
        self._tenant_id = tenant_id
        self._users = Rows(database.users, tx, tenant_id)
        self._visits = Rows(database.impersonations, tx, tenant_id)

    async def add(self, impersonation: Impersonation) -> None:
        if self._tenant_id is not None:
            check_school(impersonation.tenant_id, self._tenant_id)
        user = self._users.get(impersonation.user_id)
        require(user if user is not None and user.tenant_id == impersonation.tenant_id else None)
        if self._by_code(impersonation.code_fingerprint) is not None:
            raise Taken("other")
        self._visits.put(impersonation.id, impersonation, tenant_id=impersonation.tenant_id)

    async def get(self, impersonation_id: UUID, *, for_update: bool = False) -> Impersonation | None:
        return await self._visits.lock(impersonation_id) if for_update else self._visits.get(impersonation_id)

    async def lock_by_code(self, fingerprint: bytes) -> Impersonation | None:
        found = self._by_code(fingerprint)
        return await self._visits.lock(found.id) if found is not None else None

    async def save(self, impersonation: Impersonation) -> None:
        visit = await self._visits.lock(impersonation.id)
        if visit is not None:
            changed = replace(
                visit,
                entered_at=impersonation.entered_at,
                ends_at=impersonation.ends_at,
                ended_at=impersonation.ended_at,
            )
            self._visits.put(visit.id, changed, tenant_id=visit.tenant_id)

    async def live_of_operator(self, operator_id: UUID, *, now: datetime) -> tuple[Impersonation, ...]:
        visits = [visit for visit in self._visits.values() if visit.operator_id == operator_id and visit.is_live(now)]
        return tuple(sorted(visits, key=lambda visit: (visit.created_at, visit.id)))

    def _by_code(self, fingerprint: bytes) -> Impersonation | None:
        return next((visit for visit in self._visits.values() if visit.code_fingerprint == fingerprint), None)
