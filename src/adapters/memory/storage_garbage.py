"""What lies in storage and is no longer wanted, in memory."""

from datetime import datetime
from uuid import UUID

from adapters.memory.checks import check_school
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.storage_garbage import Garbage, GarbageToCollect, StorageGarbageRepository


class MemoryStorageGarbageRepository(StorageGarbageRepository):
    """The garbage of one school, or (None) of all, erased ones included."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID | None) -> None:
        self._tenant_id = tenant_id
        self._garbage = Rows(database.garbage, tx, tenant_id)
        self._numbers = database.garbage_numbers

    async def add(self, garbage: tuple[Garbage, ...]) -> None:
        if self._tenant_id is not None:
            for each in garbage:
                check_school(each.tenant_id, self._tenant_id)
        for each in garbage:
            number = next(self._numbers)
            self._garbage.put(number, GarbageToCollect(number, each), tenant_id=each.tenant_id)

    async def due(self, limit: int, *, now: datetime) -> tuple[GarbageToCollect, ...]:
        waiting = [each for each in self._garbage.values() if each.garbage.collect_after <= now]
        taken: list[GarbageToCollect] = []
        for each in sorted(waiting, key=lambda one: (one.garbage.collect_after, one.id)):
            found = self._garbage.take(each.id) if len(taken) < limit else None
            if found is not None:
                taken.append(found)
        return tuple(taken)

    async def collected(self, ids: frozenset[int]) -> None:
        for number in ids:
            if await self._garbage.lock(number) is not None:
                self._garbage.remove(number)
