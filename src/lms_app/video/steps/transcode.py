"""TRANSCODE: adaptive HLS."""

from lms_app.ports.media_probe import MediaProbe
from lms_app.ports.media_tools import MediaToolError, ProgressCallback, Transcoder
from lms_app.ports.workspace import Workspace
from lms_app.video.steps.job import StepDone, StepError, StepJob
from lms_app.video.steps.validate import probe_source
from lms_domain.video.asset import StepFailure, VideoFacts
from lms_domain.video.storage_keys import run_prefix

LADDER = (720,)
"""Heights of the rungs, highest first."""


class Transcode:
    """Make the HLS presentation and publish it under a run of its own: from then on the video is playable."""

    def __init__(self, workspace: Workspace, probe: MediaProbe, transcoder: Transcoder) -> None:
        self._workspace = workspace
        self._probe = probe
        self._transcoder = transcoder

    async def __call__(self, job: StepJob, report: ProgressCallback) -> StepDone:
        """Raises:
        StepError: ``transcode_failed``, or ``too_long`` (permanent) when the file's header lied.
        StorageUnavailable: see there.
        """
        info = await probe_source(self._workspace, self._probe, job)
        prefix = run_prefix(job.asset.tenant_id, job.asset.content_id, job.run) + "hls/"
        async with self._workspace.source(job.asset.source_key) as source, self._workspace.scratch() as folder:
            into = folder / "hls"
            into.mkdir()
            try:
                output = await self._transcoder.transcode(
                    source, info, into, max_heights=LADDER, max_seconds=job.max_seconds, on_progress=report
                )
            except MediaToolError as error:
                is_permanent = error.code == "too_long"
                raise StepError(StepFailure(error.code, error.detail, error.log, is_permanent)) from error
            await self._workspace.publish(into, prefix)
        return StepDone(
            facts=VideoFacts(hls_key=f"{prefix}master.m3u8", duration_seconds=output.duration_seconds),
            output={
                "run": job.run,
                "renditions": " ".join(r.name for r in output.renditions),
                "bytes": output.size_bytes,
            },
        )
