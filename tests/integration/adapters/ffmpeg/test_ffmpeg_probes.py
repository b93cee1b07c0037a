"""Both probes over real files."""

import asyncio
from pathlib import Path

import pytest

from lms_app.ports.media_probe import MediaProbe, ProbeError
from tests.contracts.media_probe import MediaProbeContract, video_of
from tests.contracts.media_sources import MediaSources
from tests.integration.adapters.ffmpeg.processes import Offspring
from tests.integration.adapters.ffmpeg.sources import FfmpegSources


class TestProbes(MediaProbeContract):
    @pytest.fixture
    async def probe(self, any_probe: MediaProbe) -> MediaProbe:
        return any_probe

    @pytest.fixture
    async def sources(self, media: FfmpegSources) -> MediaSources:
        return media


@pytest.mark.parametrize(
    ("name", "codec", "sound", "seconds"),
    [
        ("avi", "mpeg4", "mp3", 3.0),
        ("wmv", "wmv2", "wmav2", 3.0),
        ("webm", "vp8", "opus", 3.0),
        ("live_webm", "vp8", "opus", 3.0),
        ("transport_stream", "h264", "aac", 3.0),
        ("surround", "h264", "ac3", 3.0),
        ("mono", "h264", "aac", 3.0),
        ("cover_art", "h264", "aac", 3.0),
    ],
)
async def test_kinds_of_files(
    any_probe: MediaProbe, media: FfmpegSources, name: str, codec: str, sound: str, seconds: float
) -> None:
    info = await any_probe.probe(getattr(media, name)())
    assert (video_of(info).codec, video_of(info).width) == (codec, 640)
    assert info.audio is not None
    assert info.audio.codec == sound
    assert info.duration_seconds == pytest.approx(seconds, abs=0.1)


async def test_the_clock_of_a_joined_stream_may_jump(any_probe: MediaProbe, media: FfmpegSources) -> None:
    info = await any_probe.probe(media.joined_streams())
    assert info.duration_seconds == pytest.approx(6.0, abs=0.15)


async def test_a_pause_counts(any_probe: MediaProbe, media: FfmpegSources) -> None:
    assert (await any_probe.probe(media.timestamp_bomb())).duration_seconds > 3000


async def test_cover_art_is_no_video(any_probe: MediaProbe, media: FfmpegSources) -> None:
    info = await any_probe.probe(media.podcast())
    assert info.video is None
    assert info.audio is not None


async def test_sound_that_nobody_decodes_is_passed_over(any_probe: MediaProbe, media: FfmpegSources) -> None:
    info = await any_probe.probe(media.phone())
    assert info.audio is not None
    assert (info.audio.codec, info.audio.track) == ("aac", 1)


async def test_interlaced(any_probe: MediaProbe, media: FfmpegSources) -> None:
    assert video_of(await any_probe.probe(media.interlaced())).interlaced


async def test_wide_pixels_count_as_wide(any_probe: MediaProbe, media: FfmpegSources) -> None:
    video = video_of(await any_probe.probe(media.wide_pixels()))
    assert (video.width, video.height) == (1024, 576)


@pytest.mark.parametrize(("name", "code"), [("huge_picture", "too_large"), ("many_streams", "unsupported")])
async def test_bombs(any_probe: MediaProbe, media: FfmpegSources, name: str, code: str) -> None:
    with pytest.raises(ProbeError) as raised:
        await any_probe.probe(getattr(media, name)())
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("head", "kind"), [(b"OggS", "Ogg"), (b"FLV\x01", "Flash"), (b"ID3\x04", "MP3"), (b"RIFF\x24\0\0\0WAVE", "WAV")]
)
async def test_other_media_are_called_by_name(any_probe: MediaProbe, tmp_path: Path, head: bytes, kind: str) -> None:
    file = tmp_path / "file.mp4"
    file.write_bytes(head + bytes(1000))
    with pytest.raises(ProbeError, match=kind) as raised:
        await any_probe.probe(file)
    assert raised.value.code == "unsupported"


async def test_cancelling_leaves_nothing_running(
    any_probe: MediaProbe, media: FfmpegSources, offspring: Offspring
) -> None:
    source = media.long_black()
    for wait in (0.0, 0.01, 0.05, 0.1):
        call = asyncio.ensure_future(any_probe.probe(source))
        await asyncio.sleep(wait)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert offspring.living() == []
