"""What the database says lies in storage."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import Integer, Uuid, or_, select

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.sql import Row
from adapters.postgres.statements import Statement, any_id, of_tenant, parameter
from adapters.postgres.tables import stored_files, tenants, video_assets, video_steps
from adapters.postgres.video import asset_from_rows
from lms_app.ports.inventory import Inventory
from lms_app.scope import SystemScope, TenantScope
from lms_domain.video.asset import VideoAsset

_AFTER = parameter("after", Uuid)
_SCHOOLS = Statement(select(tenants.c.id).order_by(tenants.c.id))
_ASSETS = Statement(
    select(video_assets)
    .where(of_tenant(video_assets), or_(_AFTER.is_(None), video_assets.c.content_id > _AFTER))
    .order_by(video_assets.c.content_id)
    .limit(parameter("limit", Integer))
)
_FILES = Statement(select(stored_files.c.key).where(of_tenant(stored_files)))
_STEPS = Statement(select(video_steps).where(of_tenant(video_steps), video_steps.c.asset_id == any_id("asset_ids")))


class PostgresInventory(Inventory):
    """Schools as the system role, videos as the school itself."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def schools(self, scope: SystemScope) -> tuple[UUID, ...]:
        async with self._database.read(scope) as sql:
            return tuple(row["id"] for row in await sql.rows(_SCHOOLS))

    async def files(self, scope: TenantScope) -> frozenset[str]:
        async with self._database.read(scope) as sql:
            return frozenset(row["key"] for row in await sql.rows(_FILES))

    async def videos(self, scope: TenantScope, *, after: UUID | None, limit: int) -> tuple[VideoAsset, ...]:
        async with self._database.read_at_once(scope) as sql:
            assets = await sql.rows(_ASSETS, after=after, limit=limit)
            steps = await sql.rows(_STEPS, asset_ids=[row["id"] for row in assets]) if assets else []
        of_asset: defaultdict[UUID, list[Row]] = defaultdict(list)
        for row in steps:
            of_asset[row["asset_id"]].append(row)
        return tuple(asset_from_rows(row, of_asset[row["id"]]) for row in assets)
