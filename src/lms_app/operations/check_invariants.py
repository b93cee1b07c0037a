"""Compare what the database says with itself, with what lies in storage and with what runs."""

from collections import Counter
from uuid import UUID

from lms_app.operations.check_media import CheckMedia
from lms_app.operations.check_storage import CheckStorage
from lms_app.operations.invariants import (
    TITLES,
    CheckedInvariant,
    CheckReport,
    Invariant,
    Violation,
    of_video,
    violation,
)
from lms_app.ports.clock import Clock
from lms_app.ports.consistency import ConsistencyQueries, GeneratedWork
from lms_app.ports.inventory import Inventory
from lms_app.ports.tool_processes import ToolProcess, ToolProcesses
from lms_app.scope import SystemScope, TenantScope
from lms_app.video.collect_garbage import CollectionRules
from lms_app.video.run_step import PipelineRules
from lms_domain.video.asset import VideoAsset, VideoStatus
from lms_domain.video.consistency import PATIENCE, contradictions, excesses, strays, stuck
from lms_domain.video.steps import StepName, StepState

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
        inventory: Inventory,
        consistency: ConsistencyQueries,
        check_storage: CheckStorage,
        check_media: CheckMedia,
        tools: ToolProcesses,
        pipeline: PipelineRules,
        collection: CollectionRules,
        clock: Clock,
    ) -> None:
        self._inventory = inventory
        self._consistency = consistency
        self._check_storage = check_storage
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
        found += await self._overdue_garbage(looked_at)
        schools = await self._inventory.schools(_SCOPE)
        for tenant_id in schools:
            found += await self._school(TenantScope(tenant_id), looked_at)
        found += await self._check_storage.unknown_schools(frozenset(schools))
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

    async def _overdue_garbage(self, looked_at: Counter[Invariant]) -> list[Violation]:
        seconds = 2 * self._collection.every.total_seconds()
        overdue = await self._consistency.overdue_garbage(_SCOPE, seconds=seconds)
        looked_at[Invariant.NOTHING_IS_ABANDONED] += len(overdue)
        return [
            violation(Invariant.NOTHING_IS_ABANDONED, f"{prefix} should have been removed by now", subject=prefix)
            for prefix in overdue
        ]

    async def _school(self, scope: TenantScope, looked_at: Counter[Invariant]) -> list[Violation]:
        held, found = await self._check_storage.videos(scope, looked_at)
        transcribed = await self._consistency.transcribed(scope)
        generated = await self._consistency.generated(scope)
        after: UUID | None = None
        while assets := await self._inventory.videos(scope, after=after, limit=_PAGE):
            for asset in assets:
                holdings = held.pop(asset.content_id, [])
                found += self._rules(asset, looked_at)
                found += self._check_storage.of_video(asset, holdings)
                if asset.status is VideoStatus.READY:
                    looked_at[Invariant.READY_IS_WHOLE] += 1
                    has_transcript = asset.content_id in transcribed
                    flaws = await self._check_media(asset, has_transcript=has_transcript)
                    found += of_video(asset, Invariant.READY_IS_WHOLE, flaws)
                    looked_at[Invariant.MADE_ONCE] += 1
                    found += of_video(asset, Invariant.MADE_ONCE, _made_once(asset, generated.get(asset.content_id)))
            after = assets[-1].content_id
        found += self._check_storage.of_no_video(held)
        return found + await self._check_storage.uploaded_files(scope, looked_at)

    def _rules(self, asset: VideoAsset, looked_at: Counter[Invariant]) -> list[Violation]:
        found: list[Violation] = []
        for invariant, flaws in (
            (Invariant.NOTHING_IS_STUCK, stuck(asset, now=self._clock.now())),
            (Invariant.STATES_FOLLOW, contradictions(asset)),
            (Invariant.ATTEMPTS_END, excesses(asset, self._retry)),
            (Invariant.SCHOOLS_STAY_APART, strays(asset)),
        ):
            looked_at[invariant] += 1
            found += of_video(asset, invariant, flaws)
        return found


def _made_once(asset: VideoAsset, work: GeneratedWork | None) -> tuple[str, ...]:
    """Two of a kind are refused by the database itself, and so is a second notification of the same fact."""
    flaws = []
    if asset.steps[StepName.ASSIGNMENTS].state is StepState.SUCCEEDED and (work is None or work.reflections != 1):
        flaws.append(f"{work.reflections if work else 0} reflections were made of it")
    if work is not None and work.published_quizzes > 1:
        flaws.append(f"{work.published_quizzes} quizzes of it are published at once")
    return tuple(flaws)
