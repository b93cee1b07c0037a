"""The real model over real speech."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import jiwer
import pytest

from adapters.faster_whisper.captions import MAX_SECONDS
from adapters.faster_whisper.transcriber import FasterWhisperTranscriber
from adapters.ffmpeg.pyav_probe import PyavMediaProbe
from adapters.rules_quiz.generator import RulesQuizGenerator
from lms_app.ports.repositories import Transcript
from lms_app.ports.transcriber import Transcriber, TranscriberError, Transcription
from lms_app.video.steps.quiz_proposal import propose_quiz
from lms_domain.learning.quiz_reasons import QuizReason
from lms_domain.video.transcript import full_text
from tests.contracts.transcoder import Recorder
from tests.contracts.transcriber import TranscriberContract, hear, write_silence
from tests.integration.adapters.faster_whisper.conftest import MEDIA
from tests.integration.adapters.faster_whisper.words import normalised

LECTURE = MEDIA / "lecture-formative-assessment.mp4"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


class TestFasterWhisperTranscriber(TranscriberContract):
    @pytest.fixture
    async def transcriber(self, whisper: FasterWhisperTranscriber) -> Transcriber:
        return whisper

    @pytest.fixture
    async def speech(self, kennedy: Path) -> Path:
        return kennedy


@dataclass(frozen=True)
class Listening:
    """One run over the two-minute lecture, which takes seconds of both cores: several tests look at it."""

    heard: Transcription
    seconds: float
    turns: int
    """How often the event loop, which wakes every 10 ms, had its turn meanwhile."""


@pytest.fixture(scope="module")
async def listening(whisper: FasterWhisperTranscriber, lecture: Path) -> Listening:
    await whisper.check()
    began = time.monotonic()
    call = asyncio.ensure_future(hear(whisper, lecture))
    turns = 0
    while not call.done():
        await asyncio.sleep(0.01)
        turns += 1
    return Listening(await call, time.monotonic() - began, turns)


async def test_the_lecture(listening: Listening) -> None:
    """Every figure that the product promises of a transcript."""
    heard = listening.heard
    script = LECTURE.with_suffix(".txt").read_text(encoding="utf-8")
    errors = jiwer.wer(normalised(script), normalised(full_text(heard.segments)))
    info = await PyavMediaProbe().probe(LECTURE)
    print(f"word error rate {errors:.3f}, {listening.seconds:.1f} s for {info.duration_seconds:.1f} s")
    assert errors <= 0.20
    assert info.duration_seconds == pytest.approx(133.0, abs=0.5)
    assert heard.segments[-1].end == pytest.approx(131.0, abs=0.5)
    assert all(segment.end - segment.start <= MAX_SECONDS for segment in heard.segments)
    assert all(len(segment.text) <= 84 for segment in heard.segments)
    assert heard.language == "en"


def test_a_click_lands_on_the_words(listening: Listening) -> None:
    starts = {segment.text: segment.start for segment in listening.heard.segments}
    exit_ticket = next(start for text, start in starts.items() if text.startswith("An exit ticket"))
    assert exit_ticket == pytest.approx(55.3, abs=0.7)


async def test_nobody_speaks(whisper: FasterWhisperTranscriber, tones: Path) -> None:
    assert (await hear(whisper, tones)).segments == ()


@pytest.mark.parametrize("sound", ["silence", "tones", "music"])
async def test_where_nobody_speaks_nothing_is_asked(
    whisper: FasterWhisperTranscriber, tones: Path, music: Path, tmp_path: Path, sound: str
) -> None:
    silence = write_silence(tmp_path / "silence.wav", 20.0)
    heard = await hear(whisper, {"silence": silence, "tones": tones, "music": music}[sound])
    said = Transcript(UUID(int=1), heard.language, full_text(heard.segments), heard.segments, heard.model, NOW)
    quiz = await propose_quiz([RulesQuizGenerator()], said, title="A tune", seed=1)
    assert (quiz.drafts, quiz.codes) == ((), (QuizReason.NO_CAPTIONS,))
    assert "nobody speaks" in quiz.shortfall


async def test_the_lecture_as_it_is_heard_gives_questions(listening: Listening) -> None:
    heard = listening.heard
    said = Transcript(UUID(int=1), heard.language, full_text(heard.segments), heard.segments, heard.model, NOW)
    assert len((await propose_quiz([RulesQuizGenerator()], said, title="Lesson", seed=1)).drafts) >= 5


async def test_an_english_model_does_not_pretend(whisper: FasterWhisperTranscriber, kennedy: Path) -> None:
    with pytest.raises(TranscriberError, match="hears English only") as raised:
        await whisper.transcribe(kennedy, language="fr", on_progress=Recorder())
    assert raised.value.code == "language_unsupported"


def test_the_event_loop_stays_free(listening: Listening) -> None:
    assert listening.heard.segments
    assert listening.turns > 50
