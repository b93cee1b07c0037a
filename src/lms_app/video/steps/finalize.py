"""FINALIZE: the video is READY."""

from lms_app.ports.media_tools import ProgressCallback
from lms_app.ports.storage import ObjectStorage
from lms_app.video.steps.job import StepDone, StepJob
from lms_domain.video.asset import VideoFacts
from lms_domain.video.storage_keys import video_prefix


class Finalize:
    """Make sure that everything promised is there, and count every byte kept for the video."""

    def __init__(self, storage: ObjectStorage) -> None:
        self._storage = storage

    async def __call__(self, job: StepJob, _: ProgressCallback) -> StepDone:
        """Raises:
        ObjectNotFound: something that was published is gone.
        StorageUnavailable: see there.
        """
        asset = job.asset
        for key in (asset.hls_key, asset.poster_key, asset.captions_key):
            if key is not None:
                await self._storage.head(key)
        stored = 0
        async for found in self._storage.keys(video_prefix(asset.tenant_id, asset.content_id)):
            stored += found.size
        return StepDone(facts=VideoFacts(stored_bytes=stored), output={"bytes": stored})
