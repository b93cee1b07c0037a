"""What of a video's files nobody references any more, and from when on it may go.

Sources and runs are immutable, so whatever lies in storage is either referenced as it is, or never will be again: an
earlier run after a rerun, the run of a worker that lost its lease, an upload whose transaction was lost. Nothing is
written down about them: what lies there, compared with what the videos say, tells.
"""

import re
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from uuid import UUID

from lms_domain.video.asset import VideoAsset, VideoStatus
from lms_domain.video.playback import MAX_GRANT
from lms_domain.video.steps import StepState
from lms_domain.video.storage_keys import run_prefix

COLLECT_AFTER = MAX_GRANT + timedelta(hours=1)
"""Nothing disappears under a viewer: the longest grant, and an hour for clocks that differ."""

_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEY = re.compile(
    rf"(?P<holding>tenant/(?P<tenant>{_UUID})/videos/(?P<content>{_UUID})/(?:r[0-9a-f]{{32}}/|source_[0-9a-f]{{32}}\.bin$)).*",
    re.ASCII | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Holding:
    """One upload, or the run of one attempt, as it lies in storage."""

    tenant_id: UUID
    content_id: UUID
    key: str
    """Of a run the prefix, which ends in ``/``; of an upload its key."""
    size: int
    """Bytes."""
    newest: datetime
    """When the last of its objects was stored."""

    def joined(self, part: "Holding") -> "Holding":
        """With another part of the same holding."""
        newest = max(self.newest, part.newest)
        return Holding(self.tenant_id, self.content_id, self.key, self.size + part.size, newest)


def holding_of(key: str, *, size: int, modified_at: datetime) -> Holding | None:
    """The holding that an object is part of, as if the object were all of it; None when it belongs to no video."""
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    return Holding(UUID(found["tenant"]), UUID(found["content"]), found["holding"], size, modified_at)


def referenced_keys(asset: VideoAsset) -> dict[str, str]:
    """Every key that the video names, by its field. A field that is added later is one of them by its name."""
    named = {field.name: getattr(asset, field.name) for field in fields(asset) if field.name.endswith("_key")}
    return {name: key for name, key in named.items() if key is not None}


def live_holdings(asset: VideoAsset) -> frozenset[str]:
    """Keys of the holdings that the video needs: what it names, and the runs of steps that succeeded."""
    if asset.status is VideoStatus.DELETED:
        return frozenset()
    live = set()
    for key in referenced_keys(asset).values():
        holding = holding_of(key, size=0, modified_at=asset.created_at)
        live.add(holding.key if holding is not None else key)
    for step in asset.steps.values():
        run = step.output.get("run")
        if step.state is StepState.SUCCEEDED and isinstance(run, str):
            live.add(run_prefix(asset.tenant_id, asset.content_id, run))
    return frozenset(live)


def at_rest_since(asset: VideoAsset) -> datetime | None:
    """Since when nobody has changed what the video references, nor is about to; None while some step asks for work."""
    if not all(step.is_settled for step in asset.steps.values()):
        return None
    return max([asset.created_at, *(step.finished_at for step in asset.steps.values() if step.finished_at)])


def was_at_rest(asset: VideoAsset, before: datetime) -> bool:
    """Whether the video references since ``before`` what it references now."""
    since = at_rest_since(asset)
    return since is not None and since < before


def is_garbage(holding: Holding, asset: VideoAsset | None, *, before: datetime) -> bool:
    """Whether a holding may go.

    Args:
        asset: the video of its content, read after the storage was listed; None when there is none.
        before: ``COLLECT_AFTER`` ago. What is younger, or was referenced since, stays.
    """
    if holding.newest >= before:
        return False
    if asset is None:
        return True
    return was_at_rest(asset, before) and holding.key not in live_holdings(asset)
