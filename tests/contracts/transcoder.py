"""What every Transcoder does."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from lms_app.ports.media_probe import MediaProbe
from lms_app.ports.media_tools import HlsOutput, MediaToolError, Transcoder
from tests.contracts.hls_reader import Variant, read_presentation
from tests.contracts.media_sources import MediaSources

LADDER = (1080, 720, 480, 360)


class Recorder:
    """Keeps what a progress callback was told."""

    def __init__(self) -> None:
        self.told: list[tuple[float, float]] = []

    def __call__(self, fraction: float, speed: float) -> None:
        self.told.append((fraction, speed))

    def check(self) -> None:
        """It was told only what makes sense, and in the end that all is done."""
        fractions = [fraction for fraction, _ in self.told]
        assert fractions
        assert fractions == sorted(fractions)
        assert fractions[0] >= 0.0
        assert fractions[-1] == 1.0
        assert all(speed >= 0 for _, speed in self.told)


class TranscoderContract:
    """Over files that ``sources`` makes. A subclass gives the fixtures."""

    @pytest.fixture
    async def transcoder(self) -> Transcoder:
        """The transcoder under test."""
        raise NotImplementedError

    @pytest.fixture
    async def probe(self) -> MediaProbe:
        """A probe for the same kind of media."""
        raise NotImplementedError

    @pytest.fixture
    async def sources(self) -> MediaSources:
        """Files in the kind of media that this transcoder understands."""
        raise NotImplementedError

    @pytest.fixture
    def into(self, tmp_path: Path) -> Path:
        """An empty folder with an unpleasant name."""
        folder = tmp_path / "100% out: ü"
        folder.mkdir()
        return folder

    async def test_one_rung(self, transcoder: Transcoder, probe: MediaProbe, sources: MediaSources, into: Path) -> None:
        output, variants = await convert(transcoder, probe, sources.large(), into, (720,))
        assert [(made.name, made.width, made.height) for made in output.renditions] == [("720p", 1280, 720)]
        assert output.duration_seconds == pytest.approx(13.0, abs=0.1)
        assert [round(seconds) for seconds in variants[0].seconds] == [6, 6, 1]

    async def test_a_whole_ladder_is_cut_at_the_same_times(
        self, transcoder: Transcoder, probe: MediaProbe, sources: MediaSources, into: Path
    ) -> None:
        output, variants = await convert(transcoder, probe, sources.large(), into, LADDER)
        assert [made.name for made in output.renditions] == ["720p", "480p", "360p"]
        assert [made.height for made in output.renditions] == [720, 480, 360]
        assert len({variant.seconds for variant in variants}) == 1
        bandwidths = [made.bandwidth for made in output.renditions]
        assert bandwidths == sorted(bandwidths, reverse=True)

    async def test_a_small_source_keeps_its_size(
        self, transcoder: Transcoder, probe: MediaProbe, sources: MediaSources, into: Path
    ) -> None:
        output, _ = await convert(transcoder, probe, sources.plain(), into, (1080, 720))
        assert [(made.name, made.width, made.height) for made in output.renditions] == [("360p", 640, 360)]

    async def test_portrait(self, transcoder: Transcoder, probe: MediaProbe, sources: MediaSources, into: Path) -> None:
        output, _ = await convert(transcoder, probe, sources.portrait(), into, (360, 180))
        assert [(made.width, made.height) for made in output.renditions] == [(360, 640), (180, 320)]

    async def test_sizes_are_even(
        self, transcoder: Transcoder, probe: MediaProbe, sources: MediaSources, into: Path
    ) -> None:
        output, _ = await convert(transcoder, probe, sources.odd(), into, (720,))
        assert [(made.width, made.height) for made in output.renditions] == [(640, 360)]

    async def test_codecs_say_whether_there_is_sound(
        self, transcoder: Transcoder, probe: MediaProbe, sources: MediaSources, tmp_path: Path
    ) -> None:
        codecs = {}
        for name in ("plain", "no_audio"):
            folder = tmp_path / name
            folder.mkdir()
            output, _ = await convert(transcoder, probe, getattr(sources, name)(), folder, (720,))
            codecs[name] = output.renditions[0].codecs
        assert codecs["plain"].startswith("avc1.")
        assert codecs["plain"].endswith(",mp4a.40.2")
        assert codecs["no_audio"].startswith("avc1.")
        assert "," not in codecs["no_audio"]

    async def test_half_a_second(
        self, transcoder: Transcoder, probe: MediaProbe, sources: MediaSources, into: Path
    ) -> None:
        output, variants = await convert(transcoder, probe, sources.half_second(), into, (720,))
        assert output.duration_seconds == pytest.approx(0.5, abs=0.1)
        assert len(variants[0].segments) == 1

    async def test_too_long_is_found_out_whatever_was_probed(
        self, transcoder: Transcoder, probe: MediaProbe, sources: MediaSources, into: Path
    ) -> None:
        with pytest.raises(MediaToolError) as raised:
            await convert(transcoder, probe, sources.long_black(), into, (720,), max_seconds=3600)
        assert raised.value.code == "too_long"

    async def test_exactly_as_long_as_allowed(
        self, transcoder: Transcoder, probe: MediaProbe, sources: MediaSources, into: Path
    ) -> None:
        output, _ = await convert(transcoder, probe, sources.long_black(), into, (720,), max_seconds=3660)
        assert output.duration_seconds == pytest.approx(3660, abs=0.5)

    @pytest.mark.parametrize("name", ["truncated", "web_page", "playlist", "empty"])
    async def test_what_cannot_be_converted(
        self, transcoder: Transcoder, probe: MediaProbe, sources: MediaSources, into: Path, name: str
    ) -> None:
        info = await probe.probe(sources.plain())
        with pytest.raises(MediaToolError) as raised:
            await transcoder.transcode(
                getattr(sources, name)(), info, into, max_heights=(720,), max_seconds=60, on_progress=Recorder()
            )
        assert raised.value.code == "transcode_failed"
        assert raised.value.log
        assert not (into / "master.m3u8").exists()

    async def test_sound_alone_is_not_converted(
        self, transcoder: Transcoder, probe: MediaProbe, sources: MediaSources, into: Path
    ) -> None:
        with pytest.raises(MediaToolError) as raised:
            await convert(transcoder, probe, sources.audio_only(), into, (720,))
        assert raised.value.code == "transcode_failed"


async def convert(
    transcoder: Transcoder,
    probe: MediaProbe,
    source: Path,
    into: Path,
    max_heights: tuple[int, ...],
    max_seconds: float = 3600,
) -> tuple[HlsOutput, list[Variant]]:
    """Transcode, and check what holds for every presentation."""
    progress = Recorder()
    info = await probe.probe(source)
    output = await transcoder.transcode(
        source, info, into, max_heights=max_heights, max_seconds=max_seconds, on_progress=progress
    )
    progress.check()
    variants = read_presentation(into)
    assert_agree(output, variants)
    assert output.size_bytes == size_below(into)
    return output, variants


def size_below(folder: Path) -> int:
    """Bytes of all files in ``folder``."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def assert_agree(output: HlsOutput, variants: Sequence[Variant]) -> None:
    """What the transcoder says is what lies there."""
    assert len(output.renditions) == len(variants)
    for made, variant in zip(output.renditions, variants, strict=True):
        assert variant.folder.name == made.name == f"{min(made.width, made.height)}p"
        assert variant.attributes["RESOLUTION"] == f"{made.width}x{made.height}"
        assert variant.attributes["CODECS"] == made.codecs
        assert int(variant.attributes["BANDWIDTH"]) == made.bandwidth >= made.average_bandwidth > 0
        assert made.width % 2 == made.height % 2 == 0
        assert sum(variant.seconds) == pytest.approx(output.duration_seconds, abs=0.2)
