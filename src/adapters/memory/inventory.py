"""What the database says lies in storage, in memory."""

from dataclasses import replace
from uuid import UUID

from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows
from lms_app.ports.inventory import Inventory
from lms_app.scope import SystemScope, TenantScope
from lms_domain.video.asset import VideoAsset
from lms_domain.video.steps import PLAN


class MemoryInventory(Inventory):
    """Reads what is committed."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    async def schools(self, scope: SystemScope) -> tuple[UUID, ...]:
        del scope
        with self._database.transaction() as tx:
            return tuple(sorted(tenant.id for tenant in Rows(self._database.tenants, tx, None).values()))

    async def files(self, scope: TenantScope) -> frozenset[str]:
        with self._database.transaction() as tx:
            return frozenset(file.key for file in Rows(self._database.files, tx, scope.tenant_id).values())

    async def videos(self, scope: TenantScope, *, after: UUID | None, limit: int) -> tuple[VideoAsset, ...]:
        with self._database.transaction() as tx:
            steps = Rows(self._database.steps, tx, scope.tenant_id).values()
            assets = sorted(Rows(self._database.videos, tx, scope.tenant_id).values(), key=lambda a: a.content_id)
        found = [asset for asset in assets if after is None or asset.content_id > after][:limit]
        return tuple(
            replace(
                asset,
                steps={
                    name: replace(row.step, output=dict(row.step.output))
                    for name in PLAN
                    for row in steps
                    if row.asset_id == asset.id and row.step.name is name
                },
            )
            for asset in found
        )
