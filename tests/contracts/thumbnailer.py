"""What every Thumbnailer does."""

from pathlib import Path

import pytest

from lms_app.ports.media_probe import MediaProbe
from lms_app.ports.media_tools import MediaToolError, Thumbnailer
from tests.contracts.media_sources import MediaSources

_START_OF_FRAME = range(0xC0, 0xC4)


class ThumbnailerContract:
    """Over files that ``sources`` makes. A subclass gives the fixtures."""

    @pytest.fixture
    async def thumbnailer(self) -> Thumbnailer:
        """The thumbnailer under test."""
        raise NotImplementedError

    @pytest.fixture
    async def probe(self) -> MediaProbe:
        """A probe for the same kind of media."""
        raise NotImplementedError

    @pytest.fixture
    async def sources(self) -> MediaSources:
        """Files in the kind of media that this thumbnailer understands."""
        raise NotImplementedError

    @pytest.mark.parametrize(
        ("name", "size"),
        [
            ("plain", (640, 360)),
            ("large", (1280, 720)),
            ("portrait", (360, 640)),
            ("half_second", (640, 360)),
            ("long_black", (64, 36)),
            ("hdr", (640, 360)),
        ],
    )
    async def test_a_picture(
        self,
        thumbnailer: Thumbnailer,
        probe: MediaProbe,
        sources: MediaSources,
        tmp_path: Path,
        name: str,
        size: tuple[int, int],
    ) -> None:
        source = getattr(sources, name)()
        into = tmp_path / "thumb.jpg"
        await thumbnailer.thumbnail(source, await probe.probe(source), into)
        assert jpeg_size(into.read_bytes()) == size
        assert names_in(tmp_path) == ["thumb.jpg"]

    async def test_no_pictures(
        self, thumbnailer: Thumbnailer, probe: MediaProbe, sources: MediaSources, tmp_path: Path
    ) -> None:
        source = sources.audio_only()
        with pytest.raises(MediaToolError) as raised:
            await thumbnailer.thumbnail(source, await probe.probe(source), tmp_path / "thumb.jpg")
        assert raised.value.code == "thumbnail_failed"

    @pytest.mark.parametrize("name", ["truncated", "playlist"])
    async def test_a_damaged_file(
        self, thumbnailer: Thumbnailer, probe: MediaProbe, sources: MediaSources, tmp_path: Path, name: str
    ) -> None:
        info = await probe.probe(sources.plain())
        with pytest.raises(MediaToolError) as raised:
            await thumbnailer.thumbnail(getattr(sources, name)(), info, tmp_path / "thumb.jpg")
        assert raised.value.code == "thumbnail_failed"
        assert names_in(tmp_path) == []


def names_in(folder: Path) -> list[str]:
    """What lies in ``folder``."""
    return [path.name for path in folder.iterdir()]


def jpeg_size(picture: bytes) -> tuple[int, int]:
    """Width and height as its frame header says (ITU-T T.81, B.2.2)."""
    assert picture.startswith(b"\xff\xd8")
    assert picture.endswith(b"\xff\xd9")
    at = 2
    while picture[at + 1] not in _START_OF_FRAME:
        at += 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
    return int.from_bytes(picture[at + 7 : at + 9], "big"), int.from_bytes(picture[at + 5 : at + 7], "big")
