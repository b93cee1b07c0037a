"""VALIDATE: is this a video that we accept?"""

from lms_app.ports.media_probe import MediaInfo, MediaProbe, ProbeError
from lms_app.ports.media_tools import ProgressCallback
from lms_app.ports.workspace import Workspace
from lms_app.video.steps.job import StepDone, StepError, StepJob
from lms_domain.video.asset import StepFailure, VideoFacts
from lms_domain.video.limits import check_media


class Validate:
    """Look into the file: it must be a video, no longer and no larger than allowed. What fails here would fail again,
    so it is not repeated."""

    def __init__(self, workspace: Workspace, probe: MediaProbe) -> None:
        self._workspace = workspace
        self._probe = probe

    async def __call__(self, job: StepJob, _: ProgressCallback) -> StepDone:
        """Raises StepError ``not_a_video``, ``unsupported``, ``too_long`` or ``too_large``, all permanent."""
        info = await probe_source(self._workspace, self._probe, job)
        if info.video is None:
            message = "There is no picture in this file. Please upload a video."
            raise StepError(StepFailure("not_a_video", message, is_permanent=True))
        refusal = check_media(
            duration_seconds=info.duration_seconds,
            width=info.video.width,
            height=info.video.height,
            max_seconds=job.max_seconds,
        )
        if refusal is not None:
            raise StepError(refusal)
        return StepDone(
            facts=VideoFacts(duration_seconds=info.duration_seconds, width=info.video.width, height=info.video.height),
            output={
                "container": info.container,
                "video": info.video.codec,
                "audio": info.audio.codec if info.audio else "none",
            },
        )


async def probe_source(workspace: Workspace, probe: MediaProbe, job: StepJob) -> MediaInfo:
    """Facts about the job's source.

    Raises:
        StepError: permanent, with the probe's own code.
    """
    async with workspace.source(job.asset.source_key) as source:
        try:
            return await probe.probe(source)
        except ProbeError as error:
            raise StepError(StepFailure(error.code, error.detail, error.log, is_permanent=True)) from error
