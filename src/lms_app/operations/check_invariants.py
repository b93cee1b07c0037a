"""Compare what the database says with itself, with what lies in storage and with what runs."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from lms_app.operations.check_media import CheckMedia
from lms_app.operations.invariants import TITLES, CheckedInvariant, CheckReport, Invariant, Violation, violation
from lms_app.ports.clock import Clock
from lms_app.ports.consistency import ConsistencyQueries
from lms_app.ports.inventory import VideoInventory
from lms_app.ports.storage import ObjectStorage
from lms_app.ports.tool_processes import ToolProcess, ToolProcesses
from lms_app.scope import SystemScope, TenantScope
from lms_app.video.collect_garbage import CollectionRules
from lms_app.video.run_step import PipelineRules
from lms_domain.video.asset import VideoAsset, VideoStatus
from lms_domain.video.consistency import PATIENCE, contradictions, excesses, strays, stuck
from lms_domain.video.garbage import Holding, at_rest_since, holding_of, is_garbage, was_at_rest
from lms_domain.video.storage_keys import tenant_prefix

_SCOPE = SystemScope("invariants are checked")
_PAGE = 200


class CheckInvariants:
    """Look for everything that no fault may ever lead to: videos that nobody works on, READY ones that do not play,
    files that nobody collects, bytes counted wrongly, tools without a lease, references across schools.

    Nothing is changed. It reads every playlist and lists the whole storage, so it takes its time; what goes on
    meanwhile does not disturb it.
    """

    def __init__(
        self,
        inventory: VideoInventory,
        consistency: ConsistencyQueries,
        storage: ObjectStorage,
        check_media: CheckMedia,
        tools: ToolProcesses,
        pipeline: PipelineRules,
        collection: CollectionRules,
        clock: Clock,
    ) -> None:
        self._inventory = inventory
        self._consistency = consistency
        self._storage = storage
        self._check_media = check_media
        self._tools = tools
        self._retry = pipeline.retry
        self._collection = collection
        self._clock = clock

    async def __call__(self) -> CheckReport:
        """Raises StorageUnavailable, Unavailable: nothing can be said."""
        looked_at: Counter[Invariant] = Counter()
        tools = frozenset(self._tools.running())
        looked_at[Invariant.TOOLS_ARE_LEASED] += len(tools)
        found = await self._late_doorbells(looked_at)
        found += await self._books(looked_at)
        schools = await self._inventory.schools(_SCOPE)
        for tenant_id in schools:
            found += await self._school(TenantScope(tenant_id), looked_at)
        found += await self._unknown_schools(frozenset(schools))
        found += await self._unleased_tools(tools)
        broken = {each.invariant for each in found}
        return CheckReport(
            is_clean=not found,
            invariants=[
                CheckedInvariant(
                    invariant=invariant, title=title, holds=invariant not in broken, looked_at=looked_at[invariant]
                )
                for invariant, title in TITLES.items()
            ],
            violations=found,
        )

    async def _unleased_tools(self, seen: frozenset[ToolProcess]) -> list[Violation]:
        """``seen`` ran at the beginning, before looking at media started tools of its own; what ran out meanwhile
        was ending anyway."""
        left = seen.intersection(self._tools.running())
        if not left or await self._consistency.live_leases(_SCOPE):
            return []
        return [
            violation(
                Invariant.TOOLS_ARE_LEASED,
                f"{tool.name} runs as process {tool.pid}, but no step is being worked on",
                subject=str(tool.pid),
            )
            for tool in sorted(left, key=lambda tool: tool.pid)
        ]

    async def _late_doorbells(self, looked_at: Counter[Invariant]) -> list[Violation]:
        late = await self._consistency.late_doorbells(_SCOPE, seconds=PATIENCE.total_seconds())
        looked_at[Invariant.DOORBELLS_ARE_RUNG] += len(late)
        return [
            violation(
                Invariant.DOORBELLS_ARE_RUNG,
                f"the doorbell for step {bell.step_id} waits since {bell.waiting_seconds:.0f} s",
                tenant_id=bell.tenant_id,
                subject=str(bell.message_id),
            )
            for bell in late
        ]

    async def _books(self, looked_at: Counter[Invariant]) -> list[Violation]:
        books = await self._consistency.books(_SCOPE)
        looked_at[Invariant.BYTES_ADD_UP] += len(books)
        return [
            violation(
                Invariant.BYTES_ADD_UP,
                f"{school.counted_bytes} bytes count towards the plan, what is kept takes {school.held_bytes}",
                tenant_id=school.tenant_id,
            )
            for school in books
            if school.counted_bytes != school.held_bytes
        ]

    async def _school(self, scope: TenantScope, looked_at: Counter[Invariant]) -> list[Violation]:
        held, found = await self._listed(scope, looked_at)
        transcribed = await self._consistency.transcribed(scope)
        after: UUID | None = None
        while assets := await self._inventory.videos(scope, after=after, limit=_PAGE):
            for asset in assets:
                holdings = held.pop(asset.content_id, [])
                found += self._rules(asset, looked_at)
                found += self._files(asset, holdings)
                if asset.status is VideoStatus.READY:
                    looked_at[Invariant.READY_IS_WHOLE] += 1
                    has_transcript = asset.content_id in transcribed
                    flaws = await self._check_media(asset, has_transcript=has_transcript)
                    found += _of(asset, Invariant.READY_IS_WHOLE, flaws)
            after = assets[-1].content_id
        before = self._overdue()
        orphans = [each for holdings in held.values() for each in holdings if is_garbage(each, None, before=before)]
        return found + [_abandoned(each) for each in orphans]

    async def _listed(
        self, scope: TenantScope, looked_at: Counter[Invariant]
    ) -> tuple[dict[UUID, list[Holding]], list[Violation]]:
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
        held: dict[UUID, list[Holding]] = {}
        for holding in parts.values():
            held.setdefault(holding.content_id, []).append(holding)
        return held, strange

    def _rules(self, asset: VideoAsset, looked_at: Counter[Invariant]) -> list[Violation]:
        found: list[Violation] = []
        for invariant, flaws in (
            (Invariant.NOTHING_IS_STUCK, stuck(asset, now=self._clock.now())),
            (Invariant.STATES_FOLLOW, contradictions(asset)),
            (Invariant.ATTEMPTS_END, excesses(asset, self._retry)),
            (Invariant.SCHOOLS_STAY_APART, strays(asset)),
        ):
            looked_at[invariant] += 1
            found += _of(asset, invariant, flaws)
        return found

    def _files(self, asset: VideoAsset, holdings: list[Holding]) -> list[Violation]:
        before = self._overdue()
        found = [_abandoned(each) for each in holdings if is_garbage(each, asset, before=before)]
        lying = sum(each.size for each in holdings)
        if _is_weighed(asset, holdings, before) and asset.stored_bytes != lying:
            what = f"the video counts as {asset.stored_bytes} bytes, {lying} lie in storage"
            found += _of(asset, Invariant.BYTES_ADD_UP, (what,))
        return found

    async def _unknown_schools(self, schools: frozenset[UUID]) -> list[Violation]:
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

    def _overdue(self) -> datetime:
        """What could have been collected at that time should be gone by now."""
        return self._clock.now() - self._collection.after - 2 * self._collection.every


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


def _of(asset: VideoAsset, invariant: Invariant, flaws: tuple[str, ...]) -> list[Violation]:
    return [violation(invariant, flaw, tenant_id=asset.tenant_id, content_id=asset.content_id) for flaw in flaws]
