"""What every repository of videos and their steps promises. A subclass provides the fixture ``uow``, and overrides
``let_pass`` when its clock is not the real one."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from lms_app.ports.repositories import ClaimedStep, Lease, StepRef, StoredVideo
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.video.asset import RetryRule, StepFailure, VideoAsset, VideoFacts, VideoStatus
from lms_domain.video.steps import QueueName, StepName, StepState
from tests.contracts.samples import NOW, SYSTEM, a_transcript, new_school, new_video

LetPass = Callable[[float], Awaitable[None]]
LEASE = Lease(60.0)
SOON_OVER = Lease(0.05)


class VideoRepositoryContract:
    """Videos, their steps and leases."""

    @pytest.fixture
    def let_pass(self) -> LetPass:
        """Let so many seconds of the repositories' own clock pass."""
        return asyncio.sleep

    async def test_a_video_comes_back_as_it_was(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        async with uow.begin(scope) as tx:
            assert await tx.videos.lock(asset.id) == asset
            assert await tx.videos.lock_by_content(asset.content_id) == asset
            assert await tx.videos.lock(uuid4()) is None
            assert await tx.videos.lock_by_content(uuid4()) is None

    async def test_several_at_once(self, uow: UnitOfWork) -> None:
        scope, other = await new_school(uow), await new_school(uow)
        ours, theirs = [await new_video(uow, scope) for _ in range(2)], await new_video(uow, other)
        async with uow.begin(scope) as tx:
            wanted = frozenset({uuid4(), theirs.content_id, *(asset.content_id for asset in ours)})
            stored = {StoredVideo(asset.content_id, asset.stored_bytes) for asset in ours}
            assert set(await tx.videos.lock_stored(wanted)) == stored
            assert await tx.videos.lock_stored(frozenset()) == ()
            content = await tx.courses.find_content(ours[0].content_id)
            assert content is not None
            assert await tx.videos.lock_by_course(content.course_id) == (ours[0],)
            assert await tx.videos.lock_by_course(uuid4()) == ()
            for asset in ours:
                asset.cancel(now=NOW)
            await tx.videos.save(*ours)
            assert [await tx.videos.lock(asset.id) for asset in ours] == ours

    async def test_claiming(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        step = asset.steps[StepName.VALIDATE]
        claimed = await claim(uow, scope, asset, StepName.VALIDATE)
        assert claimed == ClaimedStep(asset_id=asset.id, step_id=step.id, name=StepName.VALIDATE, attempt=1)
        async with uow.begin(scope) as tx:
            held = await tx.videos.lock(asset.id)
            assert held is not None
            now = held.steps[StepName.VALIDATE]
            assert (now.state, now.attempt, now.progress, now.lost_leases) == (StepState.RUNNING, 1, 0.0, 0)
            assert now.started_at is not None
            assert now.lease_until is not None
            assert timedelta(seconds=59) < now.lease_until - now.started_at < timedelta(seconds=61)
            assert await tx.videos.claim(step.id, LEASE) is None
            assert await tx.videos.claim(asset.steps[StepName.TRANSCODE].id, LEASE) is None
            assert await tx.videos.claim(uuid4(), LEASE) is None

    async def test_what_is_claimed_in_another_school_stays(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        asset = await new_video(uow, theirs)
        step = asset.steps[StepName.VALIDATE]
        async with uow.begin(ours) as tx:
            assert await tx.videos.claim(step.id, LEASE) is None
            assert await tx.videos.lock(asset.id) is None
            assert not await tx.videos.heartbeat(step.id, 0, LEASE, progress=0.5)
            await tx.commit()
        assert await claim(uow, theirs, asset, StepName.VALIDATE) is not None

    async def test_of_many_claims_at_once_one_wins(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        claims = await asyncio.gather(*(claim(uow, scope, asset, StepName.VALIDATE) for _ in range(20)))
        assert len([claimed for claimed in claims if claimed is not None]) == 1

    async def test_an_expired_lease_is_taken_over_and_counted(self, uow: UnitOfWork, let_pass: LetPass) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        step_id = asset.steps[StepName.VALIDATE].id
        await claim(uow, scope, asset, StepName.VALIDATE, SOON_OVER)
        async with uow.begin(scope) as tx:
            assert await tx.videos.heartbeat(step_id, 1, SOON_OVER, progress=0.5)
            await tx.commit()
        await let_pass(0.1)
        taken = await claim(uow, scope, asset, StepName.VALIDATE)
        assert taken is not None
        assert taken.attempt == 2
        async with uow.begin(scope) as tx:
            assert not await tx.videos.heartbeat(step_id, 1, LEASE, progress=0.9)
            held = await tx.videos.lock(asset.id)
            assert held is not None
            step = held.steps[StepName.VALIDATE]
            assert (step.lost_leases, step.failures, step.progress) == (1, 0, 0.0)

    async def test_a_heartbeat_keeps_the_lease(self, uow: UnitOfWork, let_pass: LetPass) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        step_id = asset.steps[StepName.VALIDATE].id
        await claim(uow, scope, asset, StepName.VALIDATE, SOON_OVER)
        async with uow.begin(scope) as tx:
            assert await tx.videos.heartbeat(step_id, 1, LEASE, progress=0.25)
            await tx.commit()
        await let_pass(0.1)
        assert await claim(uow, scope, asset, StepName.VALIDATE) is None
        async with uow.begin(scope) as tx:
            held = await tx.videos.lock(asset.id)
        assert held is not None
        assert held.steps[StepName.VALIDATE].progress == 0.25

    async def test_a_retry_waits_for_its_time(self, uow: UnitOfWork, let_pass: LetPass) -> None:
        """Measured from the present, because leases and retries live by the repositories' own clock."""
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        await claim(uow, scope, asset, StepName.VALIDATE)
        async with uow.begin(scope) as tx:
            held = await tx.videos.lock(asset.id)
            assert held is not None
            step = held.steps[StepName.VALIDATE]
            assert step.started_at is not None
            held.fail(StepName.VALIDATE, StepFailure("x", "X.", "log"), attempt=1, rule=RetryRule(), now=NOW)
            step.not_before = step.started_at + timedelta(seconds=1)
            await tx.videos.save(held)
            await tx.commit()
        async with uow.begin(SYSTEM) as system:
            assert step.id not in {ref.step_id for ref in await system.pipeline.due(10_000)}
        assert await claim(uow, scope, asset, StepName.VALIDATE) is None
        await let_pass(1.1)
        async with uow.begin(SYSTEM) as system:
            assert step.id in {ref.step_id for ref in await system.pipeline.due(10_000)}
        claimed = await claim(uow, scope, asset, StepName.VALIDATE)
        assert claimed is not None
        assert claimed.attempt == 2

    async def test_saving_what_changed(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        await claim(uow, scope, asset, StepName.VALIDATE)
        async with uow.begin(scope) as tx:
            held = await tx.videos.lock(asset.id)
            assert held is not None
            held.claimed(StepName.VALIDATE, rule=RetryRule(), now=NOW)
            facts = VideoFacts(duration_seconds=133.4, width=1280, height=720, stored_bytes=6_000_000_000)
            output: dict[str, str | int | float] = {"run": "r1", "bytes": 7, "seconds": 0.5}
            held.succeed(StepName.VALIDATE, attempt=1, now=NOW, facts=facts, output=output)
            await tx.videos.save(held)
            assert await tx.videos.lock(asset.id) == held
            await tx.commit()
        async with uow.begin(scope) as tx:
            found = await tx.videos.lock(asset.id)
        assert found == held
        assert found.status is VideoStatus.PROCESSING
        assert found.steps[StepName.TRANSCODE].state is StepState.QUEUED

    async def test_saving_never_takes_a_running_steps_lease_back(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        await advance_past_validate(uow, scope, asset)
        await claim(uow, scope, asset, StepName.TRANSCODE, Lease(1.0))
        async with uow.begin(scope) as tx:
            held = await tx.videos.lock(asset.id)
            assert held is not None
            async with uow.begin(scope) as beat:
                step_id = asset.steps[StepName.TRANSCODE].id
                assert await beat.videos.heartbeat(step_id, 1, Lease(1000.0), progress=0.75)
                await beat.commit()
            held.steps[StepName.THUMBNAIL].error = "Something else changed."
            held.steps[StepName.TRANSCODE].failures = 1
            await tx.videos.save(held)
            await tx.commit()
        async with uow.begin(scope) as tx:
            found = await tx.videos.lock(asset.id)
        assert found is not None
        step, before = found.steps[StepName.TRANSCODE], held.steps[StepName.TRANSCODE]
        assert (step.progress, step.attempt, step.failures) == (0.75, 1, 1)
        assert step.lease_until is not None
        assert before.lease_until is not None
        assert step.lease_until > before.lease_until + timedelta(seconds=500)

    async def test_a_step_that_was_taken_away_hears_no_heartbeat(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        await claim(uow, scope, asset, StepName.VALIDATE)
        async with uow.begin(scope) as tx:
            held = await tx.videos.lock(asset.id)
            assert held is not None
            held.claimed(StepName.VALIDATE, rule=RetryRule(), now=NOW)
            held.cancel(now=NOW)
            await tx.videos.save(held)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert not await tx.videos.heartbeat(asset.steps[StepName.VALIDATE].id, 1, LEASE, progress=0.5)
            found = await tx.videos.lock(asset.id)
        assert found == held

    async def test_a_transcript_takes_the_place_of_an_earlier_one(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        async with uow.begin(scope) as tx:
            assert await tx.videos.get_transcript(asset.content_id) is None
            await tx.videos.put_transcript(a_transcript(asset))
            assert await tx.videos.get_transcript(asset.content_id) == a_transcript(asset)
            later = replace(a_transcript(asset), language="de", segments=(), full_text="")
            await tx.videos.put_transcript(later)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.videos.get_transcript(asset.content_id) == later
        async with uow.begin(await new_school(uow)) as tx:
            assert await tx.videos.get_transcript(asset.content_id) is None

    async def test_the_sweeper_finds_due_and_expired_steps_of_all_schools(
        self, uow: UnitOfWork, let_pass: LetPass
    ) -> None:
        one, two = await new_school(uow), await new_school(uow)
        first, second = await new_video(uow, one), await new_video(uow, two)
        await claim(uow, one, first, StepName.VALIDATE, SOON_OVER)
        await let_pass(0.1)
        async with uow.begin(SYSTEM) as system:
            expired = await system.pipeline.expired(10_000)
            due = await system.pipeline.due(10_000)
            assert len(await system.pipeline.due(0)) == 0
        assert ref_of(first, StepName.VALIDATE) in expired
        assert ref_of(second, StepName.VALIDATE) in due
        assert not {ref.step_id for ref in expired} & {ref.step_id for ref in due}

    async def test_the_longest_waiting_step_comes_first(self, uow: UnitOfWork, let_pass: LetPass) -> None:
        scope = await new_school(uow)
        assets = []
        for _ in range(3):
            assets.append(await new_video(uow, scope))
            await let_pass(0.01)
        async with uow.begin(SYSTEM) as system:
            due = [ref.asset_id for ref in await system.pipeline.due(10_000) if ref.tenant_id == scope.tenant_id]
        assert due == [asset.id for asset in assets]


async def claim(
    uow: UnitOfWork, scope: TenantScope, asset: VideoAsset, name: StepName, lease: Lease = LEASE
) -> ClaimedStep | None:
    """Claim and commit, as a worker does."""
    async with uow.begin(scope) as tx:
        claimed = await tx.videos.claim(asset.steps[name].id, lease)
        await tx.commit()
    return claimed


async def advance_past_validate(uow: UnitOfWork, scope: TenantScope, asset: VideoAsset) -> None:
    """Have the first step succeed."""
    claimed = await claim(uow, scope, asset, StepName.VALIDATE)
    assert claimed is not None
    async with uow.begin(scope) as tx:
        held = await tx.videos.lock(asset.id)
        assert held is not None
        held.claimed(StepName.VALIDATE, rule=RetryRule(), now=NOW)
        held.succeed(StepName.VALIDATE, attempt=claimed.attempt, now=NOW)
        await tx.videos.save(held)
        await tx.commit()


def ref_of(asset: VideoAsset, name: StepName) -> StepRef:
    """What the sweeper says of a step."""
    queues = {StepName.VALIDATE: QueueName.MEDIA}
    return StepRef(
        tenant_id=asset.tenant_id,
        asset_id=asset.id,
        step_id=asset.steps[name].id,
        name=name,
        queue=queues[name],
    )
