"""What is kept for a while only, at all schools, in memory."""

from datetime import datetime
from itertools import islice

from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.upkeep import UpkeepRepository


class MemoryUpkeepRepository(UpkeepRepository):
    """Keys and failures of all schools."""

    def __init__(self, database: MemoryDatabase, tx: Transaction) -> None:
        self._keys = Rows(database.idempotency_keys, tx, None)
        self._failures = Rows(database.sign_in_failures, tx, None)

    async def forget_idempotency_keys(self, before: datetime, limit: int) -> int:
        old = list(islice((name for name, known in self._keys.keyed() if known.started_at < before), limit))
        for name in old:
            self._keys.remove(name)
        return len(old)

    async def forget_sign_in_failures(self, before: datetime, limit: int) -> int:
        old = list(islice((name for name, known in self._failures.keyed() if known.last_at < before), limit))
        for name in old:
            self._failures.remove(name)
        return len(old)
