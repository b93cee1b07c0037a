"""WAV by both ffmpegs over real files."""

from itertools import pairwise
from pathlib import Path

import pytest

from adapters.ffmpeg.audio_extractor import FfmpegAudioExtractor
from lms_app.ports.media_probe import MediaProbe
from lms_app.ports.media_tools import AudioExtractor
from tests.contracts.audio_extractor import RATE, AudioExtractorContract, extract, loudness
from tests.contracts.media_sources import MediaSources
from tests.contracts.transcoder import Recorder
from tests.integration.adapters.ffmpeg.sources import FfmpegSources


class TestFfmpegAudioExtractor(AudioExtractorContract):
    @pytest.fixture
    async def extractor(self, ffmpeg: Path) -> AudioExtractor:
        return FfmpegAudioExtractor(ffmpeg)

    @pytest.fixture
    async def probe(self, one_probe: MediaProbe) -> MediaProbe:
        return one_probe

    @pytest.fixture
    async def sources(self, media: FfmpegSources) -> MediaSources:
        return media

    @pytest.mark.parametrize("name", ["surround", "avi", "wmv", "webm", "live_webm", "podcast", "mono", "cover_art"])
    async def test_kinds_of_sound(
        self, extractor: AudioExtractor, probe: MediaProbe, media: FfmpegSources, tmp_path: Path, name: str
    ) -> None:
        samples = await extract(extractor, probe, getattr(media, name)(), tmp_path)
        assert len(samples) / RATE == pytest.approx(3.0, abs=0.1)
        assert loudness(samples) > 500

    async def test_a_stream_keeps_the_distance_between_picture_and_sound(
        self, extractor: AudioExtractor, probe: MediaProbe, media: FfmpegSources, tmp_path: Path
    ) -> None:
        samples = await extract(extractor, probe, media.transport_stream(), tmp_path)
        assert loudness(samples[: int(0.9 * RATE)]) < 5
        assert loudness(samples[int(1.1 * RATE) : int(2.9 * RATE)]) > 500

    @pytest.mark.parametrize(("name", "pitch"), [("three_sounds", 300), ("phone", 440)])
    async def test_which_sound(
        self,
        extractor: AudioExtractor,
        probe: MediaProbe,
        media: FfmpegSources,
        tmp_path: Path,
        name: str,
        pitch: int,
    ) -> None:
        samples = await extract(extractor, probe, getattr(media, name)(), tmp_path)
        second = samples[RATE : 2 * RATE]
        crossings = sum(1 for left, right in pairwise(second) if left < 0 <= right)
        assert crossings == pytest.approx(pitch, abs=5)

    async def test_a_full_disk_is_no_fault_of_the_source(
        self, extractor: AudioExtractor, probe: MediaProbe, media: FfmpegSources, tmp_path: Path
    ) -> None:
        full = tmp_path / "audio.wav"
        full.symlink_to("/dev/full")
        info = await probe.probe(media.large())
        with pytest.raises(OSError, match="No space left"):
            await extractor.extract_audio(media.large(), info, full, on_progress=Recorder())
