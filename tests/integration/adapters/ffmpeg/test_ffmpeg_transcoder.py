"""HLS by both ffmpegs over real files."""

import time
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

from adapters.ffmpeg.tools import bundled_ffmpeg
from adapters.ffmpeg.transcoder import FfmpegTranscoder
from lms_app.ports.media_probe import MediaInfo, MediaProbe
from lms_app.ports.media_tools import MediaToolError, Transcoder
from tests.contracts.media_sources import MediaSources
from tests.contracts.transcoder import LADDER, Recorder, TranscoderContract, convert
from tests.integration.adapters.ffmpeg.frames import first_picture_type, h264_level, is_red, mean_colour, picture
from tests.integration.adapters.ffmpeg.sources import FfmpegSources


class OverFfmpeg:
    """The fixtures that transcoder tests want."""

    @pytest.fixture
    async def transcoder(self, ffmpeg: Path) -> Transcoder:
        return FfmpegTranscoder(ffmpeg)

    @pytest.fixture
    async def probe(self, one_probe: MediaProbe) -> MediaProbe:
        return one_probe

    @pytest.fixture
    async def sources(self, media: FfmpegSources) -> MediaSources:
        return media


class TestFfmpegTranscoder(OverFfmpeg, TranscoderContract):
    pass


class TestSourcesFromTheWild(OverFfmpeg):
    @pytest.mark.parametrize(
        ("name", "size"),
        [
            ("avi", (640, 360)),
            ("wmv", (640, 360)),
            ("webm", (640, 360)),
            ("live_webm", (640, 360)),
            ("surround", (640, 360)),
            ("mono", (640, 360)),
            ("phone", (640, 360)),
            ("cover_art", (640, 360)),
            ("three_sounds", (640, 360)),
            ("late_sound", (640, 360)),
            ("joined_streams", (640, 360)),
            ("variable_rate", (640, 360)),
            ("interlaced", (720, 576)),
            ("wide_pixels", (1024, 576)),
            ("hdr", (640, 360)),
            ("lying", (320, 180)),
        ],
    )
    async def test_plays(
        self,
        transcoder: Transcoder,
        probe: MediaProbe,
        media: FfmpegSources,
        tmp_path: Path,
        name: str,
        size: tuple[int, int],
    ) -> None:
        source = getattr(media, name)()
        info = await probe.probe(source)
        output, variants = await convert(transcoder, probe, source, tmp_path, (720,))
        assert [(made.width, made.height) for made in output.renditions] == [size]
        assert output.duration_seconds == pytest.approx(info.duration_seconds, abs=0.1)
        assert ("mp4a" in output.renditions[0].codecs) == (info.audio is not None)
        assert picture(variants[0].segments[0], "pix_fmt") == "yuv420p"

    async def test_rotation_is_applied(
        self, transcoder: Transcoder, probe: MediaProbe, media: FfmpegSources, tmp_path: Path
    ) -> None:
        _, variants = await convert(transcoder, probe, media.portrait(), tmp_path, (360,))
        assert is_red(mean_colour(variants[0].segments[0], "crop=iw:ih/2:0:0"))
        assert not is_red(mean_colour(variants[0].segments[0], "crop=iw:ih/2:0:ih/2"))

    async def test_hdr_becomes_ordinary_colours_and_says_so(
        self, transcoder: Transcoder, probe: MediaProbe, media: FfmpegSources, tmp_path: Path
    ) -> None:
        _, variants = await convert(transcoder, probe, media.hdr(), tmp_path, (360,))
        assert picture(variants[0].segments[0], "color_transfer") == "bt709"

    @pytest.mark.parametrize("rate", [25, 50, 60, 120])
    async def test_frame_rates_are_sane(
        self, transcoder: Transcoder, probe: MediaProbe, media: FfmpegSources, tmp_path: Path, rate: int
    ) -> None:
        source = media.at_rate(rate)
        _, variants = await convert(transcoder, probe, source, tmp_path, (720,))
        assert picture(variants[0].segments[0], "avg_frame_rate") == ("30/1" if rate >= 60 else "25/1")

    async def test_every_segment_of_every_rung_starts_with_a_keyframe(
        self, transcoder: Transcoder, probe: MediaProbe, media: FfmpegSources, tmp_path: Path
    ) -> None:
        _, variants = await convert(transcoder, probe, media.large(), tmp_path, LADDER)
        for variant in variants:
            for segment in variant.segments:
                assert first_picture_type(segment) == "I"

    async def test_what_it_says_of_codecs_is_what_ffprobe_finds(
        self, transcoder: Transcoder, probe: MediaProbe, media: FfmpegSources, tmp_path: Path
    ) -> None:
        output, variants = await convert(transcoder, probe, media.large(), tmp_path, LADDER)
        for made, variant in zip(output.renditions, variants, strict=True):
            assert picture(variant.segments[0], "profile") == "High"
            assert made.codecs == f"avc1.6400{h264_level(variant.segments[0]):02x},mp4a.40.2"
            assert (picture(variant.segments[0], "width"), picture(variant.segments[0], "height")) == (
                str(made.width),
                str(made.height),
            )
            rates = [s.stat().st_size * 8 / t for s, t in zip(variant.segments, variant.seconds, strict=True) if t > 3]
            assert made.bandwidth >= max(rates) * 0.999

    async def test_nothing_of_the_source_is_told(
        self, transcoder: Transcoder, probe: MediaProbe, media: FfmpegSources, tmp_path: Path
    ) -> None:
        source = media.tagged()
        assert b"Klassenzimmer 7" in source.read_bytes()
        await convert(transcoder, probe, source, tmp_path, (720,))
        assert b"Klassenzimmer 7" not in all_bytes(tmp_path)


