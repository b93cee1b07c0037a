"""What every Transcriber does."""

import asyncio
import wave
from itertools import pairwise
from pathlib import Path

import pytest

from lms_app.ports.transcriber import Transcriber, TranscriberError, Transcription
from lms_domain.video.transcript import full_text
from tests.contracts.transcoder import Recorder


class TranscriberContract:
    """Over one short English recording. A subclass gives the fixtures."""

    @pytest.fixture
    async def transcriber(self) -> Transcriber:
        """The transcriber under test."""
        raise NotImplementedError

    @pytest.fixture
    async def speech(self) -> Path:
        """WAV in which is said: ask not what your country can do for you."""
        raise NotImplementedError

    async def test_words_and_times(self, transcriber: Transcriber, speech: Path) -> None:
        heard = await hear(transcriber, speech)
        assert "ask not what your country can do for you" in full_text(heard.segments).lower()
        assert heard.language == "en"
        assert heard.model

    async def test_a_given_language_is_kept(self, transcriber: Transcriber, speech: Path) -> None:
        heard = await hear(transcriber, speech, language="en")
        assert heard.language == "en"
        assert heard.segments

    async def test_the_model_can_be_checked_first(self, transcriber: Transcriber) -> None:
        await transcriber.check()

    @pytest.mark.parametrize("seconds", [0.0, 0.01, 5.0])
    async def test_silence_is_no_error(self, transcriber: Transcriber, tmp_path: Path, seconds: float) -> None:
        heard = await hear(transcriber, write_silence(tmp_path / "silence.wav", seconds))
        assert heard.segments == ()
        assert heard.language == ""

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n",
            b"RIFF\x24\0\0\0AVI LIST",
            b"RIFF\xff\xff\xff\xffWAVEjunk",
            b"\0\0\0\x20ftypisom",
        ],
        ids=["empty", "playlist", "avi", "no-format", "mp4"],
    )
    async def test_nothing_but_wav_is_opened(self, transcriber: Transcriber, tmp_path: Path, content: bytes) -> None:
        file = tmp_path / "audio.wav"
        file.write_bytes(content)
        with pytest.raises(TranscriberError) as raised:
            await hear(transcriber, file)
        assert raised.value.code == "transcribe_failed"

    async def test_another_rate_is_refused(self, transcriber: Transcriber, tmp_path: Path) -> None:
        with pytest.raises(TranscriberError) as raised:
            await hear(transcriber, write_silence(tmp_path / "fast.wav", 1.0, rate=44_100))
        assert raised.value.code == "transcribe_failed"

    async def test_a_second_call_waits(self, transcriber: Transcriber, speech: Path) -> None:
        first, second = await asyncio.gather(hear(transcriber, speech), hear(transcriber, speech))
        assert full_text(first.segments) == full_text(second.segments)

    async def test_a_cancelled_call_makes_room(self, transcriber: Transcriber, speech: Path) -> None:
        await transcriber.check()
        call = asyncio.ensure_future(hear(transcriber, speech))
        await asyncio.sleep(0.05)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert (await hear(transcriber, speech)).segments


async def hear(transcriber: Transcriber, wav: Path, language: str | None = None) -> Transcription:
    """Transcribe, and check what holds for every transcription."""
    progress = Recorder()
    heard = await transcriber.transcribe(wav, language=language, on_progress=progress)
    progress.check()
    for segment in heard.segments:
        assert 0 <= segment.start < segment.end
        assert segment.text == segment.text.strip() != ""
    for before, after in pairwise(heard.segments):
        assert before.end <= after.start
    return heard


def write_silence(path: Path, seconds: float, rate: int = 16_000) -> Path:
    """A WAV without a sound."""
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(rate)
        wav.writeframes(bytes(2 * int(seconds * rate)))
    return path
