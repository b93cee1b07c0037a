"""ffmpeg, Whisper, questions, and the steps that use them."""

from collections.abc import AsyncIterator, Iterator, Mapping

from dishka import Provider, Scope, provide

from adapters.ffmpeg.audio_extractor import FfmpegAudioExtractor
from adapters.ffmpeg.ffprobe_probe import FfprobeMediaProbe
from adapters.ffmpeg.pyav_probe import PyavMediaProbe
from adapters.ffmpeg.thumbnailer import FfmpegThumbnailer
from adapters.ffmpeg.tools import find_ffmpeg, find_ffprobe
from adapters.ffmpeg.transcoder import FfmpegTranscoder
from adapters.openai_quiz.service import ModelService
from adapters.rules_quiz.generator import RulesQuizGenerator
from adapters.system.tool_processes import ProcToolProcesses
from entrypoints.settings import Settings
from lms_app.learning.follow_captions import FollowCaptions
from lms_app.notices.tell_of_courses import TellOfCourses
from lms_app.ports.clock import Clock
from lms_app.ports.media_probe import MediaProbe
from lms_app.ports.media_tools import AudioExtractor, Thumbnailer, Transcoder
from lms_app.ports.storage import ObjectStorage
from lms_app.ports.tool_processes import ToolProcesses
from lms_app.ports.transcriber import Transcriber
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.ports.workspace import Workspace
from lms_app.video.run_step import PipelineRules
from lms_app.video.steps.assignments import Assignments
from lms_app.video.steps.finalize import Finalize
from lms_app.video.steps.job import StepHandler
from lms_app.video.steps.quiz_generators import QuizGenerators
from lms_app.video.steps.thumbnail import Thumbnail
from lms_app.video.steps.transcode import Transcode
from lms_app.video.steps.transcribe import Transcribe
from lms_app.video.steps.validate import Validate
from lms_domain.video.steps import StepName


class MediaProvider(Provider):
    """To swap ffmpeg or Whisper, change one method here."""

    scope = Scope.APP

    @provide
    def probe(self) -> MediaProbe:
        """ffprobe where there is one, else PyAV in a child process."""
        ffprobe = find_ffprobe()
        return FfprobeMediaProbe(ffprobe) if ffprobe else PyavMediaProbe()

    @provide
    def transcoder(self) -> Transcoder:
        """HLS by ffmpeg."""
        return FfmpegTranscoder(find_ffmpeg())

    @provide
    def thumbnailer(self) -> Thumbnailer:
        """Posters by ffmpeg."""
        return FfmpegThumbnailer(find_ffmpeg())

    @provide
    def audio_extractor(self) -> AudioExtractor:
        """WAV by ffmpeg."""
        return FfmpegAudioExtractor(find_ffmpeg())

    @provide
    def transcriber(self, settings: Settings) -> Iterator[Transcriber]:
        """Whisper on this machine."""
        # Only processes that transcribe load it: it takes half a second and 100 MB.
        from adapters.faster_whisper.transcriber import FasterWhisperTranscriber  # noqa: PLC0415

        transcriber = FasterWhisperTranscriber(settings.whisper_model, settings.model_dir)
        yield transcriber
        transcriber.close()

    @provide
    def tool_processes(self, settings: Settings) -> ToolProcesses:
        """Tools that run on this machine."""
        return ProcToolProcesses(settings.data_dir / "work")

    @provide
    async def quiz_generators(self, settings: Settings) -> AsyncIterator[QuizGenerators]:
        """Questions by rules, on this machine; by a model before them where one is set and the school agreed."""
        if settings.quiz_model is None:
            yield QuizGenerators(RulesQuizGenerator())
            return
        # Only installations that have set a model load an HTTP client.
        from adapters.openai_quiz.generator import OpenAiQuizGenerator  # noqa: PLC0415

        model = OpenAiQuizGenerator(settings.quiz_model)
        try:
            yield QuizGenerators(RulesQuizGenerator(), model)
        finally:
            await model.aclose()

    @provide
    def rules(self, settings: Settings) -> PipelineRules:
        """Times of the pipeline."""
        return PipelineRules(
            lease_seconds=settings.lease_seconds,
            heartbeat_seconds=settings.lease_seconds / 4,
            progress_seconds=min(2.0, settings.lease_seconds / 4),
        )

    @provide
    def steps(
        self,
        workspace: Workspace,
        probe: MediaProbe,
        transcoder: Transcoder,
        thumbnailer: Thumbnailer,
        extractor: AudioExtractor,
        transcriber: Transcriber,
        follow_captions: FollowCaptions,
        quiz_generators: QuizGenerators,
        tell: TellOfCourses,
        storage: ObjectStorage,
        uow: UnitOfWork,
        clock: Clock,
    ) -> Mapping[StepName, StepHandler]:
        """What does the work of each step."""
        return {
            StepName.VALIDATE: Validate(workspace, probe),
            StepName.THUMBNAIL: Thumbnail(workspace, probe, thumbnailer),
            StepName.TRANSCODE: Transcode(workspace, probe, transcoder),
            StepName.TRANSCRIBE: Transcribe(workspace, probe, extractor, transcriber, follow_captions, clock),
            StepName.ASSIGNMENTS: Assignments(uow, quiz_generators, tell, clock),
            StepName.FINALIZE: Finalize(storage),
        }


async def check_quiz_model(service: ModelService) -> str:
    """That the model which writes questions is there, as a sentence. It is not made to work, and nothing is sent.

    Raises:
        QuizGeneratorError: it is not.
    """
    from adapters.openai_quiz.generator import OpenAiQuizGenerator  # noqa: PLC0415  # as above

    model = OpenAiQuizGenerator(service)
    try:
        return await model.check()
    finally:
        await model.aclose()
