"""THUMBNAIL: the poster."""

from lms_app.ports.media_probe import MediaProbe
from lms_app.ports.media_tools import MediaToolError, ProgressCallback, Thumbnailer
from lms_app.ports.workspace import Workspace
from lms_app.video.steps.job import StepDone, StepError, StepJob
from lms_app.video.steps.validate import probe_source
from lms_domain.video.asset import StepFailure, VideoFacts
from lms_domain.video.storage_keys import run_prefix

_FILE = "thumb.jpg"


class Thumbnail:
    """Choose a frame that shows something and publish it as the poster. A video without a poster is still a video."""

    def __init__(self, workspace: Workspace, probe: MediaProbe, thumbnailer: Thumbnailer) -> None:
        self._workspace = workspace
        self._probe = probe
        self._thumbnailer = thumbnailer

    async def __call__(self, job: StepJob, _: ProgressCallback) -> StepDone:
        """Raises:
        StepError: no frame could be made.
        StorageUnavailable: see there.
        """
        info = await probe_source(self._workspace, self._probe, job)
        prefix = run_prefix(job.asset.tenant_id, job.asset.content_id, job.run)
        async with self._workspace.source(job.asset.source_key) as source, self._workspace.scratch() as folder:
            try:
                await self._thumbnailer.thumbnail(source, info, folder / _FILE)
            except MediaToolError as error:
                raise StepError(StepFailure(error.code, error.detail, error.log)) from error
            await self._workspace.publish(folder, prefix)
        return StepDone(facts=VideoFacts(poster_key=prefix + _FILE), output={"run": job.run})
