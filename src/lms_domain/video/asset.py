"""A video of a content and its way through the pipeline. Only this class changes a video's state."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lms_domain.errors import Conflict
from lms_domain.video.steps import (
    PLAN,
    IllegalTransition,
    Step,
    StepName,
    StepState,
    dependents_of,
)


class VideoStatus(StrEnum):
    """What people see of a video. ``playable`` is kept apart: a video can be watched before it is READY."""

    UPLOADING = "UPLOADING"
    UPLOADED = "UPLOADED"
    PROCESSING = "PROCESSING"
    READY = "READY"
    FAILED = "FAILED"
    DELETED = "DELETED"
    """Final. Nobody sees it: it stands until the rows go, so that nothing is started in between."""


VIDEO_TRANSITIONS: dict[VideoStatus, frozenset[VideoStatus]] = {
    VideoStatus.UPLOADING: frozenset({VideoStatus.UPLOADED, VideoStatus.FAILED, VideoStatus.DELETED}),
    VideoStatus.UPLOADED: frozenset({VideoStatus.PROCESSING, VideoStatus.FAILED, VideoStatus.DELETED}),
    VideoStatus.PROCESSING: frozenset({VideoStatus.READY, VideoStatus.FAILED, VideoStatus.DELETED}),
    VideoStatus.READY: frozenset({VideoStatus.PROCESSING, VideoStatus.DELETED}),
    VideoStatus.FAILED: frozenset({VideoStatus.PROCESSING, VideoStatus.DELETED}),
    VideoStatus.DELETED: frozenset(),
}
"""A rerun leads back from READY and FAILED; only DELETED is for good."""

RETRY_DELAYS = (timedelta(seconds=10), timedelta(seconds=60), timedelta(seconds=300))
"""Wait before attempt 2, 3, and any later one."""


@dataclass(frozen=True, slots=True)
class RetryRule:
    """When to give up on a step."""

    max_failures: int = 3
    max_lost_leases: int = 10


@dataclass(frozen=True, slots=True)
class StepFailure:
    """Why an attempt failed. A permanent failure is not tried again: the same file would fail the same way."""

    code: str
    message: str
    log: str = ""
    is_permanent: bool = False


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What a step found out or made. None: nothing new."""

    duration_seconds: float | None = None
    width: int | None = None
    height: int | None = None
    hls_key: str | None = None
    poster_key: str | None = None
    captions_key: str | None = None
    stored_bytes: int | None = None


class StaleAttempt(Exception):
    """The worker that reports is not the one that holds the step now: what it did does not count."""


