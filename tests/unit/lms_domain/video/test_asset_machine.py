"""The way of a video through the pipeline, walked at random and walked completely."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lms_domain.errors import Conflict
from lms_domain.video.asset import StaleAttempt, VideoAsset, VideoStatus
from lms_domain.video.steps import PLAN, StepName, StepState, dependents_of
from tests.unit.lms_domain.video.pipeline_model import (
    AT_WORK,
    NOW,
    RETRY,
    check,
    check_ways_out,
    clone,
    fail,
    started,
    states_of,
    succeed,
    take,
)

SKIPPABLE = [name for name, rule_of in PLAN.items() if not rule_of.fails_the_video]
PICK = st.integers(0, len(PLAN) - 1)
HOW = st.sampled_from(["succeed", "succeed", "succeed", "skip", "fail", "fail for good", "release"])


def report(asset: VideoAsset, name: StepName, how: str, attempt: int) -> tuple[StepName, ...]:
    match how:
        case "skip" if name in SKIPPABLE:
            return asset.skip(name, attempt=attempt, reason="Nothing to do.", now=NOW)
        case "release":
            return asset.release(name, attempt=attempt)
        case "fail" | "fail for good":
            return fail(asset, name, for_good=how != "fail", attempt=attempt)
        case _:
            return succeed(asset, name, attempt=attempt)


class VideoMachine(RuleBasedStateMachine):
    """One video, any number of workers of which some vanish, messages that come twice, and people who cancel, rerun
    and delete."""

    @initialize()
    def upload(self) -> None:
        self.asset = started()
        self.was_playable = False

    def one(self, state: StepState, pick: int) -> StepName | None:
        names = [name for name, step in self.asset.steps.items() if step.state is state]
        return names[pick % len(names)] if names else None

    def ring(self, change: Callable[[], tuple[StepName, ...]]) -> None:
        """Whatever became QUEUED, and nothing else, is announced; a retry that waits is rung for by the sweeper."""
        before = {name for name, step in self.asset.steps.items() if step.state is StepState.QUEUED}
        announced = change()
        queued = {name: step for name, step in self.asset.steps.items() if step.state is StepState.QUEUED}
        assert len(set(announced)) == len(announced)
        assert set(announced) <= queued.keys()
        later = {name for name, step in queued.items() if step.not_before is not None}
        assert queued.keys() - before <= set(announced) | later

    @rule(pick=PICK, how=HOW)
    def work(self, pick: int, how: str) -> None:
        name = self.one(StepState.QUEUED, pick)
        if name is not None and take(self.asset, name):
            self.ring(lambda: report(self.asset, name, how, self.asset.steps[name].attempt))

    @rule(pick=PICK)
    def claim(self, pick: int) -> None:
        name = self.one(StepState.QUEUED, pick)
        if name is not None:
            take(self.asset, name)

    @rule(pick=PICK)
    def take_over_from_a_lost_worker(self, pick: int) -> None:
        name = self.one(StepState.RUNNING, pick)
        if name is not None:
            lost = self.asset.steps[name].lost_leases
            assert take(self.asset, name) == (lost + 1 < RETRY.max_lost_leases)

    @rule(pick=PICK, how=HOW)
    def end(self, pick: int, how: str) -> None:
        name = self.one(StepState.RUNNING, pick)
        if name is not None:
            self.ring(lambda: report(self.asset, name, how, self.asset.steps[name].attempt))

    @rule(name=st.sampled_from(list(PLAN)), how=HOW, behind=st.integers(1, 3))
    def report_too_late(self, name: StepName, how: str, behind: int) -> None:
        before = clone(self.asset)
        with pytest.raises(StaleAttempt):
            report(self.asset, name, how, self.asset.steps[name].attempt - behind)
        assert self.asset == before

    @rule(name=st.sampled_from(list(PLAN)), how=HOW)
    def report_twice(self, name: StepName, how: str) -> None:
        step, before = self.asset.steps[name], clone(self.asset)
        if step.state is not StepState.RUNNING:
            with pytest.raises(StaleAttempt):
                report(self.asset, name, how, step.attempt)
            assert self.asset == before

    @rule(name=st.sampled_from(list(PLAN)), only=st.booleans())
    def rerun(self, name: StepName, only: bool) -> None:
        if any(self.asset.steps[other].state in AT_WORK for other in {name, *dependents_of(name)}):
            before = clone(self.asset)
            with pytest.raises(Conflict):
                self.asset.rerun(name, only=only)
            assert self.asset == before
            return
        with suppress(Conflict):  # when it may be refused, the complete walk knows
            self.ring(lambda: self.asset.rerun(name, only=only))
            assert self.asset.status is VideoStatus.PROCESSING

    @rule(dice=st.integers(1, 6))
    def cancel(self, dice: int) -> None:
        if dice < 6:
            return
        if self.asset.status in {VideoStatus.UPLOADED, VideoStatus.PROCESSING}:
            self.asset.cancel(now=NOW)
            assert (self.asset.status, self.asset.error_code) == (VideoStatus.FAILED, "cancelled")
        else:
            with pytest.raises(Conflict):
                self.asset.cancel(now=NOW)

    @rule(dice=st.integers(1, 10))
    def delete(self, dice: int) -> None:
        if dice == 10:
            self.asset.delete(now=NOW)
            self.was_playable = False
            assert self.asset.status is VideoStatus.DELETED

    @precondition(lambda self: self.asset.status is VideoStatus.DELETED)
    @rule(dice=st.integers(1, 3))
    def upload_another(self, dice: int) -> None:
        if dice == 3:
            self.upload()

    @invariant()
    def nothing_contradicts_itself(self) -> None:
        check(self.asset)

    @invariant()
    def what_can_be_watched_stays_so(self) -> None:
        assert self.asset.playable or not self.was_playable
        self.was_playable = self.asset.playable


TestVideoMachine = VideoMachine.TestCase
TestVideoMachine.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)


def followers(asset: VideoAsset) -> Iterator[VideoAsset]:
    """Every state that one event leads to."""
    for change in events(asset):
        changed = clone(asset)
        with suppress(Conflict):
            change(changed)
            for step in changed.steps.values():
                step.attempt = step.failures = step.lost_leases = 0
            yield changed


def events(asset: VideoAsset) -> Iterator[Callable[[VideoAsset], object]]:
    """Everything that may happen to a video now."""
    for name, step in asset.steps.items():
        if step.state is StepState.QUEUED:
            yield partial(take, name=name)
        if step.state is StepState.RUNNING:
            for how in ("succeed", "skip", "fail", "fail for good", "release"):
                yield partial(report, name=name, how=how, attempt=0)
        for only in (True, False):
            yield partial(VideoAsset.rerun, name=name, only=only)
    yield partial(VideoAsset.cancel, now=NOW)
    yield partial(VideoAsset.delete, now=NOW)


def test_every_state_that_can_be_reached_is_sound_and_has_a_way_out() -> None:
    seen: set[tuple[object, ...]] = set()
    frontier = [started()]
    while frontier:
        asset = frontier.pop()
        if states_of(asset) not in seen:
            seen.add(states_of(asset))
            check(asset)
            check_ways_out(asset)
            frontier.extend(followers(asset))
    assert len(seen) > 100
    assert {states[0] for states in seen} == set(VideoStatus) - {VideoStatus.UPLOADING}