class TestLimits(OverFfmpeg):
    async def test_a_timestamp_bomb_ends(
        self, transcoder: Transcoder, probe: MediaProbe, media: FfmpegSources, tmp_path: Path
    ) -> None:
        info = await probe.probe(media.timestamp_bomb())
        with pytest.raises(MediaToolError) as raised:
            await transcoder.transcode(
                media.timestamp_bomb(), info, tmp_path, max_heights=(720,), max_seconds=60, on_progress=Recorder()
            )
        assert raised.value.code == "too_long"

    async def test_a_longer_source_than_was_probed(
        self, transcoder: Transcoder, probe: MediaProbe, media: FfmpegSources, tmp_path: Path
    ) -> None:
        info = await probe.probe(media.plain())
        for allowed in (19.0, 19.6, 20.0):
            folder = tmp_path / str(allowed)
            folder.mkdir()
            call = transcoder.transcode(
                media.lying(), lie(info), folder, max_heights=(720,), max_seconds=allowed, on_progress=Recorder()
            )
            if allowed >= 19.5:
                assert (await call).duration_seconds == pytest.approx(20.0, abs=0.05)
            else:
                with pytest.raises(MediaToolError) as raised:
                    await call
                assert raised.value.code == "too_long"


async def test_progress_is_told_at_least_every_two_seconds(
    one_probe: MediaProbe, media: FfmpegSources, tmp_path: Path
) -> None:
    source = media.long_detailed()
    told = TimedRecorder()
    transcoder = FfmpegTranscoder(bundled_ffmpeg(), threads=1)
    info = await one_probe.probe(source)
    await transcoder.transcode(source, info, tmp_path, max_heights=(1080,), max_seconds=60, on_progress=told)
    told.check()
    assert len(told.at) >= 3
    assert median(later - earlier for earlier, later in pairwise(told.at)) < 2.0
    assert any(0.0 < fraction < 1.0 and speed > 0 for fraction, speed in told.told)


class TimedRecorder(Recorder):
    """Knows when it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.at: list[float] = []

    def __call__(self, fraction: float, speed: float) -> None:
        self.at.append(time.monotonic())
        super().__call__(fraction, speed)


def all_bytes(folder: Path) -> bytes:
    """What lies in ``folder``, one after the other."""
    return b"".join(file.read_bytes() for file in folder.rglob("*.*"))


def lie(info: MediaInfo) -> MediaInfo:
    """What a probe would say that believed a header of one second."""
    return MediaInfo(info.container, 1.0, info.size_bytes, info.video, None)
