"""Compare what lies in storage with what the database says."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from lms_app.operations.invariants import Invariant, Violation, of_video, violation
from lms_app.ports.clock import Clock
from lms_app.ports.inventory import Inventory
from lms_app.ports.storage import ObjectNotFound, ObjectStorage
from lms_app.scope import TenantScope
from lms_app.video.collect_garbage import CollectionRules
from lms_domain.video.asset import VideoAsset, VideoStatus
from lms_domain.video.garbage import Holding, at_rest_since, holding_of, is_garbage, was_at_rest
from lms_domain.video.storage_keys import files_prefix, tenant_prefix

Holdings = dict[UUID, list[Holding]]
"""What lies in storage, by the content that it belongs to."""


class CheckStorage:
    """Files that nobody needs and nobody collects, files that are missing, bytes that do not add up."""

    def __init__(self, inventory: Inventory, storage: ObjectStorage, rules: CollectionRules, clock: Clock) -> None:
        self._inventory = inventory
        self._storage = storage
        self._rules = rules
        self._clock = clock

    async def videos(self, scope: TenantScope, looked_at: Counter[Invariant]) -> tuple[Holdings, list[Violation]]:
        """What lies there for the videos of a school, and what no video can have."""
        parts: dict[str, Holding] = {}
        strange: list[Violation] = []
        async for found in self._storage.keys(f"{tenant_prefix(scope.tenant_id)}videos/"):
            part = holding_of(found.key, size=found.size, modified_at=found.modified_at)
            if part is not None:
                known = parts.get(part.key)
                parts[part.key] = known.joined(part) if known is not None else part
                continue
            what = f"{found.key} is no file that this program makes"
            remedy = "Nobody collects it. Remove it by hand."
            strange.append(
                violation(
                    Invariant.NOTHING_IS_ABANDONED, what, tenant_id=scope.tenant_id, subject=found.key, remedy=remedy
                )
            )
        looked_at[Invariant.NOTHING_IS_ABANDONED] += len(parts) + len(strange)
        held: Holdings = {}
        for holding in parts.values():
            held.setdefault(holding.content_id, []).append(holding)
        return held, strange

    def of_video(self, asset: VideoAsset, holdings: list[Holding]) -> list[Violation]:
        """Whether what lies there for a video is what it says."""
        before = self._overdue()
        found = [_abandoned(each) for each in holdings if is_garbage(each, asset, before=before)]
        lying = sum(each.size for each in holdings)
        if _is_weighed(asset, holdings, before) and asset.stored_bytes != lying:
            what = f"the video counts as {asset.stored_bytes} bytes, {lying} lie in storage"
            found += of_video(asset, Invariant.BYTES_ADD_UP, (what,))
        return found

    def of_no_video(self, held: Holdings) -> list[Violation]:
        """Whether what is left over belongs to nothing."""
        before = self._overdue()
        return [
            _abandoned(each) for holdings in held.values() for each in holdings if is_garbage(each, None, before=before)
        ]

    async def uploaded_files(self, scope: TenantScope, looked_at: Counter[Invariant]) -> list[Violation]:
        """Whether there is exactly what people uploaded besides videos."""
        lying = {found.key: found async for found in self._storage.keys(files_prefix(scope.tenant_id))}
        known = await self._inventory.files(scope)
        looked_at[Invariant.NOTHING_IS_ABANDONED] += len(lying)
        looked_at[Invariant.READY_IS_WHOLE] += len(known)
        before, found = self._overdue(), []
        for key in sorted(lying.keys() - known):
            if lying[key].modified_at < before:
                what = f"{key} ({lying[key].size} bytes) is needed by nobody"
                found.append(violation(Invariant.NOTHING_IS_ABANDONED, what, tenant_id=scope.tenant_id, subject=key))
        remedy = "It is lost. Restore it from a backup, or remove what refers to it."
        found += [
            violation(
                Invariant.READY_IS_WHOLE, f"{key} is missing", tenant_id=scope.tenant_id, subject=key, remedy=remedy
            )
            for key in sorted(known - lying.keys())
            if not await self._exists(key)  # it may have come after the listing
        ]
        return found

    async def unknown_schools(self, schools: frozenset[UUID]) -> list[Violation]:
        """Whether everything belongs to some school."""
        known = {tenant_prefix(school) for school in schools}
        before, found = self._overdue(), set()
        async for each in self._storage.keys("tenant/"):
            prefix = "/".join(each.key.split("/")[:2]) + "/"
            if prefix not in known and each.modified_at < before:
                found.add(prefix)
        remedy = "If this is the right database, the school was erased: remove the folder by hand."
        return [
            violation(Invariant.NOTHING_IS_ABANDONED, f"{prefix} belongs to no school", subject=prefix, remedy=remedy)
            for prefix in sorted(found)
        ]

    async def _exists(self, key: str) -> bool:
        try:
            await self._storage.head(key)
        except ObjectNotFound:
            return False
        return True

    def _overdue(self) -> datetime:
        """What could have been collected at that time should be gone by now."""
        return self._clock.now() - self._rules.after - 2 * self._rules.every


def _is_weighed(asset: VideoAsset, holdings: list[Holding], before: datetime) -> bool:
    """Whether the bytes of a video must be right: FINALIZE counts what lies there, and the collection does, in its
    time. What a worker that lost its lease stored afterwards is counted by nobody until then."""
    newest = max((each.newest for each in holdings), default=asset.created_at)
    if was_at_rest(asset, before) and newest < before:
        return True
    since = at_rest_since(asset)
    return asset.status is VideoStatus.READY and since is not None and newest <= since


def _abandoned(holding: Holding) -> Violation:
    return violation(
        Invariant.NOTHING_IS_ABANDONED,
        f"{holding.key} ({holding.size} bytes) is needed by nobody",
        tenant_id=holding.tenant_id,
        content_id=holding.content_id,
        subject=holding.key,
    )
