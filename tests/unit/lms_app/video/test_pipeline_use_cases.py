"""Steps under a lease, doorbells, and doing steps again: the whole pipeline in memory."""

import asyncio

import pytest

from adapters.memory.media import MemoryMedia
from lms_app.ports.job_queue import QueueUnavailable
from lms_app.ports.media_tools import ProgressCallback
from lms_app.ports.repositories import Lease
from lms_app.ports.unit_of_work import TenantTransaction
from lms_app.video.run_step import PipelineRules, StepOutcome
from lms_app.video.steps.job import Output, StepDone, StepJob, StepSkipped
from lms_domain.errors import Unavailable
from lms_domain.video.asset import VideoStatus
from lms_domain.video.steps import StepName, StepState
from tests.unit.lms_app.video.pipeline import SPEECH, Pipeline, Stuck


async def test_a_recording_becomes_ready(pipeline: Pipeline) -> None:
    content = await pipeline.upload(MemoryMedia(speech=SPEECH))
    assert await pipeline.work_off(pipeline.worker()) == [StepOutcome.SUCCEEDED] * 6
    asset = await pipeline.asset(content)
    assert (asset.status, asset.playable) == (VideoStatus.READY, True)
    assert {step.attempt for step in asset.steps.values()} == {1}
    for key in (asset.hls_key, asset.poster_key, asset.captions_key):
        assert key is not None
        assert (await pipeline.world.storage.head(key)).size > 0
    async with pipeline.world.storage.open(asset.captions_key or "") as captions:
        text = b"".join([piece async for piece in captions.chunks]).decode()
    assert "Use it &lt;now&gt; --&gt; always." in text


async def test_every_byte_kept_is_counted(pipeline: Pipeline) -> None:
    content = await pipeline.upload(MemoryMedia(speech=SPEECH))
    await pipeline.work_off(pipeline.worker())
    kept = 0
    async for found in pipeline.world.storage.keys(f"tenant/{pipeline.scope.tenant_id}/"):
        kept += found.size
    assert (await pipeline.asset(content)).stored_bytes == kept
    async with pipeline.world.uow.begin(pipeline.scope) as tx:
        assert (await tx.usage.limits())[1] == kept


async def test_two_deliveries_run_once(pipeline: Pipeline) -> None:
    await pipeline.upload(MemoryMedia())
    await pipeline.relay()
    (bell,) = pipeline.heard()
    worker = pipeline.worker()
    outcomes = await asyncio.gather(*(worker(bell.tenant_id, bell.step_id) for _ in range(5)))
    assert sorted(outcomes) == [*[StepOutcome.NOT_CLAIMED] * 4, StepOutcome.SUCCEEDED]


async def test_a_video_without_sound_has_no_captions_and_says_why(pipeline: Pipeline) -> None:
    content = await pipeline.upload(MemoryMedia(channels=0))
    await pipeline.work_off(pipeline.worker())
    asset = await pipeline.asset(content)
    assert asset.status is VideoStatus.READY
    assert asset.steps[StepName.TRANSCRIBE].state is StepState.SKIPPED
    assert asset.steps[StepName.TRANSCRIBE].error == "This video has no sound."
    assert asset.captions_key is None


@pytest.mark.parametrize(
    ("media", "code"),
    [
        (MemoryMedia(duration=3601.0), "too_long"),
        (MemoryMedia(width=5000, height=3000), "too_large"),
        (MemoryMedia(has_video=False), "not_a_video"),
    ],
)
async def test_what_is_refused_fails_once_with_a_reason(pipeline: Pipeline, media: MemoryMedia, code: str) -> None:
    content = await pipeline.upload(media)
    assert await pipeline.work_off(pipeline.worker()) == [StepOutcome.FAILED]
    asset = await pipeline.asset(content)
    assert (asset.status, asset.error_code, asset.playable) == (VideoStatus.FAILED, code, False)
    assert asset.error
    assert set((await pipeline.states(content)).values()) == {StepState.FAILED, StepState.CANCELLED}


