"""Posters by both ffmpegs over real files."""

from pathlib import Path

import pytest

from adapters.ffmpeg.thumbnailer import FfmpegThumbnailer
from lms_app.ports.media_probe import MediaProbe
from lms_app.ports.media_tools import Thumbnailer
from tests.contracts.media_sources import MediaSources
from tests.contracts.thumbnailer import ThumbnailerContract, jpeg_size
from tests.integration.adapters.ffmpeg.frames import is_red, mean_colour
from tests.integration.adapters.ffmpeg.sources import FfmpegSources


class TestFfmpegThumbnailer(ThumbnailerContract):
    @pytest.fixture
    async def thumbnailer(self, ffmpeg: Path) -> Thumbnailer:
        return FfmpegThumbnailer(ffmpeg)

    @pytest.fixture
    async def probe(self, one_probe: MediaProbe) -> MediaProbe:
        return one_probe

    @pytest.fixture
    async def sources(self, media: FfmpegSources) -> MediaSources:
        return media

    @pytest.mark.parametrize(
        ("name", "size"),
        [
            ("short_black", (320, 180)),
            ("interlaced", (720, 576)),
            ("wide_pixels", (1024, 576)),
            ("transport_stream", (640, 360)),
            ("live_webm", (640, 360)),
            ("avi", (640, 360)),
            ("wmv", (640, 360)),
            ("cover_art", (640, 360)),
            ("joined_streams", (640, 360)),
            ("variable_rate", (640, 360)),
            ("timestamp_bomb", (64, 64)),
            ("long_detailed", (1280, 720)),
        ],
    )
    async def test_sources_from_the_wild(
        self,
        thumbnailer: Thumbnailer,
        probe: MediaProbe,
        media: FfmpegSources,
        tmp_path: Path,
        name: str,
        size: tuple[int, int],
    ) -> None:
        source, into = getattr(media, name)(), tmp_path / "thumb.jpg"
        await thumbnailer.thumbnail(source, await probe.probe(source), into)
        assert jpeg_size(into.read_bytes()) == size

    async def test_black_is_avoided_even_between_keyframes(
        self, thumbnailer: Thumbnailer, probe: MediaProbe, media: FfmpegSources, tmp_path: Path
    ) -> None:
        into = tmp_path / "thumb.jpg"
        await thumbnailer.thumbnail(media.black_start(), await probe.probe(media.black_start()), into)
        assert sum(mean_colour(into)) > 150

    async def test_rotation_is_applied(
        self, thumbnailer: Thumbnailer, probe: MediaProbe, media: FfmpegSources, tmp_path: Path
    ) -> None:
        into = tmp_path / "thumb.jpg"
        await thumbnailer.thumbnail(media.portrait(), await probe.probe(media.portrait()), into)
        assert is_red(mean_colour(into, "crop=iw:ih/2:0:0"))