@dataclass(slots=True)
class VideoAsset:
    """The video of one content.

    Every method that can start work returns the names of the steps that became QUEUED just now: the caller writes
    their doorbells in the same transaction.
    """

    id: UUID
    tenant_id: UUID
    content_id: UUID
    status: VideoStatus
    source_key: str
    source_bytes: int
    source_name: str
    """The client's file name, as harmless text."""
    language: str | None
    """What the uploader said is spoken; None: detect it."""
    steps: dict[StepName, Step]
    created_at: datetime
    playable: bool = False
    duration_seconds: float | None = None
    width: int | None = None
    height: int | None = None
    hls_key: str | None = None
    poster_key: str | None = None
    captions_key: str | None = None
    stored_bytes: int = 0
    """Bytes kept for this video: source and everything made from it."""
    error_code: str | None = None
    error: str | None = None

    def start(self) -> tuple[StepName, ...]:
        """The upload is complete: the first step may run."""
        return self._advance()

    def claimed(self, name: StepName, *, rule: RetryRule, now: datetime) -> bool:
        """A worker has taken up ``name``: its row is RUNNING already, by one UPDATE.

        False when too many workers before it vanished over this step: then it was given up just now.
        """
        step = self.steps[name]
        if step.state is not StepState.RUNNING:
            raise IllegalTransition(f"{name} was claimed but is {step.state}")
        if self.status is VideoStatus.UPLOADED:
            self._to(VideoStatus.PROCESSING)
        if step.lost_leases < rule.max_lost_leases:
            return True
        message = "The machine working on this stopped again and again."
        self._give_up(step, StepFailure("worker_lost", message), now)
        return False

    def succeed(
        self,
        name: StepName,
        *,
        attempt: int,
        now: datetime,
        facts: VideoFacts | None = None,
        output: dict[str, str | int | float] | None = None,
    ) -> tuple[StepName, ...]:
        """The worker that holds ``attempt`` finished ``name``. ``output`` is a summary for admins.

        Raises:
            StaleAttempt: somebody else holds the step now.
        """
        step = self._held(name, attempt)
        step.to(StepState.SUCCEEDED)
        step.progress = 1.0
        step.output = output or {}
        self._settle(step, now)
        self._learn(facts or VideoFacts())
        if name is StepName.FINALIZE:
            self._to(VideoStatus.READY)
            self.error_code = self.error = None
        return self._advance()

    def skip(self, name: StepName, *, attempt: int, reason: str, now: datetime) -> tuple[StepName, ...]:
        """There is nothing for ``name`` to do in this video. ``reason`` is shown to people.

        Raises:
            StaleAttempt: somebody else holds the step now.
            IllegalTransition: no video can do without this step.
        """
        step = self._held(name, attempt)
        if PLAN[name].fails_the_video:
            raise IllegalTransition(f"{name} cannot be skipped")
        step.to(StepState.SKIPPED)
        self._settle(step, now)
        step.error = reason
        return self._advance()

    def fail(
        self, name: StepName, failure: StepFailure, *, attempt: int, rule: RetryRule, now: datetime
    ) -> tuple[StepName, ...]:
        """The attempt at ``name`` failed: it is queued again for later, or given up.

        Raises:
            StaleAttempt: somebody else holds the step now.
        """
        step = self._held(name, attempt)
        step.failures += 1
        if failure.is_permanent or step.failures >= rule.max_failures:
            return self._give_up(step, failure, now)
        step.to(StepState.QUEUED)
        step.lease_until = None
        step.error_code, step.error, step.log = failure.code, failure.message, failure.log or None
        step.not_before = now + RETRY_DELAYS[min(step.failures, len(RETRY_DELAYS)) - 1]
        return ()

    def release(self, name: StepName, *, attempt: int) -> tuple[StepName, ...]:
        """The worker that holds ``attempt`` stops in good order before it is done: somebody else may begin at once.

        Raises:
            StaleAttempt: somebody else holds the step now.
        """
        step = self._held(name, attempt)
        step.to(StepState.QUEUED)
        step.lease_until = step.not_before = None
        return (name,)

    def rerun(self, name: StepName, *, only: bool) -> tuple[StepName, ...]:
        """Do ``name`` again, and what follows from it unless ``only``. FINALIZE always follows: it makes READY.

        The video stays playable meanwhile: what is being watched is immutable.

        Raises:
            Conflict: ``upload_incomplete``, ``step_running`` or ``step_not_reached``, with the way out in words;
                ``video_deleted``.
        """
        if self.status is VideoStatus.DELETED:
            raise Conflict("This video was deleted.", code="video_deleted")
        if self.status is VideoStatus.UPLOADING:
            raise Conflict("The upload of this video is not complete.", code="upload_incomplete")
        again = {name, StepName.FINALIZE} if only else {name} | dependents_of(name)
        for other in again | dependents_of(name):
            if self.steps[other].state in {StepState.QUEUED, StepState.RUNNING}:
                raise Conflict(f"{other} is already at work. Wait for it, or cancel it first.", code="step_running")
        # Without these the video could never become READY, or would become it with nothing to watch.
        missing = {other for other, step in self.steps.items() if self._is_missing(step)}
        for needed in PLAN[name].waits_for:
            if needed in missing:
                raise Conflict(f"{name} needs {needed}. Run {needed} again instead.", code="step_not_reached")
        again |= missing
        for other in again:
            self._reset(self.steps[other])
        if self.status is not VideoStatus.PROCESSING:
            self._to(VideoStatus.PROCESSING)
        self.error_code = self.error = None
        return self._advance()

    def cancel(self, *, now: datetime) -> None:
        """Stop all work. The video ends FAILED ``cancelled``; a rerun leads back.

        Raises:
            Conflict: ``not_processing``: there is nothing to stop.
        """
        if self.status not in {VideoStatus.UPLOADED, VideoStatus.PROCESSING}:
            raise Conflict("This video is not being processed.", code="not_processing")
        self._end("cancelled", "Processing was cancelled.", now)

    def delete(self, *, now: datetime) -> None:
        """Stop all work for good, whatever the state: the content goes. Nothing is playable from here on, and what a
        worker still reports does not count. A second time changes nothing."""
        if self.status is VideoStatus.DELETED:
            return
        self._stop_steps(now)
        self._to(VideoStatus.DELETED)
        self.playable = False
        self.hls_key = self.poster_key = self.captions_key = None
        self.error_code = self.error = None

    def _learn(self, facts: VideoFacts) -> None:
        for name in VideoFacts.__dataclass_fields__:
            value = getattr(facts, name)
            if value is not None:
                setattr(self, name, value)
        self.playable = self.hls_key is not None

    def _held(self, name: StepName, attempt: int) -> Step:
        step = self.steps[name]
        if step.state is not StepState.RUNNING or step.attempt != attempt:
            raise StaleAttempt(f"{name}: attempt {attempt} reports, but {step.state} attempt {step.attempt} holds")
        return step

    @staticmethod
    def _is_missing(step: Step) -> bool:
        return step.state is StepState.CANCELLED or (step.state is StepState.FAILED and PLAN[step.name].fails_the_video)

    @staticmethod
    def _settle(step: Step, now: datetime) -> None:
        step.finished_at = now
        step.lease_until = step.not_before = None
        step.error_code = step.error = step.log = None

    def _give_up(self, step: Step, failure: StepFailure, now: datetime) -> tuple[StepName, ...]:
        step.to(StepState.FAILED)
        self._settle(step, now)
        step.error_code, step.error, step.log = failure.code, failure.message, failure.log or None
        if PLAN[step.name].fails_the_video:
            self._end(failure.code, failure.message, now)
            return ()
        return self._advance()

    def _end(self, code: str, message: str, now: datetime) -> None:
        self._stop_steps(now)
        self._to(VideoStatus.FAILED)
        self.error_code, self.error = code, message

    def _stop_steps(self, now: datetime) -> None:
        for step in self.steps.values():
            if not step.is_settled:
                step.to(StepState.CANCELLED)
                step.lease_until = step.not_before = None
                step.finished_at = now

    @staticmethod
    def _reset(step: Step) -> None:
        if step.state is not StepState.PENDING:
            step.to(StepState.PENDING)
        step.failures = step.lost_leases = 0
        step.progress = 0.0
        step.started_at = step.finished_at = step.not_before = step.lease_until = None
        step.error_code = step.error = step.log = None
        step.output = {}

    def _advance(self) -> tuple[StepName, ...]:
        queued = []
        for name, rule in PLAN.items():
            step = self.steps[name]
            if step.state is StepState.PENDING and all(self.steps[n].is_settled for n in rule.waits_for):
                step.to(StepState.QUEUED)
                queued.append(name)
        return tuple(queued)

    def _to(self, status: VideoStatus) -> None:
        if status not in VIDEO_TRANSITIONS[self.status]:
            raise IllegalTransition(f"video {self.status} -> {status}")
        self.status = status


def new_video_asset(
    *,
    asset_id: UUID,
    tenant_id: UUID,
    content_id: UUID,
    source_key: str,
    source_bytes: int,
    source_name: str,
    language: str | None,
    step_ids: dict[StepName, UUID],
    now: datetime,
) -> VideoAsset:
    """A video whose upload is complete; call ``start`` to queue its first step."""
    return VideoAsset(
        id=asset_id,
        tenant_id=tenant_id,
        content_id=content_id,
        status=VideoStatus.UPLOADED,
        source_key=source_key,
        source_bytes=source_bytes,
        source_name=source_name,
        language=language,
        steps={name: Step(id=step_ids[name], name=name) for name in PLAN},
        created_at=now,
        stored_bytes=source_bytes,
    )
