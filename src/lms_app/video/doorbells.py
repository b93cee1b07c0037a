"""From queued steps to messages."""

from collections.abc import Iterable

from lms_app.ports.job_queue import StepDoorbell
from lms_domain.video.asset import VideoAsset
from lms_domain.video.steps import PLAN, StepName


def doorbells_for(asset: VideoAsset, names: Iterable[StepName]) -> tuple[StepDoorbell, ...]:
    """One message for every step in ``names``."""
    return tuple(
        StepDoorbell(queue=PLAN[name].queue, tenant_id=asset.tenant_id, step_id=asset.steps[name].id) for name in names
    )
