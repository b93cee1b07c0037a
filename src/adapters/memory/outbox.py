"""Doorbells that wait to be rung, in memory."""

from uuid import UUID

from adapters.memory.checks import check_school, require
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.job_queue import StepDoorbell
from lms_app.ports.repositories import OutboxMessage, OutboxRepository


class MemoryOutbox(OutboxRepository):
    """The doorbells of one school, or (None) of all."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID | None) -> None:
        self._tenant_id = tenant_id
        self._tenants = Rows(database.tenants, tx, tenant_id)
        self._waiting = Rows(database.outbox, tx, tenant_id)
        self._numbers = database.outbox_numbers

    async def add(self, doorbells: tuple[StepDoorbell, ...]) -> None:
        for doorbell in doorbells:
            if self._tenant_id is not None:
                check_school(doorbell.tenant_id, self._tenant_id)
            require(self._tenants.get(doorbell.tenant_id))
        for doorbell in doorbells:
            self._waiting.put(next(self._numbers), doorbell, tenant_id=doorbell.tenant_id)

    async def take(self, limit: int) -> tuple[OutboxMessage, ...]:
        taken: list[OutboxMessage] = []
        for number, doorbell in sorted(self._waiting.keyed(), key=lambda item: item[0]):
            if len(taken) < limit and self._waiting.try_lock(number):
                self._waiting.remove(number)
                taken.append(OutboxMessage(number, doorbell))
        return tuple(taken)
