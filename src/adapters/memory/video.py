"""Videos and the steps of their pipeline, in memory. Leases live by the clock that is given."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from adapters.memory.checks import check_school, require
from adapters.memory.database import MemoryDatabase, StepRow
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.clock import Clock
from lms_app.ports.repositories import (
    ClaimedStep,
    Lease,
    PipelineSweepRepository,
    StepRef,
    StoredVideo,
    Taken,
    Transcript,
    VideoRepository,
)
from lms_domain.video.asset import VideoAsset
from lms_domain.video.steps import PLAN, Step, StepState


class MemoryVideoRepository(VideoRepository):
    """Videos of one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID, clock: Clock) -> None:
        self._tenant_id = tenant_id
        self._clock = clock
        self._contents = Rows(database.contents, tx, tenant_id)
        self._videos = Rows(database.videos, tx, tenant_id)
        self._steps = Rows(database.steps, tx, tenant_id)
        self._transcripts = Rows(database.transcripts, tx, tenant_id)

    async def add(self, asset: VideoAsset) -> None:
        check_school(asset.tenant_id, self._tenant_id)
        require(self._contents.get(asset.content_id))
        await self._videos.lock_value(asset.content_id)
        if any(other.content_id == asset.content_id for other in self._videos.values()):
            raise Taken("other")
        self._videos.put(asset.id, replace(asset, steps={}))
        for step in asset.steps.values():
            queued_at = self._clock.now() if step.state is StepState.QUEUED else None
            self._steps.put(step.id, StepRow(asset.id, _copy(step), queued_at))

    async def lock(self, asset_id: UUID) -> VideoAsset | None:
        asset = await self._videos.lock(asset_id)
        if asset is None:
            return None
        steps = {row.step.name: _copy(row.step) for row in self._steps.values() if row.asset_id == asset_id}
        return replace(asset, steps={name: steps[name] for name in PLAN})

    async def lock_by_content(self, content_id: UUID) -> VideoAsset | None:
        found = next((asset.id for asset in self._videos.values() if asset.content_id == content_id), None)
        return await self.lock(found) if found is not None else None

    async def lock_stored(self, content_ids: frozenset[UUID]) -> tuple[StoredVideo, ...]:
        locked = await self._lock_by_contents(content_ids)
        return tuple(StoredVideo(asset.content_id, asset.stored_bytes) for asset in locked)

    async def lock_by_course(self, course_id: UUID) -> tuple[VideoAsset, ...]:
        found = frozenset(content.id for content in self._contents.values() if content.course_id == course_id)
        return await self._lock_by_contents(found)

    async def _lock_by_contents(self, content_ids: frozenset[UUID]) -> tuple[VideoAsset, ...]:
        found = sorted(asset.id for asset in self._videos.values() if asset.content_id in content_ids)
        locked = [await self.lock(asset_id) for asset_id in found]
        return tuple(asset for asset in locked if asset is not None)

    async def claim(self, step_id: UUID, lease: Lease) -> ClaimedStep | None:
        row = self._steps.get(step_id)
        if row is None or await self._videos.lock(row.asset_id) is None:
            return None
        row, now = await self._steps.lock(step_id), self._clock.now()
        if row is None:
            return None
        step = row.step
        is_lost = step.state is StepState.RUNNING and step.lease_until is not None and step.lease_until < now
        is_due = step.state is StepState.QUEUED and (step.not_before is None or step.not_before <= now)
        if not (is_lost or is_due):
            return None
        taken = replace(
            step,
            state=StepState.RUNNING,
            attempt=step.attempt + 1,
            lost_leases=step.lost_leases + is_lost,
            lease_until=now + timedelta(seconds=lease.seconds),
            progress=0.0,
            started_at=now,
            finished_at=None,
            not_before=None,
        )
        self._steps.put(step_id, StepRow(row.asset_id, taken, None))
        return ClaimedStep(asset_id=row.asset_id, step_id=step_id, name=taken.name, attempt=taken.attempt)

    async def heartbeat(self, step_id: UUID, attempt: int, lease: Lease, *, progress: float) -> bool:
        row = await self._steps.lock(step_id)
        if row is None or row.step.state is not StepState.RUNNING or row.step.attempt != attempt:
            return False
        until = self._clock.now() + timedelta(seconds=lease.seconds)
        step = replace(row.step, lease_until=until, progress=min(1.0, max(0.0, progress)))
        self._steps.put(step_id, replace(row, step=step))
        return True

    async def save(self, *assets: VideoAsset) -> None:
        for asset in assets:
            check_school(asset.tenant_id, self._tenant_id)
        for asset in assets:
            await self._save(asset)

    async def _save(self, asset: VideoAsset) -> None:
        if await self._videos.lock(asset.id) is None:
            return
        self._videos.put(asset.id, replace(asset, steps={}))
        for step in asset.steps.values():
            row = await self._steps.lock(step.id)
            if row is not None:
                self._steps.put(step.id, self._saved(row, step))

    async def put_transcript(self, transcript: Transcript) -> None:
        require(self._contents.get(transcript.content_id))
        self._transcripts.put(transcript.content_id, transcript)

    async def get_transcript(self, content_id: UUID) -> Transcript | None:
        return self._transcripts.get(content_id)

    def _saved(self, row: StepRow, step: Step) -> StepRow:
        """Only a claim gives attempts, and of a step that stays RUNNING the heartbeat alone writes lease and progress:
        the row may be newer than what was read."""
        if step.state is StepState.RUNNING:
            kept = replace(_copy(step), lease_until=row.step.lease_until, progress=row.step.progress)
        else:
            kept = replace(_copy(step), lease_until=None)
        queued_at = (row.queued_at or self._clock.now()) if step.state is StepState.QUEUED else None
        return StepRow(row.asset_id, replace(kept, attempt=row.step.attempt), queued_at)


class MemoryPipelineSweepRepository(PipelineSweepRepository):
    """Steps of all schools."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, clock: Clock) -> None:
        self._clock = clock
        self._videos = Rows(database.videos, tx, None)
        self._steps = Rows(database.steps, tx, None)

    async def expired(self, limit: int) -> tuple[StepRef, ...]:
        now = self._clock.now()
        found = [
            (row.step.lease_until, row)
            for row in self._steps.values()
            if row.step.state is StepState.RUNNING and row.step.lease_until is not None and row.step.lease_until < now
        ]
        found.sort(key=lambda each: (each[0], each[1].step.id))
        return self._refs([row for _, row in found[:limit]])

    async def due(self, limit: int) -> tuple[StepRef, ...]:
        now = self._clock.now()
        found = [
            (max(row.queued_at, row.step.not_before or row.queued_at), row)
            for row in self._steps.values()
            if row.queued_at is not None and (row.step.not_before is None or row.step.not_before <= now)
        ]
        found.sort(key=lambda each: (each[0], each[1].step.id))
        return self._refs([row for _, row in found[:limit]])

    def _refs(self, rows: list[StepRow]) -> tuple[StepRef, ...]:
        assets = ((row.step, self._videos.get(row.asset_id)) for row in rows)
        return tuple(
            StepRef(
                tenant_id=asset.tenant_id,
                asset_id=asset.id,
                step_id=step.id,
                name=step.name,
                queue=PLAN[step.name].queue,
            )
            for step, asset in assets
            if asset is not None
        )


def _copy(step: Step) -> Step:
    """A step that its owner may change."""
    return replace(step, output=dict(step.output))
