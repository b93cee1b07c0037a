"""Run one step of the pipeline."""

import asyncio
import copy
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.logger import Logger
from lms_app.ports.media_tools import ProgressCallback
from lms_app.ports.repositories import ClaimedStep, Lease
from lms_app.ports.storage import ObjectNotFound, StorageUnavailable
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_app.video.doorbells import doorbells_for
from lms_app.video.steps.job import StepDone, StepError, StepHandler, StepJob, StepSkipped
from lms_domain.errors import Unavailable
from lms_domain.video.asset import RetryRule, StaleAttempt, StepFailure, VideoAsset
from lms_domain.video.steps import StepName
from lms_domain.video.storage_keys import run_name

Handlers = Mapping[StepName, StepHandler]


@dataclass(frozen=True, slots=True)
class PipelineRules:
    """Times and limits of the pipeline, in seconds."""

    lease_seconds: float = 60.0
    heartbeat_seconds: float = 15.0
    progress_seconds: float = 2.0
    """How often a changed progress is written."""
    record_again_seconds: float = 1.0
    """How long is waited before a result that the database did not take is offered again."""
    retry: RetryRule = field(default_factory=RetryRule)


class StepOutcome(StrEnum):
    """How an attempt ended."""

    NOT_CLAIMED = "not_claimed"
    """Somebody else has it, or it is done: two deliveries of one message run once."""
    SUCCEEDED = "succeeded"
    SKIPPED = "skipped"
    FAILED = "failed"
    LOST = "lost"
    """The lease was lost; whatever was made does not count."""


@dataclass(slots=True)
class _Progress:
    """Shared between the tool, which reports from anywhere, and the heartbeat, which writes."""

    fraction: float = 0.0

    def report(self, fraction: float, _speed: float) -> None:
        self.fraction = max(self.fraction, min(1.0, fraction))


