"""TRANSCRIBE: captions and transcript."""

from dataclasses import dataclass

from lms_app.learning.follow_captions import FollowCaptions
from lms_app.ports.clock import Clock
from lms_app.ports.media_probe import MediaProbe
from lms_app.ports.media_tools import AudioExtractor, MediaToolError, ProgressCallback
from lms_app.ports.repositories import Transcript
from lms_app.ports.transcriber import Transcriber, TranscriberError, Transcription
from lms_app.ports.unit_of_work import TenantTransaction
from lms_app.ports.workspace import Workspace
from lms_app.video.steps.job import Output, StepDone, StepEffects, StepError, StepJob, StepSkipped
from lms_app.video.steps.validate import probe_source
from lms_domain.video import webvtt
from lms_domain.video.asset import StepFailure, VideoFacts
from lms_domain.video.storage_keys import run_prefix
from lms_domain.video.transcript import full_text

_FILE = "captions.vtt"
_EXTRACT_SHARE = 0.05
"""Share of the step's progress that taking the sound out of the video is worth."""


class Transcribe:
    """Hear what is said and publish it as captions and transcript. The transcriber never sees the upload, only the
    WAV that was made from it. Without a sound track the step is skipped, and says so. Questions whose words are not
    heard any more become stale together with the new transcript."""

    def __init__(
        self,
        workspace: Workspace,
        probe: MediaProbe,
        extractor: AudioExtractor,
        transcriber: Transcriber,
        follow_captions: FollowCaptions,
        clock: Clock,
    ) -> None:
        self._workspace = workspace
        self._probe = probe
        self._extractor = extractor
        self._transcriber = transcriber
        self._follow_captions = follow_captions
        self._clock = clock

    async def __call__(self, job: StepJob, report: ProgressCallback) -> StepDone | StepSkipped:
        """Raises:
        StepError: ``model_missing`` or ``transcribe_failed``.
        StorageUnavailable: see there.
        """
        info = await probe_source(self._workspace, self._probe, job)
        if info.audio is None:
            return StepSkipped("This video has no sound.")
        prefix = run_prefix(job.asset.tenant_id, job.asset.content_id, job.run)
        async with self._workspace.source(job.asset.source_key) as source, self._workspace.scratch() as folder:
            wav = folder / "audio.wav"
            try:
                await self._extractor.extract_audio(
                    source, info, wav, on_progress=lambda done, speed: report(done * _EXTRACT_SHARE, speed)
                )
                heard = await self._transcriber.transcribe(
                    wav,
                    language=job.asset.language,
                    on_progress=lambda done, speed: report(_EXTRACT_SHARE + done * (1 - _EXTRACT_SHARE), speed),
                )
            except MediaToolError as error:
                raise StepError(StepFailure("transcribe_failed", error.detail, error.log)) from error
            except TranscriberError as error:
                raise StepError(StepFailure(error.code, error.detail)) from error
            wav.unlink()
            (folder / _FILE).write_text(webvtt.render(heard.segments), encoding="utf-8")
            await self._workspace.publish(folder, prefix)
        transcript = self._transcript(job, heard)
        return StepDone(
            facts=VideoFacts(captions_key=prefix + _FILE),
            output={"run": job.run, "language": heard.language, "segments": len(heard.segments), "model": heard.model},
            transcript=transcript,
            effects=_Effects(self._follow_captions, transcript),
        )

    def _transcript(self, job: StepJob, heard: Transcription) -> Transcript:
        return Transcript(
            content_id=job.asset.content_id,
            language=heard.language,
            full_text=full_text(heard.segments),
            segments=heard.segments,
            model=heard.model,
            generated_at=self._clock.now(),
        )


@dataclass(frozen=True, slots=True)
class _Effects(StepEffects):
    """What becomes true of the video's quiz with its new transcript."""

    follow_captions: FollowCaptions
    transcript: Transcript

    async def __call__(self, tx: TenantTransaction) -> Output:
        stale = await self.follow_captions(tx, self.transcript)
        return {"stale_questions": stale} if stale else {}
