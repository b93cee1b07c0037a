"""Collect files that nobody references any more."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lms_app.ports.clock import Clock
from lms_app.ports.inventory import Inventory
from lms_app.ports.logger import Logger
from lms_app.ports.storage import ObjectStorage
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope, TenantScope
from lms_domain.video.asset import VideoAsset
from lms_domain.video.garbage import (
    COLLECT_AFTER,
    Holding,
    holding_of,
    is_garbage,
    was_at_rest,
)
from lms_domain.video.storage_keys import files_prefix, tenant_prefix

_PAGE = 200
_SCOPE = SystemScope("files that nobody needs are collected")


@dataclass(frozen=True, slots=True)
class CollectionRules:
    """``after``: how long ago something must have been referenced last, so that nobody can be watching it;
    ``every``: how often is looked for such things."""

    after: timedelta = COLLECT_AFTER
    every: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collection removed: runs, uploads and files, and their bytes together with those of broken uploads.
    What was named as garbage is not weighed."""

    holdings: int = 0
    size: int = 0

    def __add__(self, other: "Collected") -> "Collected":
        return Collected(self.holdings + other.holdings, self.size + other.size)


class CollectGarbage:
    """Remove earlier runs, runs of workers that lost their lease, uploads whose transaction was lost and the remains
    of killed uploads, once nobody can be watching them any more; the school gets its bytes back. And remove, at their
    time, the files that somebody named as garbage.

    The only place where storage is listed as a whole. Files of schools that this database does not know are left
    alone unless they were named: it may be the wrong database.
    """

    def __init__(
        self,
        uow: UnitOfWork,
        inventory: Inventory,
        storage: ObjectStorage,
        rules: CollectionRules,
        clock: Clock,
        log: Logger,
    ) -> None:
        self._uow = uow
        self._inventory = inventory
        self._storage = storage
        self._rules = rules
        self._clock = clock
        self._log = log

    async def __call__(self) -> Collected:
        """Interrupted, it goes on at the next time. Two at once do no harm.

        Raises:
            StorageUnavailable, Unavailable: see there.
        """
        before = self._clock.now() - self._rules.after
        total = await self._named()
        for tenant_id in await self._inventory.schools(_SCOPE):
            total += await self._school(TenantScope(tenant_id), before)
        total += Collected(0, await self._storage.delete_unfinished("tenant/", before=before))
        if total != Collected():
            self._log.info("collected", holdings=total.holdings, bytes=total.size)
        return total

    async def _school(self, scope: TenantScope, before: datetime) -> Collected:
        # Storage first, videos second: what is referenced after the listing is seen in time.
        held = await self._listed(scope)
        total, after = Collected(), None
        while assets := await self._inventory.videos(scope, after=after, limit=_PAGE):
            for asset in assets:
                total += await self._video(scope, asset, held.pop(asset.content_id, []), before)
            after = assets[-1].content_id
        for orphans in held.values():
            total += await self._remove([each for each in orphans if is_garbage(each, None, before=before)])
        return total + await self._files(scope, before)

    async def _named(self) -> Collected:
        total = Collected()
        while True:
            # No transaction stays open over the storage: what is removed twice is removed.
            async with self._uow.begin(_SCOPE) as system:
                due = await system.garbage.due(_PAGE, now=self._clock.now())
            if not due:
                return total
            for each in due:
                if each.garbage.prefix.startswith(tenant_prefix(each.garbage.tenant_id)):
                    await self._delete(each.garbage.prefix)
                else:
                    self._log.warning("this is no file of that school", prefix=each.garbage.prefix)
            async with self._uow.begin(_SCOPE) as system:
                await system.garbage.collected(frozenset(each.id for each in due))
                await system.commit()
            total += Collected(len(due), 0)

    async def _files(self, scope: TenantScope, before: datetime) -> Collected:
        old = [found async for found in self._storage.keys(files_prefix(scope.tenant_id)) if found.modified_at < before]
        known = await self._inventory.files(scope) if old else frozenset()
        orphans = [found for found in old if found.key not in known]
        for orphan in orphans:
            await self._storage.delete(orphan.key)
        return Collected(len(orphans), sum(orphan.size for orphan in orphans))

    async def _listed(self, scope: TenantScope) -> dict[UUID, list[Holding]]:
        parts: dict[str, Holding] = {}
        async for found in self._storage.keys(f"{tenant_prefix(scope.tenant_id)}videos/"):
            part = holding_of(found.key, size=found.size, modified_at=found.modified_at)
            if part is not None:
                known = parts.get(part.key)
                parts[part.key] = known.joined(part) if known is not None else part
        held: dict[UUID, list[Holding]] = {}
        for holding in parts.values():
            held.setdefault(holding.content_id, []).append(holding)
        return held

    async def _video(self, scope: TenantScope, asset: VideoAsset, held: list[Holding], before: datetime) -> Collected:
        garbage = [each for each in held if is_garbage(each, asset, before=before)]
        removed = await self._remove(garbage)
        kept = sum(each.size for each in held) - removed.size
        if kept != asset.stored_bytes and was_at_rest(asset, before):
            await self._weigh(scope, asset.id, kept, before)
        return removed

    async def _remove(self, garbage: list[Holding]) -> Collected:
        for holding in garbage:
            await self._delete(holding.key)
        return Collected(len(garbage), sum(each.size for each in garbage))

    async def _delete(self, key: str) -> None:
        if key.endswith("/"):
            await self._storage.delete_prefix(key)
        else:
            await self._storage.delete(key)

    async def _weigh(self, scope: TenantScope, asset_id: UUID, kept: int, before: datetime) -> None:
        """Count what the video keeps, unless somebody began to work on it meanwhile: they will count anew."""
        async with self._uow.begin(scope) as tx:
            asset = await tx.videos.lock(asset_id)
            if asset is None or not was_at_rest(asset, before):
                return
            await tx.usage.add_stored_bytes(kept - asset.stored_bytes)
            asset.stored_bytes = kept
            await tx.videos.save(asset)
            await tx.commit()
