"""What happens to a video, case by case."""

from datetime import timedelta
from uuid import UUID

import pytest

from lms_domain.errors import Conflict
from lms_domain.video.asset import (
    RETRY_DELAYS,
    RetryRule,
    StaleAttempt,
    StepFailure,
    VideoAsset,
    VideoFacts,
    VideoStatus,
)
from lms_domain.video.steps import PLAN, TRANSITIONS, IllegalTransition, Step, StepName, StepState, dependents_of
from tests.unit.lms_domain.video.pipeline_model import NOW, RETRY, do, fail, finish, new_asset, started, succeed, take

VALIDATE, THUMBNAIL, TRANSCODE = StepName.VALIDATE, StepName.THUMBNAIL, StepName.TRANSCODE
TRANSCRIBE, ASSIGNMENTS, FINALIZE = StepName.TRANSCRIBE, StepName.ASSIGNMENTS, StepName.FINALIZE


def states(asset: VideoAsset) -> dict[StepName, StepState]:
    return {name: step.state for name, step in asset.steps.items()}


def failed_at(name: StepName) -> VideoAsset:
    asset = started()
    if name is not VALIDATE:
        do(asset, VALIDATE, *([TRANSCRIBE] if name is ASSIGNMENTS else []))
    take(asset, name)
    fail(asset, name, for_good=True)
    return asset


def test_the_first_step_is_queued_by_the_start() -> None:
    asset = new_asset()
    assert asset.start() == (VALIDATE,)
    assert asset.start() == ()
    statuses = [asset.status]
    take(asset, VALIDATE)
    assert [*statuses, asset.status] == [VideoStatus.UPLOADED, VideoStatus.PROCESSING]


def test_after_validation_the_others_start_together() -> None:
    asset = started()
    take(asset, VALIDATE)
    assert set(succeed(asset, VALIDATE)) == {THUMBNAIL, TRANSCODE, TRANSCRIBE}
    do(asset, THUMBNAIL, TRANSCRIBE, ASSIGNMENTS)
    before = (asset.status, asset.playable)
    take(asset, TRANSCODE)
    assert succeed(asset, TRANSCODE) == (FINALIZE,)
    between = (asset.status, asset.playable)
    do(asset, FINALIZE)
    assert before == (VideoStatus.PROCESSING, False)
    assert between == (VideoStatus.PROCESSING, True)
    assert (asset.status, asset.playable) == (VideoStatus.READY, True)


def test_facts_are_kept_and_none_means_nothing_new() -> None:
    asset = started()
    take(asset, VALIDATE)
    asset.succeed(
        VALIDATE,
        attempt=1,
        now=NOW,
        facts=VideoFacts(duration_seconds=12.5, width=640, height=360),
        output={"container": "mov"},
    )
    do(asset, TRANSCODE)
    assert (asset.duration_seconds, asset.width, asset.height) == (12.5, 640, 360)
    assert asset.steps[VALIDATE].output == {"container": "mov"}
    assert asset.steps[VALIDATE].progress == 1.0


def test_a_failed_attempt_is_tried_again_later_and_then_given_up() -> None:
    asset = started()
    for number, delay in enumerate(RETRY_DELAYS[:2], start=1):
        take(asset, VALIDATE)
        assert fail(asset, VALIDATE, for_good=False) == ()
        step = asset.steps[VALIDATE]
        assert (step.state, step.failures, step.not_before) == (StepState.QUEUED, number, NOW + delay)
        assert (step.error_code, step.error, step.log) == ("x", "X.", "log")
        assert asset.status is VideoStatus.PROCESSING
    take(asset, VALIDATE)
    fail(asset, VALIDATE, for_good=False)
    assert asset.steps[VALIDATE].state is StepState.FAILED
    assert (asset.status, asset.error_code, asset.error) == (VideoStatus.FAILED, "x", "X.")
    assert set(states(asset).values()) == {StepState.FAILED, StepState.CANCELLED}


def test_more_attempts_than_delays_wait_as_long_as_the_last() -> None:
    asset, patient = started(), RetryRule(max_failures=10)
    for _ in range(6):
        take(asset, VALIDATE)
        asset.fail(VALIDATE, StepFailure("x", "X."), attempt=asset.steps[VALIDATE].attempt, rule=patient, now=NOW)
    assert asset.steps[VALIDATE].not_before == NOW + RETRY_DELAYS[-1]


@pytest.mark.parametrize("name", [THUMBNAIL, TRANSCRIBE, ASSIGNMENTS])
def test_some_steps_never_fail_the_video(name: StepName) -> None:
    asset = failed_at(name)
    statuses = [asset.status]
    finish(asset)
    assert [*statuses, asset.status] == [VideoStatus.PROCESSING, VideoStatus.READY]
    assert (asset.steps[name].state, asset.steps[name].error_code) == (StepState.FAILED, "x")
    assert asset.error_code is None