@pytest.mark.parametrize("duration", [3599.9, 3600.0, 3600.4])
async def test_an_hour_is_an_hour(pipeline: Pipeline, duration: float) -> None:
    await pipeline.upload(MemoryMedia(duration=duration, channels=0))
    bell = await pipeline.first_bell()
    assert await pipeline.worker()(bell.tenant_id, bell.step_id) is StepOutcome.SUCCEEDED


async def test_failing_captions_never_fail_the_video(pipeline: Pipeline) -> None:
    content = await pipeline.upload(MemoryMedia(failures={"transcribe": "transcribe_failed"}))
    worker = pipeline.worker()
    for _ in range(3):
        await pipeline.work_off(worker)
        pipeline.world.pass_time(hours=1)
        await pipeline.sweep()
    await pipeline.work_off(worker)
    asset = await pipeline.asset(content)
    assert asset.status is VideoStatus.READY
    assert asset.steps[StepName.TRANSCRIBE].state is StepState.FAILED
    assert asset.steps[StepName.TRANSCRIBE].failures == 3


async def test_a_failed_transcode_is_tried_later_and_given_up_after_three(pipeline: Pipeline) -> None:
    content = await pipeline.upload(MemoryMedia(failures={"transcode": "transcode_failed"}))
    worker = pipeline.worker()
    for failures in (1, 2, 3):
        await pipeline.work_off(worker)
        step = (await pipeline.asset(content)).steps[StepName.TRANSCODE]
        assert step.failures == failures
        if failures < 3:
            assert step.state is StepState.QUEUED
            await pipeline.sweep()
            assert not [b for b in pipeline.heard() if b.step_id == step.id], "not before its time"
            pipeline.world.pass_time(hours=1)
            await pipeline.sweep()
    asset = await pipeline.asset(content)
    assert (asset.status, asset.error_code) == (VideoStatus.FAILED, "transcode_failed")


async def test_storage_that_is_away_is_no_fault_of_the_video(pipeline: Pipeline) -> None:
    content = await pipeline.upload(MemoryMedia())
    pipeline.world.storage.is_down = True
    await pipeline.work_off(pipeline.worker())
    step = (await pipeline.asset(content)).steps[StepName.VALIDATE]
    assert (step.state, step.error_code) == (StepState.QUEUED, "storage_unavailable")
    pipeline.world.storage.is_down = False
    pipeline.world.pass_time(minutes=1)
    await pipeline.sweep()
    await pipeline.work_off(pipeline.worker())
    assert (await pipeline.asset(content)).status is VideoStatus.READY


async def test_a_bug_in_a_step_ends_as_a_reason_not_as_silence(pipeline: Pipeline) -> None:
    async def broken(_job: StepJob, _report: ProgressCallback) -> StepDone | StepSkipped:
        raise ZeroDivisionError

    content = await pipeline.upload(MemoryMedia())
    assert await pipeline.work_off(pipeline.worker({StepName.VALIDATE: broken})) == [StepOutcome.FAILED]
    assert (await pipeline.asset(content)).steps[StepName.VALIDATE].error_code == "internal_error"


