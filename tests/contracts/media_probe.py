"""What every MediaProbe does."""

import asyncio
import shutil
from pathlib import Path

import pytest

from lms_app.ports.media_probe import MediaInfo, MediaProbe, ProbeError, VideoStream
from tests.contracts.media_sources import MediaSources

HOSTILE_NAMES = (
    "source",
    "-y.mp4",
    "http:x.mp4",
    "a%03d.mp4",
    "pipe:1.mp4",
    "urok алгебры\u202e.mp4",
    "two\nlines.mp4",
)
NOT_MEDIA = ("empty", "truncated", "cut_short", "web_page", "playlist", "archive")


class MediaProbeContract:
    """Over files that ``sources`` makes. A subclass gives both fixtures."""

    @pytest.fixture
    async def probe(self) -> MediaProbe:
        """The probe under test."""
        raise NotImplementedError

    @pytest.fixture
    async def sources(self) -> MediaSources:
        """Files in the kind of media that this probe understands."""
        raise NotImplementedError

    async def test_facts_of_an_ordinary_video(self, probe: MediaProbe, sources: MediaSources) -> None:
        info = await probe.probe(sources.plain())
        video = video_of(info)
        assert (video.width, video.height) == (640, 360)
        assert video.frame_rate == pytest.approx(25, abs=0.1)
        assert video.codec == "h264"
        assert not video.interlaced
        assert info.duration_seconds == pytest.approx(3.0, abs=0.1)
        assert info.size_bytes == sources.plain().stat().st_size
        assert info.container
        assert info.audio is not None
        assert (info.audio.codec, info.audio.channels, info.audio.sample_rate) == ("aac", 2, 44_100)

    async def test_a_video_without_sound(self, probe: MediaProbe, sources: MediaSources) -> None:
        info = await probe.probe(sources.no_audio())
        assert info.audio is None
        assert info.video is not None

    async def test_sound_without_pictures(self, probe: MediaProbe, sources: MediaSources) -> None:
        info = await probe.probe(sources.audio_only())
        assert info.video is None
        assert info.audio is not None
        assert info.duration_seconds == pytest.approx(3.0, abs=0.1)

    async def test_sizes_are_those_that_people_see(self, probe: MediaProbe, sources: MediaSources) -> None:
        video = video_of(await probe.probe(sources.portrait()))
        assert (video.width, video.height) == (360, 640)

    async def test_hdr_is_told(self, probe: MediaProbe, sources: MediaSources) -> None:
        video = video_of(await probe.probe(sources.hdr()))
        assert (video.codec, video.color_transfer) == ("hevc", "smpte2084")

    async def test_odd_sizes(self, probe: MediaProbe, sources: MediaSources) -> None:
        video = video_of(await probe.probe(sources.odd()))
        assert (video.width, video.height) == (641, 361)

    async def test_the_first_of_several_sounds(self, probe: MediaProbe, sources: MediaSources) -> None:
        info = await probe.probe(sources.three_sounds())
        assert info.audio is not None
        assert info.audio.track == 0

    @pytest.mark.parametrize(("name", "seconds"), [("half_second", 0.5), ("long_black", 3660.0), ("large", 13.0)])
    async def test_durations(self, probe: MediaProbe, sources: MediaSources, name: str, seconds: float) -> None:
        info = await probe.probe(getattr(sources, name)())
        assert info.duration_seconds == pytest.approx(seconds, abs=0.1)

    async def test_a_header_is_not_believed(self, probe: MediaProbe, sources: MediaSources) -> None:
        info = await probe.probe(sources.lying())
        assert info.duration_seconds == pytest.approx(20.0, abs=0.1)

    @pytest.mark.parametrize("name", NOT_MEDIA)
    async def test_what_is_no_video(self, probe: MediaProbe, sources: MediaSources, name: str) -> None:
        with pytest.raises(ProbeError) as raised:
            await probe.probe(getattr(sources, name)())
        assert raised.value.code == "not_a_video"
        assert raised.value.detail.endswith(".")

    @pytest.mark.parametrize("name", HOSTILE_NAMES)
    async def test_names_mean_nothing(
        self, probe: MediaProbe, sources: MediaSources, tmp_path: Path, name: str
    ) -> None:
        copy = Path(shutil.copy(sources.plain(), tmp_path / name))
        assert await probe.probe(copy) == await probe.probe(sources.plain())

    async def test_a_missing_file_is_a_fault_of_the_system(self, probe: MediaProbe, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            await probe.probe(tmp_path / "nothing.mp4")

    async def test_many_at_once(self, probe: MediaProbe, sources: MediaSources) -> None:
        infos = await asyncio.gather(*(probe.probe(sources.plain()) for _ in range(6)))
        assert all(info == infos[0] for info in infos)


def video_of(info: MediaInfo) -> VideoStream:
    """Its video stream, which must be there."""
    assert info.video is not None
    return info.video