@pytest.mark.parametrize("name", [VALIDATE, TRANSCODE])
def test_others_do_and_stop_the_rest(name: StepName) -> None:
    asset = failed_at(name)
    assert asset.status is VideoStatus.FAILED
    assert all(step.is_settled for step in asset.steps.values())


def test_what_the_video_needs_not_is_skipped_with_a_reason() -> None:
    asset = started()
    do(asset, VALIDATE)
    take(asset, TRANSCRIBE)
    assert asset.skip(TRANSCRIBE, attempt=1, reason="No sound.", now=NOW) == (ASSIGNMENTS,)
    assert (asset.steps[TRANSCRIBE].state, asset.steps[TRANSCRIBE].error) == (StepState.SKIPPED, "No sound.")
    finish(asset)
    assert asset.status is VideoStatus.READY


@pytest.mark.parametrize("name", [VALIDATE, TRANSCODE, FINALIZE])
def test_what_every_video_needs_is_never_skipped(name: StepName) -> None:
    asset = started()
    if name is not VALIDATE:
        do(asset, VALIDATE)
    if name is FINALIZE:
        do(asset, THUMBNAIL, TRANSCODE, TRANSCRIBE, ASSIGNMENTS)
    take(asset, name)
    with pytest.raises(IllegalTransition):
        asset.skip(name, attempt=1, reason="Why not.", now=NOW)


def test_a_worker_that_lost_its_step_is_not_heard() -> None:
    asset = started()
    take(asset, VALIDATE)
    take(asset, VALIDATE)
    with pytest.raises(StaleAttempt):
        succeed(asset, VALIDATE, attempt=1)
    with pytest.raises(StaleAttempt):
        fail(asset, VALIDATE, for_good=True, attempt=1)
    with pytest.raises(StaleAttempt):
        asset.release(VALIDATE, attempt=1)
    succeed(asset, VALIDATE, attempt=2)
    with pytest.raises(StaleAttempt):
        succeed(asset, VALIDATE, attempt=2)


def test_a_step_over_which_workers_vanish_is_given_up() -> None:
    asset = started()
    for _ in range(RETRY.max_lost_leases):
        assert take(asset, VALIDATE)
    assert not take(asset, VALIDATE)
    assert (asset.status, asset.error_code) == (VideoStatus.FAILED, "worker_lost")


def test_a_worker_that_stops_in_good_order_gives_the_step_back_at_once() -> None:
    asset = started()
    take(asset, VALIDATE)
    assert asset.release(VALIDATE, attempt=1) == (VALIDATE,)
    step = asset.steps[VALIDATE]
    assert (step.state, step.failures, step.lost_leases, step.not_before) == (StepState.QUEUED, 0, 0, None)


def test_a_claim_without_a_running_row_is_a_bug() -> None:
    with pytest.raises(IllegalTransition):
        started().claimed(VALIDATE, rule=RETRY, now=NOW)


class TestCancel:
    def test_everything_stops_and_the_video_says_why(self) -> None:
        asset = started()
        do(asset, VALIDATE)
        take(asset, TRANSCODE)
        asset.cancel(now=NOW + timedelta(seconds=5))
        assert (asset.status, asset.error_code) == (VideoStatus.FAILED, "cancelled")
        assert asset.steps[TRANSCODE].state is StepState.CANCELLED
        assert asset.steps[TRANSCODE].finished_at == NOW + timedelta(seconds=5)
        with pytest.raises(StaleAttempt):
            succeed(asset, TRANSCODE, attempt=1)

    def test_there_must_be_something_to_stop(self) -> None:
        asset = started()
        finish(asset)
        with pytest.raises(Conflict) as refused:
            asset.cancel(now=NOW)
        assert refused.value.code == "not_processing"

    def test_what_was_cancelled_goes_on_by_a_rerun(self) -> None:
        asset = started()
        do(asset, VALIDATE)
        asset.cancel(now=NOW)
        assert set(asset.rerun(TRANSCODE, only=True)) == {THUMBNAIL, TRANSCODE, TRANSCRIBE}
        finish(asset)
        assert asset.status is VideoStatus.READY


class TestDelete:
    def test_what_runs_is_stopped_and_its_worker_not_heard(self) -> None:
        asset = started()
        do(asset, VALIDATE, TRANSCODE)
        take(asset, TRANSCRIBE)
        asset.delete(now=NOW)
        assert (asset.status, asset.playable, asset.hls_key) == (VideoStatus.DELETED, False, None)
        assert asset.steps[TRANSCRIBE].state is StepState.CANCELLED
        with pytest.raises(StaleAttempt):
            succeed(asset, TRANSCRIBE, attempt=1)

    def test_it_is_for_good(self) -> None:
        asset = started()
        finish(asset)
        asset.delete(now=NOW)
        with pytest.raises(Conflict) as refused:
            asset.rerun(VALIDATE, only=False)
        assert refused.value.code == "video_deleted"


