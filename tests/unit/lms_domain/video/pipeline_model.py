"""A video with its workers, for tests that walk through the pipeline; and what must hold wherever they get to."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from uuid import UUID

import pytest

from lms_domain.errors import Conflict
from lms_domain.video.asset import RetryRule, StepFailure, VideoAsset, VideoFacts, VideoStatus, new_video_asset
from lms_domain.video.steps import PLAN, Step, StepName, StepState

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RETRY = RetryRule(max_failures=3, max_lost_leases=2)
ESSENTIAL = [name for name, rule in PLAN.items() if rule.fails_the_video]
_ASSET_VALUES = attrgetter(*(each.name for each in fields(VideoAsset)))
_STEP_VALUES = attrgetter(*(each.name for each in fields(Step)))
AT_WORK = {StepState.QUEUED, StepState.RUNNING}


def new_asset() -> VideoAsset:
    """A video whose upload is complete; nothing is queued yet."""
    return new_video_asset(
        asset_id=UUID(int=1),
        tenant_id=UUID(int=2),
        content_id=UUID(int=3),
        source_key="source",
        source_bytes=10,
        source_name="lecture.mp4",
        language=None,
        step_ids={name: UUID(int=number) for number, name in enumerate(PLAN, start=10)},
        now=NOW,
    )


def started() -> VideoAsset:
    """A video whose first step is queued."""
    asset = new_asset()
    asset.start()
    return asset


def take(asset: VideoAsset, name: StepName, now: datetime = NOW) -> bool:
    """What the database does at a claim, and what the use case does next."""
    step = asset.steps[name]
    step.lost_leases += step.state is StepState.RUNNING
    step.state, step.attempt = StepState.RUNNING, step.attempt + 1
    step.lease_until, step.started_at, step.not_before = now + timedelta(seconds=60), now, None
    return asset.claimed(name, rule=RETRY, now=now)


def succeed(asset: VideoAsset, name: StepName, *, attempt: int | None = None) -> tuple[StepName, ...]:
    """The worker that holds the step, or held ``attempt``, is done."""
    attempt = asset.steps[name].attempt if attempt is None else attempt
    facts = VideoFacts(hls_key="r1/hls/master.m3u8") if name is StepName.TRANSCODE else VideoFacts()
    return asset.succeed(name, attempt=attempt, now=NOW, facts=facts)


def fail(asset: VideoAsset, name: StepName, *, for_good: bool, attempt: int | None = None) -> tuple[StepName, ...]:
    """The worker that holds the step, or held ``attempt``, failed."""
    attempt = asset.steps[name].attempt if attempt is None else attempt
    failure = StepFailure("x", "X.", "log", is_permanent=for_good)
    return asset.fail(name, failure, attempt=attempt, rule=RETRY, now=NOW)


def do(asset: VideoAsset, *names: StepName) -> None:
    """Claim and succeed, one after the other."""
    for name in names:
        assert take(asset, name)
        succeed(asset, name)


def finish(asset: VideoAsset) -> None:
    """Let every step succeed until nothing is left to do."""
    while waiting := [name for name, step in asset.steps.items() if step.state is StepState.QUEUED]:
        do(asset, *waiting)


def clone(asset: VideoAsset) -> VideoAsset:
    """A copy; much faster than ``copy.deepcopy`` and ``dataclasses.replace``."""
    copied = VideoAsset(*_ASSET_VALUES(asset))
    copied.steps = {name: Step(*_STEP_VALUES(step)) for name, step in asset.steps.items()}
    for step in copied.steps.values():
        step.output = dict(step.output)
    return copied


def at_rest(asset: VideoAsset) -> VideoAsset:
    """A copy in which every worker has stopped in good order."""
    rested = clone(asset)
    for name, step in rested.steps.items():
        if step.state is StepState.RUNNING:
            rested.release(name, attempt=step.attempt)
        step.lost_leases = 0
    return rested


def states_of(asset: VideoAsset) -> tuple[object, ...]:
    """All that decides what may happen next, but for counters."""
    return (asset.status, asset.playable, *(step.state for step in asset.steps.values()))


def check(asset: VideoAsset) -> None:
    """What must hold at every moment."""
    _check_steps(asset)
    _check_status(asset)


def check_ways_out(asset: VideoAsset) -> None:
    """From every state a video can become READY, and once nothing runs any step can be done again; but for DELETED,
    which is final."""
    if asset.status is VideoStatus.DELETED:
        _check_final(asset)
        return
    rested = at_rest(asset)
    if rested.status is VideoStatus.FAILED:
        rested.rerun(StepName.VALIDATE, only=False)
    finish(rested)
    check(rested)
    assert rested.status is VideoStatus.READY
    if asset.status in {VideoStatus.READY, VideoStatus.FAILED}:
        for name in PLAN:
            for only in (True, False):
                _check_rerun(clone(asset), name, only=only)


def _check_final(asset: VideoAsset) -> None:
    deleted = clone(asset)
    for name in PLAN:
        with pytest.raises(Conflict) as refused:
            deleted.rerun(name, only=False)
        assert refused.value.code == "video_deleted"
    with pytest.raises(Conflict):
        deleted.cancel(now=NOW)
    deleted.delete(now=NOW + timedelta(days=1))
    assert deleted.start() == ()
    assert deleted == asset


def _check_rerun(asset: VideoAsset, name: StepName, *, only: bool) -> None:
    must_run = {
        other
        for other, step in asset.steps.items()
        if step.state is StepState.CANCELLED or (step.state is StepState.FAILED and other in ESSENTIAL)
    }
    if must_run.intersection(PLAN[name].waits_for):
        with pytest.raises(Conflict) as refused:
            asset.rerun(name, only=only)
        assert refused.value.code == "step_not_reached"
        return
    # What this leads to is a state of its own: whoever walks through all of them meets it, and its ways out.
    asset.rerun(name, only=only)
    check(asset)


def _check_steps(asset: VideoAsset) -> None:
    for name, step in asset.steps.items():
        is_free = all(asset.steps[needed].is_settled for needed in PLAN[name].waits_for)
        if step.state is StepState.PENDING:
            assert not is_free, f"{name} waits for nothing and is not queued"
        if step.state in AT_WORK:
            assert is_free, f"{name} is at work before its time"
        assert (step.lease_until is not None) == (step.state is StepState.RUNNING)
        assert step.not_before is None or step.state is StepState.QUEUED
        assert (step.finished_at is not None) == step.is_settled
        if step.state is StepState.FAILED:
            assert step.error_code
            assert step.error


def _check_status(asset: VideoAsset) -> None:
    states = {step.state for step in asset.steps.values()}
    is_settled = all(step.is_settled for step in asset.steps.values())
    match asset.status:
        case VideoStatus.READY:
            assert is_settled
            assert StepState.CANCELLED not in states
            assert {asset.steps[name].state for name in ESSENTIAL} == {StepState.SUCCEEDED}
            assert asset.playable
            assert asset.error_code is None
        case VideoStatus.FAILED:
            assert is_settled
            assert asset.error_code
            assert asset.error
        case VideoStatus.DELETED:
            assert is_settled
            assert not asset.playable
            assert (asset.hls_key, asset.poster_key, asset.captions_key) == (None, None, None)
        case _:
            assert states & AT_WORK, "nobody will ever work on this again"
            assert asset.error_code is None
