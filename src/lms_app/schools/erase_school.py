"""Erase a school."""

from uuid import UUID

from lms_app.ports.storage import ObjectStorage
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope
from lms_domain.video.storage_keys import tenant_prefix


class EraseSchool:
    """Remove a school for good: every row, then every object. Nothing of it can be seen once the rows are gone, so an
    interruption leaves unreachable objects at worst; erasing again removes them."""

    def __init__(self, uow: UnitOfWork, storage: ObjectStorage) -> None:
        self._uow = uow
        self._storage = storage

    async def __call__(self, tenant_id: UUID) -> None:
        """Raises StorageUnavailable: the rows are gone, some objects are not; call again."""
        async with self._uow.begin(SystemScope("a school is erased")) as system:
            await system.tenants.erase(tenant_id)
            await system.commit()
        async for found in self._storage.keys(tenant_prefix(tenant_id)):
            await self._storage.delete(found.key)