class TestRerun:
    def test_a_step_with_what_follows(self) -> None:
        asset = started()
        finish(asset)
        assert asset.rerun(TRANSCODE, only=False) == (TRANSCODE,)
        assert states(asset) == {
            VALIDATE: StepState.SUCCEEDED,
            THUMBNAIL: StepState.SUCCEEDED,
            TRANSCODE: StepState.QUEUED,
            TRANSCRIBE: StepState.SUCCEEDED,
            ASSIGNMENTS: StepState.SUCCEEDED,
            FINALIZE: StepState.PENDING,
        }
        assert asset.status is VideoStatus.PROCESSING
        assert asset.playable

    def test_from_the_start(self) -> None:
        asset = started()
        finish(asset)
        assert asset.rerun(VALIDATE, only=False) == (VALIDATE,)
        assert set(states(asset).values()) == {StepState.QUEUED, StepState.PENDING}

    def test_only_one_step(self) -> None:
        asset = started()
        finish(asset)
        assert asset.rerun(VALIDATE, only=True) == (VALIDATE,)
        assert states(asset)[TRANSCODE] is StepState.SUCCEEDED

    def test_counters_start_afresh_but_attempts_go_on(self) -> None:
        asset = started()
        for _ in range(3):
            take(asset, VALIDATE)
            fail(asset, VALIDATE, for_good=False)
        asset.rerun(VALIDATE, only=False)
        step = asset.steps[VALIDATE]
        assert (step.failures, step.lost_leases, step.attempt, step.error, step.log) == (0, 0, 3, None, None)
        assert (asset.status, asset.error_code, asset.error) == (VideoStatus.PROCESSING, None, None)

    def test_no_video_is_ready_without_a_transcode_that_succeeded(self) -> None:
        """A regression: rerunning the poster of a video whose transcode had failed made it READY and unwatchable."""
        asset = failed_at(TRANSCODE)
        assert TRANSCODE in asset.rerun(THUMBNAIL, only=True)
        finish(asset)
        assert asset.status is VideoStatus.READY
        assert asset.playable

    def test_a_poster_that_failed_does_not_stand_in_the_way_of_the_end(self) -> None:
        asset = failed_at(THUMBNAIL)
        finish(asset)
        assert asset.rerun(FINALIZE, only=True) == (FINALIZE,)

    def test_captions_again_make_questions_again_unless_only(self) -> None:
        asset = started()
        finish(asset)
        asset.rerun(TRANSCRIBE, only=True)
        assert states(asset)[ASSIGNMENTS] is StepState.SUCCEEDED
        finish(asset)
        asset.rerun(TRANSCRIBE, only=False)
        assert states(asset)[ASSIGNMENTS] is StepState.PENDING

    def test_what_a_step_needs_comes_first(self) -> None:
        asset = failed_at(VALIDATE)
        with pytest.raises(Conflict, match="Run VALIDATE again instead") as refused:
            asset.rerun(TRANSCODE, only=False)
        assert refused.value.code == "step_not_reached"

    def test_what_is_at_work_is_left_alone(self) -> None:
        asset = started()
        do(asset, VALIDATE)
        for name, only in ((TRANSCODE, True), (TRANSCODE, False), (VALIDATE, False), (VALIDATE, True)):
            with pytest.raises(Conflict) as refused:
                asset.rerun(name, only=only)
            assert refused.value.code == "step_running"

    def test_the_upload_must_be_complete(self) -> None:
        asset = new_asset()
        asset.status = VideoStatus.UPLOADING
        with pytest.raises(Conflict) as refused:
            asset.rerun(VALIDATE, only=False)
        assert refused.value.code == "upload_incomplete"


class TestTheTables:
    @pytest.mark.parametrize("before", StepState)
    @pytest.mark.parametrize("after", StepState)
    def test_a_step_changes_by_the_table_only(self, before: StepState, after: StepState) -> None:
        step = Step(id=UUID(int=1), name=VALIDATE, state=before)
        if after in TRANSITIONS[before]:
            step.to(after)
            assert step.state is after
        else:
            with pytest.raises(IllegalTransition):
                step.to(after)

    def test_every_state_has_a_way_out(self) -> None:
        assert set(TRANSITIONS) == set(StepState)
        assert all(TRANSITIONS.values())

    def test_the_plan_names_every_step_once_and_waits_for_earlier_or_later_ones_without_a_circle(self) -> None:
        assert set(PLAN) == set(StepName)
        for name in PLAN:
            assert name not in dependents_of(name)

    def test_dependents(self) -> None:
        assert dependents_of(VALIDATE) == {THUMBNAIL, TRANSCODE, TRANSCRIBE, ASSIGNMENTS, FINALIZE}
        assert dependents_of(TRANSCRIBE) == {ASSIGNMENTS, FINALIZE}
        assert dependents_of(FINALIZE) == frozenset()