class Hiccups:
    """The work of a step, done at once; the database is away the first ``times`` that its result is written."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.done = 0

    async def __call__(self, _job: StepJob, _report: ProgressCallback) -> StepDone:
        self.done += 1
        return StepDone(effects=self._write)

    async def _write(self, _tx: TenantTransaction, /) -> Output:
        if self.times > 0:
            self.times -= 1
            raise Unavailable("The database does not answer.")
        return {"written": "yes"}


async def test_a_database_away_for_a_moment_costs_no_finished_work(pipeline: Pipeline) -> None:
    content, hiccups = await pipeline.upload(MemoryMedia()), Hiccups(3)
    bell = await pipeline.first_bell()
    worker = pipeline.worker({StepName.VALIDATE: hiccups}, PipelineRules(record_again_seconds=0.001))
    assert await worker(bell.tenant_id, bell.step_id) is StepOutcome.SUCCEEDED
    step = (await pipeline.asset(content)).steps[StepName.VALIDATE]
    assert (hiccups.done, step.attempt, step.output["written"]) == (1, 1, "yes")


@pytest.mark.parametrize("heartbeat_seconds", [0.01, 60], ids=["while its lease is renewed", "silent"])
async def test_a_result_that_is_never_taken_is_given_up_after_a_lease(
    pipeline: Pipeline, heartbeat_seconds: float
) -> None:
    content = await pipeline.upload(MemoryMedia())
    bell, hiccups = await pipeline.first_bell(), Hiccups(1_000_000)
    rules = PipelineRules(0.05, heartbeat_seconds, progress_seconds=0.01, record_again_seconds=0.01)
    with pytest.raises(Unavailable):
        await asyncio.wait_for(pipeline.worker({StepName.VALIDATE: hiccups}, rules)(bell.tenant_id, bell.step_id), 5)
    assert hiccups.done == 1
    pipeline.world.pass_time(minutes=2)
    await pipeline.sweep()
    await pipeline.work_off(pipeline.worker())
    assert (await pipeline.asset(content)).status is VideoStatus.READY


async def test_a_result_that_cannot_be_written_ends_as_a_reason(pipeline: Pipeline) -> None:
    async def unwritable(_tx: TenantTransaction, /) -> Output:
        raise ZeroDivisionError

    async def done(_job: StepJob, _report: ProgressCallback) -> StepDone:
        return StepDone(effects=unwritable)

    content = await pipeline.upload(MemoryMedia())
    assert await pipeline.work_off(pipeline.worker({StepName.VALIDATE: done})) == [StepOutcome.FAILED]
    assert (await pipeline.asset(content)).steps[StepName.VALIDATE].error_code == "internal_error"


async def test_progress_is_written_while_it_works(pipeline: Pipeline) -> None:
    content = await pipeline.upload(MemoryMedia())
    bell, stuck = await pipeline.first_bell(), Stuck()
    task = asyncio.create_task(pipeline.worker({StepName.VALIDATE: stuck})(bell.tenant_id, bell.step_id))
    async with asyncio.timeout(5):
        while (await pipeline.asset(content)).steps[StepName.VALIDATE].progress != 0.4:
            await asyncio.sleep(0.01)
    assert (await pipeline.asset(content)).status is VideoStatus.PROCESSING
    task.cancel()
    await asyncio.wait({task})


async def test_stopped_in_good_order_a_step_goes_back_to_the_queue_at_once(pipeline: Pipeline) -> None:
    content = await pipeline.upload(MemoryMedia())
    bell, stuck = await pipeline.first_bell(), Stuck()
    task = asyncio.create_task(pipeline.worker({StepName.VALIDATE: stuck})(bell.tenant_id, bell.step_id))
    await stuck.started.wait()
    task.cancel()
    await asyncio.wait({task})
    step = (await pipeline.asset(content)).steps[StepName.VALIDATE]
    assert stuck.stopped
    assert (step.state, step.failures, step.lost_leases) == (StepState.QUEUED, 0, 0)
    await pipeline.work_off(pipeline.worker())
    assert (await pipeline.asset(content)).status is VideoStatus.READY


async def test_a_zombie_that_lost_its_lease_stops_and_changes_nothing(pipeline: Pipeline) -> None:
    content = await pipeline.upload(MemoryMedia())
    bell, stuck = await pipeline.first_bell(), Stuck()
    never = PipelineRules(heartbeat_seconds=0.02, progress_seconds=0.01)
    zombie = asyncio.create_task(pipeline.worker({StepName.VALIDATE: stuck}, never)(bell.tenant_id, bell.step_id))
    await stuck.started.wait()
    # Its heart stops for longer than the lease, and another worker takes over before it beats again.
    pipeline.world.pass_time(minutes=2)
    async with pipeline.world.uow.begin(pipeline.scope) as tx:
        claimed = await tx.videos.claim(bell.step_id, Lease(60))
        await tx.commit()
    assert claimed is not None
    assert await asyncio.wait_for(zombie, 5) is StepOutcome.LOST
    assert stuck.stopped
    step = (await pipeline.asset(content)).steps[StepName.VALIDATE]
    assert (step.state, step.attempt, step.lost_leases) == (StepState.RUNNING, 2, 1)


async def test_a_step_whose_workers_vanish_again_and_again_is_given_up(pipeline: Pipeline) -> None:
    content = await pipeline.upload(MemoryMedia())
    bell = await pipeline.first_bell()
    for _ in range(10):
        async with pipeline.world.uow.begin(pipeline.scope) as tx:
            assert await tx.videos.claim(bell.step_id, Lease(60)) is not None
            await tx.commit()
        pipeline.world.pass_time(minutes=2)
        assert await pipeline.sweep() == 1, "an expired lease is rung for"
    pipeline.heard()
    assert await pipeline.worker()(bell.tenant_id, bell.step_id) is StepOutcome.NOT_CLAIMED
    asset = await pipeline.asset(content)
    assert (asset.status, asset.error_code) == (VideoStatus.FAILED, "worker_lost")


async def test_a_queue_that_is_away_loses_no_doorbell(pipeline: Pipeline) -> None:
    content = await pipeline.upload(MemoryMedia())
    pipeline.queue.is_down = True
    with pytest.raises(QueueUnavailable):
        await pipeline.relay()
    pipeline.queue.is_down = False
    await pipeline.work_off(pipeline.worker())
    assert (await pipeline.asset(content)).status is VideoStatus.READY


async def test_lost_doorbells_are_rung_again_by_the_sweeper(pipeline: Pipeline) -> None:
    content = await pipeline.upload(MemoryMedia())
    worker = pipeline.worker()
    while (await pipeline.asset(content)).status is not VideoStatus.READY:
        await pipeline.relay()
        pipeline.heard()  # lost
        assert await pipeline.sweep() > 0
        for bell in pipeline.heard():
            await worker(bell.tenant_id, bell.step_id)


async def test_a_doorbell_for_nothing_does_nothing(pipeline: Pipeline) -> None:
    nothing = pipeline.world.ids.new()
    assert await pipeline.worker()(pipeline.scope.tenant_id, nothing) is StepOutcome.NOT_CLAIMED


async def test_a_step_of_one_school_cannot_be_run_for_another(pipeline: Pipeline) -> None:
    content = await pipeline.upload(MemoryMedia())
    bell = await pipeline.first_bell()
    other = await pipeline.world.new_school("blue")
    assert await pipeline.worker()(other.id, bell.step_id) is StepOutcome.NOT_CLAIMED
    assert (await pipeline.states(content))[StepName.VALIDATE] is StepState.QUEUED


async def test_doing_captions_again_replaces_them_and_touches_nothing_else(pipeline: Pipeline) -> None:
    content = await pipeline.upload(MemoryMedia(speech=SPEECH))
    worker = pipeline.worker()
    await pipeline.work_off(worker)
    before = await pipeline.asset(content)
    async with pipeline.world.uow.begin(pipeline.scope) as tx:
        asset = await tx.videos.lock_by_content(content)
        assert asset is not None
        queued = asset.rerun(StepName.TRANSCRIBE, only=True)
        await tx.videos.save(asset)
        await tx.commit()
    assert queued == (StepName.TRANSCRIBE,)
    during = await pipeline.asset(content)
    assert (during.status, during.playable) == (VideoStatus.PROCESSING, True)
    await pipeline.sweep()
    await pipeline.work_off(worker)
    after = await pipeline.asset(content)
    assert after.status is VideoStatus.READY
    assert after.captions_key != before.captions_key
    assert (after.hls_key, after.poster_key) == (before.hls_key, before.poster_key)
    assert (await pipeline.world.storage.head(before.captions_key or "")).size > 0, "nothing vanishes under a viewer"
