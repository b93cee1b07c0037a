"""What can never be true of a video, however its work was interrupted. Every function answers with sentences for
operators, and with none when all is well."""

from datetime import datetime, timedelta

from lms_domain.video.asset import RetryRule, VideoAsset, VideoStatus
from lms_domain.video.garbage import referenced_keys
from lms_domain.video.steps import PLAN, Step, StepState
from lms_domain.video.storage_keys import video_prefix

PATIENCE = timedelta(seconds=120)
"""How long it may take until somebody takes over from a worker that vanished."""

_AT_WORK = frozenset({VideoStatus.UPLOADED, VideoStatus.PROCESSING})


def stuck(asset: VideoAsset, *, now: datetime) -> tuple[str, ...]:
    """Steps that nobody will ever work on, unless somebody helps."""
    found = [f"{step.name}: {reason}" for step in asset.steps.values() if (reason := _stuck(step, asset, now))]
    if asset.status in _AT_WORK and not found and all(step.is_settled for step in asset.steps.values()):
        found.append(f"the video is {asset.status}, but no step is left to do")
    return tuple(found)


def _stuck(step: Step, asset: VideoAsset, now: datetime) -> str | None:
    if step.state is StepState.PENDING and _may_begin(step, asset):
        return "waits for nothing, and is not queued"
    if step.state is StepState.RUNNING and (step.lease_until is None or step.lease_until < now - PATIENCE):
        return f"is held by nobody since {step.lease_until}"
    return None


def contradictions(asset: VideoAsset) -> tuple[str, ...]:
    """States that no path through the tables of ``asset`` and ``steps`` leads to."""
    steps = asset.steps.values()
    found = [
        f"{step.name} is {step.state} before what it waits for is settled"
        for step in steps
        if step.state in {StepState.QUEUED, StepState.RUNNING} and not _may_begin(step, asset)
    ]
    open_steps = [step.name for step in steps if not step.is_settled]
    if asset.status not in _AT_WORK | {VideoStatus.UPLOADING} and open_steps:
        found.append(f"the video is {asset.status}, but {', '.join(open_steps)} not settled")
    if asset.status is VideoStatus.READY:
        found += [
            f"the video is READY, but {step.name} is {step.state}"
            for step in steps
            if PLAN[step.name].fails_the_video and step.is_settled and step.state is not StepState.SUCCEEDED
        ]
    if asset.status is VideoStatus.FAILED and asset.error_code is None:
        found.append("the video is FAILED without a reason")
    if asset.playable != (asset.hls_key is not None):
        found.append("the video is playable without a stream, or has one and is not")
    return tuple(found)


def excesses(asset: VideoAsset, rule: RetryRule) -> tuple[str, ...]:
    """Steps that were tried more often than is allowed."""
    return tuple(
        f"{step.name} failed {step.failures} times and lost {step.lost_leases} leases in {step.attempt} attempts"
        for step in asset.steps.values()
        if step.failures > rule.max_failures
        or step.lost_leases > rule.max_lost_leases
        or step.attempt < step.failures + step.lost_leases
    )


def strays(asset: VideoAsset) -> tuple[str, ...]:
    """References to files that are not this video's own: of another video, or of another school."""
    own = video_prefix(asset.tenant_id, asset.content_id)
    return tuple(f"{name} is {key}" for name, key in referenced_keys(asset).items() if not key.startswith(own))


def _may_begin(step: Step, asset: VideoAsset) -> bool:
    return all(asset.steps[name].is_settled for name in PLAN[step.name].waits_for)
