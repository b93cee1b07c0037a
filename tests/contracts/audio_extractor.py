"""What every AudioExtractor does."""

import array
import wave
from pathlib import Path

import pytest

from lms_app.ports.media_probe import MediaProbe
from lms_app.ports.media_tools import AudioExtractor, MediaToolError
from tests.contracts.media_sources import MediaSources
from tests.contracts.transcoder import Recorder

RATE = 16_000


class AudioExtractorContract:
    """Over files that ``sources`` makes. A subclass gives the fixtures."""

    @pytest.fixture
    async def extractor(self) -> AudioExtractor:
        """The extractor under test."""
        raise NotImplementedError

    @pytest.fixture
    async def probe(self) -> MediaProbe:
        """A probe for the same kind of media."""
        raise NotImplementedError

    @pytest.fixture
    async def sources(self) -> MediaSources:
        """Files in the kind of media that this extractor understands."""
        raise NotImplementedError

    @pytest.mark.parametrize(
        ("name", "seconds"),
        [("plain", 3.0), ("large", 13.0), ("half_second", 0.5), ("audio_only", 3.0), ("three_sounds", 3.0)],
    )
    async def test_a_wav_as_long_as_the_video(
        self,
        extractor: AudioExtractor,
        probe: MediaProbe,
        sources: MediaSources,
        tmp_path: Path,
        name: str,
        seconds: float,
    ) -> None:
        samples = await extract(extractor, probe, getattr(sources, name)(), tmp_path)
        assert len(samples) / RATE == pytest.approx(seconds, abs=0.1)
        assert loudness(samples) > 500

    async def test_sound_that_starts_late_stays_in_step(
        self, extractor: AudioExtractor, probe: MediaProbe, sources: MediaSources, tmp_path: Path
    ) -> None:
        samples = await extract(extractor, probe, sources.late_sound(), tmp_path)
        assert len(samples) / RATE == pytest.approx(3.0, abs=0.1)
        assert loudness(samples[: int(0.9 * RATE)]) < 5
        assert loudness(samples[int(1.1 * RATE) : int(2.9 * RATE)]) > 500

    @pytest.mark.parametrize("name", ["no_audio", "truncated", "playlist"])
    async def test_no_sound(
        self, extractor: AudioExtractor, probe: MediaProbe, sources: MediaSources, tmp_path: Path, name: str
    ) -> None:
        source = getattr(sources, name)()
        info = await probe.probe(source if name == "no_audio" else sources.plain())
        with pytest.raises(MediaToolError) as raised:
            await extractor.extract_audio(source, info, tmp_path / "audio.wav", on_progress=Recorder())
        assert raised.value.code == "audio_failed"


async def extract(extractor: AudioExtractor, probe: MediaProbe, source: Path, folder: Path) -> "array.array[int]":
    """The samples of the WAV, after a look at its header."""
    into = folder / "100% audio.wav"
    progress = Recorder()
    await extractor.extract_audio(source, await probe.probe(source), into, on_progress=progress)
    progress.check()
    with wave.open(str(into)) as wav:
        assert (wav.getnchannels(), wav.getsampwidth(), wav.getframerate()) == (1, 2, RATE)
        return array.array("h", wav.readframes(wav.getnframes()))


def loudness(samples: "array.array[int]") -> float:
    """Mean of the absolute values."""
    return sum(abs(sample) for sample in samples) / max(1, len(samples))
