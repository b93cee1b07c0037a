"""Transcriber by faster-whisper."""

import asyncio
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from faster_whisper import WhisperModel
from faster_whisper.transcribe import Segment as WhisperSegment

from adapters.faster_whisper.captions import Word, make_segments
from adapters.faster_whisper.inventions import Heard, is_invented, without_loops
from adapters.faster_whisper.models import load_model, model_name
from adapters.faster_whisper.wav import RATE, Samples, WavError, read_wav
from lms_app.ports.media_tools import ProgressCallback
from lms_app.ports.transcriber import Transcriber, TranscriberError, Transcription

_SHORTEST = 0.1
"""Seconds of sound below which there is nothing to hear."""
_REPORT_EVERY = 1.0
_NICENESS = 10


class FasterWhisperTranscriber(Transcriber):
    """One model, one transcription at a time, in one thread of its own: memory stays what one takes.

    An English-only model (``tiny.en``) hears English in everything: without a language it is believed to be English;
    with another one the work is refused, as the text would be nonsense that reads like a transcript.
    """

    def __init__(self, model: str, model_dir: Path, *, may_download: bool = True, threads: int = 0) -> None:
        """
        Args:
            model: name of a Whisper model (``small``, ``large-v3``, or ``owner/name`` of a converted one), a folder
                that holds one, or ``bundled`` for the one of the extra ``demo``.
            model_dir: where named models are kept.
            may_download: whether a named model that is not there yet may be fetched, once.
            threads: processors to use; 0 for all, four at most.
        """
        self._model_name = model
        self._model_dir = model_dir
        self._may_download = may_download
        self._threads = threads or min(4, os.cpu_count() or 1)
        self._model: WhisperModel | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="whisper", initializer=_give_way)

    async def check(self) -> None:
        """See the port."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._load)

    async def transcribe(self, wav: Path, *, language: str | None, on_progress: ProgressCallback) -> Transcription:
        """See the port. A cancelled call returns at once; its thread ends after the segment it is at."""
        job = _Job(wav, language)
        work = asyncio.get_running_loop().run_in_executor(self._thread, self._run, job)
        try:
            while not work.done():
                await asyncio.wait({work}, timeout=_REPORT_EVERY)
                on_progress(job.fraction, job.speed)
            return await work
        finally:
            job.cancelled.set()
            work.cancel()

    def close(self) -> None:
        """Let the model go once the running transcription, if any, has ended. Does not wait."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _load(self) -> WhisperModel:
        if self._model is None:
            self._model = load_model(self._model_name, self._model_dir, self._may_download, self._threads)
        return self._model

    def _run(self, job: "_Job") -> Transcription:
        model = self._load()
        job.require_hearing(model, model_name(self._model_name))
        try:
            samples = read_wav(job.wav)
        except (WavError, OSError) as error:
            raise TranscriberError("transcribe_failed", f"The sound cannot be read: {error}") from error
        if len(samples) < _SHORTEST * RATE:
            job.reach(1.0, 1.0)
            return Transcription(job.language or "", (), model_name(self._model_name))
        try:
            return self._hear(model, samples, job)
        except (RuntimeError, ValueError, MemoryError) as error:
            raise TranscriberError("transcribe_failed", f"Speech recognition failed: {error}") from error

    def _hear(self, model: WhisperModel, samples: Samples, job: "_Job") -> Transcription:
        duration = len(samples) / RATE
        job.begin()
        found, info = model.transcribe(
            samples,
            language=job.language,
            beam_size=5,
            vad_filter=True,
            condition_on_previous_text=False,
            word_timestamps=True,
            hallucination_silence_threshold=2.0,
        )
        words: list[Word] = []
        for segment in found:
            if job.cancelled.is_set():
                break
            heard = _heard(segment)
            if not is_invented(heard):
                words += heard.words
            job.reach(float(segment.end), duration)
        silent = info.duration_after_vad == 0
        language = job.language or ("" if silent else info.language)
        segments = make_segments(without_loops(words), duration)
        job.reach(duration, duration)
        return Transcription(language, segments, model_name(self._model_name))


class _Job:
    """One transcription, as both threads see it: the thread writes numbers, the event loop reads them."""

    def __init__(self, wav: Path, language: str | None) -> None:
        self.wav = wav
        self.language = language
        self.cancelled = threading.Event()
        self.fraction = 0.0
        self.speed = 0.0
        self._began = time.monotonic()

    def begin(self) -> None:
        self._began = time.monotonic()

    def reach(self, seconds: float, duration: float) -> None:
        self.fraction = min(1.0, max(self.fraction, seconds / duration))
        self.speed = self.fraction * duration / max(0.001, time.monotonic() - self._began)

    def require_hearing(self, model: WhisperModel, name: str) -> None:
        """Raises:
        TranscriberError: the model does not know the language.
        """
        if self.language is not None and self.language not in model.supported_languages:
            knows = "hears English only" if model.supported_languages == ["en"] else "does not know this language"
            raise TranscriberError(
                "language_unsupported",
                f"The speech model {name} {knows}, and this video is said to be in '{self.language}'. "
                "Set LMS_WHISPER_MODEL to a model for many languages, such as 'small', and transcribe again.",
            )


def _heard(segment: WhisperSegment) -> Heard:
    """In plain floats: the library gives numpy's. A segment whose words could not be placed counts as one word."""
    words = [Word(float(word.start), float(word.end), word.word) for word in segment.words or ()]
    words = words or [Word(float(segment.start), float(segment.end), segment.text)]
    return Heard(tuple(words), segment.no_speech_prob, segment.avg_logprob)


def _give_way() -> None:
    """Lower this thread's priority, and with it that of the model's threads, which it starts: the server goes first.

    Only Linux has priorities per thread.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