class RunStep:
    """Take up one due step of one video, do its work under a lease, and record the result.

    Claim, work and record are three things: no transaction stays open while a tool runs. While it works, the lease is
    renewed; when it cannot be, or somebody else took over, the work is stopped and its result thrown away. Stopped in
    good order (a deployment, Ctrl-C) the step goes back to the queue at once and counts no failure.
    """

    def __init__(
        self, uow: UnitOfWork, handlers: Handlers, rules: PipelineRules, clock: Clock, ids: Ids, log: Logger
    ) -> None:
        self._uow = uow
        self._handlers = handlers
        self._rules = rules
        self._clock = clock
        self._ids = ids
        self._log = log

    async def __call__(self, tenant_id: UUID, step_id: UUID) -> StepOutcome:
        """Raises Unavailable when the database does not answer; the step stays as it is."""
        scope = TenantScope(tenant_id)
        taken = await self._claim(scope, step_id)
        if taken is None:
            self._log.info("rung in vain", tenant_id=str(tenant_id), step_id=str(step_id))
            return StepOutcome.NOT_CLAIMED
        claimed, job = taken
        facts = {
            "tenant_id": tenant_id,
            "content_id": job.asset.content_id,
            "step_id": step_id,
            "step": claimed.name.value,
            "attempt": claimed.attempt,
        }
        with self._log.within(lambda: facts):
            started = time.monotonic()
            outcome = await self._work(scope, claimed, job)
            self._log.info("step", outcome=outcome.value, seconds=round(time.monotonic() - started, 2))
        return outcome

    async def _claim(self, scope: TenantScope, step_id: UUID) -> tuple[ClaimedStep, StepJob] | None:
        async with self._uow.begin(scope) as tx:
            claimed = await tx.videos.claim(step_id, self._lease())
            asset = await tx.videos.lock(claimed.asset_id) if claimed else None
            if claimed is None or asset is None:
                return None
            may_run = asset.claimed(claimed.name, rule=self._rules.retry, now=self._clock.now())
            limits, _ = await tx.usage.limits()
            await tx.videos.save(asset)
            if not may_run:
                await tx.outbox.add(doorbells_for(asset, _queued(asset)))
            await tx.commit()
        if not may_run:
            return None
        job = StepJob(
            asset=copy.deepcopy(asset), run=run_name(self._ids.new()), max_seconds=float(limits.video_seconds)
        )
        return claimed, job

    async def _work(self, scope: TenantScope, claimed: ClaimedStep, job: StepJob) -> StepOutcome:
        progress = _Progress()
        work = asyncio.create_task(self._attempt(claimed.name, job, progress.report))
        keeper = asyncio.create_task(self._keep_lease(scope, claimed, progress))
        try:
            await asyncio.wait({work, keeper}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                self._log.warning("lease lost", error=repr(keeper.exception()))
                return StepOutcome.LOST
            return await self._record_while_held(scope, claimed, work.result(), keeper)
        except asyncio.CancelledError:
            await _stop(work)
            await asyncio.shield(self._release(scope, claimed))
            raise
        finally:
            await _stop(work)
            await _stop(keeper)

    async def _attempt(
        self, name: StepName, job: StepJob, report: ProgressCallback
    ) -> StepDone | StepSkipped | StepFailure:
        try:
            return await self._handlers[name](job, report)
        except Exception as error:  # noqa: BLE001 -- any other error is logged and becomes a reason
            failure = _reason(error)
            if failure is not None:
                return failure
            # Whatever broke must end as a reason on the step, not as silence.
            self._log.exception("step broke")
            return StepFailure("internal_error", "Something went wrong on our side.", repr(error))

    async def _keep_lease(self, scope: TenantScope, claimed: ClaimedStep, progress: _Progress) -> None:
        """Return when the lease is lost."""
        written, renewed = 0.0, time.monotonic()
        while True:
            await asyncio.sleep(self._rules.progress_seconds)
            idle = time.monotonic() - renewed
            if progress.fraction == written and idle < self._rules.heartbeat_seconds:
                continue
            try:
                fraction = progress.fraction
                async with self._uow.begin(scope) as tx:
                    is_ours = await tx.videos.heartbeat(
                        claimed.step_id, claimed.attempt, self._lease(), progress=fraction
                    )
                    await tx.commit()
            except Unavailable:
                # The database may come back before the lease ends; after that nobody can know whose step it is.
                if idle >= self._rules.lease_seconds:
                    return
                continue
            if not is_ours:
                return
            written, renewed = fraction, time.monotonic()

    async def _record_while_held(
        self,
        scope: TenantScope,
        claimed: ClaimedStep,
        result: StepDone | StepSkipped | StepFailure,
        keeper: "asyncio.Task[None]",
    ) -> StepOutcome:
        """What was made may have taken an hour: a database that is away for a moment does not cost it.

        Raises Unavailable when it is away for as long as a lease lasts; then the step is done again.
        """
        broken: StepFailure | None = None
        give_up = time.monotonic() + self._rules.lease_seconds
        while True:
            try:
                return await self._record(scope, claimed, result)
            except Unavailable as error:
                if keeper.done() or time.monotonic() >= give_up:
                    raise
                self._log.warning("result not recorded yet", error=error.detail)
            except Exception as error:
                if broken is not None:
                    raise
                # What a step wants to write broke a rule: without this it would be tried until its leases are used up.
                self._log.exception("step broke")
                result = broken = StepFailure("internal_error", "Something went wrong on our side.", repr(error))
                continue
            await asyncio.wait({keeper}, timeout=self._rules.record_again_seconds)

    async def _record(
        self, scope: TenantScope, claimed: ClaimedStep, result: StepDone | StepSkipped | StepFailure
    ) -> StepOutcome:
        now = self._clock.now()
        async with self._uow.begin(scope) as tx:
            asset = await tx.videos.lock(claimed.asset_id)
            if asset is None:
                return StepOutcome.LOST
            stored_before = asset.stored_bytes
            try:
                outcome, queued = self._apply(asset, claimed, result)
            except StaleAttempt:
                return StepOutcome.LOST
            if isinstance(result, StepDone) and result.transcript is not None:
                await tx.videos.put_transcript(result.transcript)
            if isinstance(result, StepDone) and result.effects is not None:
                asset.steps[claimed.name].output |= await result.effects(tx)
            if asset.stored_bytes != stored_before:
                await tx.usage.add_stored_bytes(asset.stored_bytes - stored_before)
            await tx.videos.save(asset)
            await tx.outbox.add(doorbells_for(asset, queued))
            await tx.commit()
        if isinstance(result, StepFailure):
            self._log.warning(
                "step failed", step=claimed.name.value, code=result.code, content_id=str(asset.content_id), at=str(now)
            )
        return outcome

    def _apply(
        self, asset: VideoAsset, claimed: ClaimedStep, result: StepDone | StepSkipped | StepFailure
    ) -> tuple[StepOutcome, tuple[StepName, ...]]:
        name, attempt, now = claimed.name, claimed.attempt, self._clock.now()
        match result:
            case StepDone(facts=facts, output=output):
                return StepOutcome.SUCCEEDED, asset.succeed(name, attempt=attempt, now=now, facts=facts, output=output)
            case StepSkipped(reason=reason):
                return StepOutcome.SKIPPED, asset.skip(name, attempt=attempt, reason=reason, now=now)
            case StepFailure():
                return StepOutcome.FAILED, asset.fail(name, result, attempt=attempt, rule=self._rules.retry, now=now)

    async def _release(self, scope: TenantScope, claimed: ClaimedStep) -> None:
        with suppress(Unavailable, StaleAttempt):  # the lease runs out by itself
            async with self._uow.begin(scope) as tx:
                await self._put_back(tx, claimed)

    @staticmethod
    async def _put_back(tx: TenantTransaction, claimed: ClaimedStep) -> None:
        asset = await tx.videos.lock(claimed.asset_id)
        if asset is None:
            return
        queued = asset.release(claimed.name, attempt=claimed.attempt)
        await tx.videos.save(asset)
        await tx.outbox.add(doorbells_for(asset, queued))
        await tx.commit()

    def _lease(self) -> Lease:
        return Lease(self._rules.lease_seconds)


def _reason(error: Exception) -> StepFailure | None:
    """Why an attempt failed, when the cause is one that happens."""
    match error:
        case StepError(failure=failure):
            return failure
        case StorageUnavailable():
            return StepFailure("storage_unavailable", "The storage did not answer.", str(error))
        case ObjectNotFound():
            return StepFailure("object_missing", "A stored file is missing.", str(error))
        case Unavailable():
            return StepFailure(error.code, error.detail)
        case OSError():
            return StepFailure("machine_trouble", "The machine's disk or one of its tools did not work.", str(error))
        case _:
            return None


def _queued(asset: VideoAsset) -> tuple[StepName, ...]:
    return tuple(name for name, step in asset.steps.items() if step.state == "QUEUED")


async def _stop(task: "asyncio.Task[object]") -> None:
    task.cancel()
    await asyncio.wait({task})
