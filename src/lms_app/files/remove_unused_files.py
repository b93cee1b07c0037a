"""Remove uploads that nobody went on with."""

from datetime import timedelta
from uuid import UUID

from lms_app.files.discard_file import discard_files
from lms_app.ports.clock import Clock
from lms_app.ports.inventory import Inventory
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope, TenantScope

KEEP_FOR = timedelta(days=1)
"""For so long an upload may wait for the form that it belongs to."""
_PAGE = 100
_LOOK = SystemScope("uploads that nothing refers to are looked for")


class RemoveUnusedFiles:
    """Remove files that nothing refers to: uploads whose form was never sent, and pictures in whose place others came.
    The school gets its bytes back."""

    def __init__(self, uow: UnitOfWork, inventory: Inventory, clock: Clock) -> None:
        self._uow = uow
        self._inventory = inventory
        self._clock = clock

    async def __call__(self) -> int:
        """How many. Interrupted, it goes on at the next time; two at once do no harm."""
        return sum([await self._of_school(tenant_id) for tenant_id in await self._inventory.schools(_LOOK)])

    async def _of_school(self, tenant_id: UUID) -> int:
        removed = 0
        while True:
            now = self._clock.now()
            async with self._uow.begin(TenantScope(tenant_id)) as tx:
                # The usage row keeps two of us apart: no file's bytes come back twice.
                await tx.usage.lock_limits()
                unused = await tx.files.unused(now - KEEP_FOR, _PAGE)
                await discard_files(tx, (file.id for file in unused), now=now)
                await tx.commit()
            removed += len(unused)
            if len(unused) < _PAGE:
                return removed
