"""The fakes keep the promises of the real tools."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from adapters.memory.media import (
    MemoryAudioExtractor,
    MemoryMedia,
    MemoryMediaProbe,
    MemoryThumbnailer,
    MemoryTranscoder,
    MemoryTranscriber,
    Spoken,
    media_bytes,
)
from lms_app.ports.media_probe import MediaProbe, ProbeError
from lms_app.ports.media_tools import AudioExtractor, HlsOutput, MediaToolError, Thumbnailer, Transcoder
from lms_app.ports.transcriber import Transcriber, TranscriberError
from lms_domain.video.container import ContainerInspector
from tests.contracts.audio_extractor import AudioExtractorContract
from tests.contracts.media_probe import MediaProbeContract
from tests.contracts.media_sources import MediaSources
from tests.contracts.thumbnailer import ThumbnailerContract
from tests.contracts.transcoder import Recorder, TranscoderContract
from tests.contracts.transcriber import TranscriberContract

KENNEDY = Spoken(3.7, 10.5, "Ask not what your country can do for you, ask what you can do for your country.")


class MemorySources(MediaSources):
    """Descriptions of the files that the contracts want."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def plain(self) -> Path:
        return self.described("plain.mp4", MemoryMedia())

    def large(self) -> Path:
        return self.described("large.mp4", MemoryMedia(duration=13.0, width=1280, height=720))

    def no_audio(self) -> Path:
        return self.described("no-audio.mp4", MemoryMedia(channels=0))

    def audio_only(self) -> Path:
        return self.described("audio-only.mp4", MemoryMedia(has_video=False))

    def portrait(self) -> Path:
        return self.described("portrait.mp4", MemoryMedia(width=360, height=640))

    def hdr(self) -> Path:
        return self.described("hdr.mov", MemoryMedia(codec="hevc", color_transfer="smpte2084"))

    def half_second(self) -> Path:
        return self.described("half.mp4", MemoryMedia(duration=0.5))

    def long_black(self) -> Path:
        return self.described("black.mp4", MemoryMedia(duration=3660.0, width=64, height=36, channels=0, frame_rate=1))

    def lying(self) -> Path:
        return self.described("lying.mkv", MemoryMedia(duration=20.0))

    def odd(self) -> Path:
        return self.described("odd.mp4", MemoryMedia(width=641, height=361))

    def three_sounds(self) -> Path:
        return self.described("three.mkv", MemoryMedia())

    def late_sound(self) -> Path:
        return self.described("late.mp4", MemoryMedia(sound_from=1.0))

    def empty(self) -> Path:
        return self.written("empty.mp4", b"")

    def truncated(self) -> Path:
        whole = media_bytes(MemoryMedia())
        return self.written("truncated.mp4", whole[: len(whole) // 2])

    def cut_short(self) -> Path:
        return self.written("cut-short.mp4", media_bytes(MemoryMedia())[:-3])

    def web_page(self) -> Path:
        return self.written("page.mp4", b"<!DOCTYPE html><title>Sign in</title>")

    def playlist(self) -> Path:
        return self.written("playlist.mp4", b"#EXTM3U\n#EXTINF:1,\nplain.mp4\n#EXT-X-ENDLIST\n")

    def archive(self) -> Path:
        return self.written("archive.mp4", b"PK\x03\x04" + bytes(60))

    def described(self, name: str, media: MemoryMedia) -> Path:
        return self.written(name, media_bytes(media))

    def written(self, name: str, content: bytes) -> Path:
        path = self._folder / name
        path.write_bytes(content)
        return path


@pytest.fixture
def memory_sources(tmp_path_factory: pytest.TempPathFactory) -> MemorySources:
    return MemorySources(tmp_path_factory.mktemp("sources"))


class OverMemory:
    """The fixtures that all contracts of media tools want."""

    @pytest.fixture
    async def sources(self, memory_sources: MemorySources) -> MediaSources:
        return memory_sources

    @pytest.fixture
    async def probe(self) -> MediaProbe:
        return MemoryMediaProbe()


class TestMemoryMediaProbe(OverMemory, MediaProbeContract):
    pass


class TestMemoryTranscoder(OverMemory, TranscoderContract):
    @pytest.fixture
    async def transcoder(self) -> Transcoder:
        return MemoryTranscoder()


class TestMemoryThumbnailer(OverMemory, ThumbnailerContract):
    @pytest.fixture
    async def thumbnailer(self) -> Thumbnailer:
        return MemoryThumbnailer()


class TestMemoryAudioExtractor(OverMemory, AudioExtractorContract):
    @pytest.fixture
    async def extractor(self) -> AudioExtractor:
        return MemoryAudioExtractor()


async def wav_of(media: MemoryMedia, folder: Path) -> Path:
    """What the extractor makes of ``media``."""
    source, wav = folder / "source.mp4", folder / "speech.wav"
    source.write_bytes(media_bytes(media))
    info = await MemoryMediaProbe().probe(source)
    await MemoryAudioExtractor().extract_audio(source, info, wav, on_progress=Recorder())
    return wav


@pytest.fixture(scope="module")
async def kennedy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    media = MemoryMedia(duration=11.0, speech=(KENNEDY,), work_seconds=0.1)
    return await wav_of(media, tmp_path_factory.mktemp("kennedy"))


class TestMemoryTranscriber(TranscriberContract):
    @pytest.fixture
    async def transcriber(self) -> Transcriber:
        return MemoryTranscriber()

    @pytest.fixture
    async def speech(self, kennedy: Path) -> Path:
        return kennedy


def test_a_described_source_has_the_frame_of_an_mp4() -> None:
    inspector = ContainerInspector()
    inspector.feed(media_bytes(MemoryMedia()))
    inspector.finish()


async def test_a_missing_model() -> None:
    with pytest.raises(TranscriberError) as raised:
        await MemoryTranscriber(is_missing=True).check()
    assert raised.value.code == "model_missing"


async def test_described_failures(tmp_path: Path) -> None:
    failures = {"transcode": "transcode_failed", "thumbnail": "thumbnail_failed", "audio": "audio_failed"}
    source = tmp_path / "source.mp4"
    source.write_bytes(media_bytes(MemoryMedia(failures=failures)))
    info = await MemoryMediaProbe().probe(source)
    tools: dict[str, Callable[[], Awaitable[None] | Awaitable[HlsOutput]]] = {
        "transcode_failed": lambda: MemoryTranscoder().transcode(
            source, info, tmp_path, max_heights=(720,), max_seconds=60, on_progress=Recorder()
        ),
        "thumbnail_failed": lambda: MemoryThumbnailer().thumbnail(source, info, tmp_path / "a.jpg"),
        "audio_failed": lambda: MemoryAudioExtractor().extract_audio(
            source, info, tmp_path / "a.wav", on_progress=Recorder()
        ),
    }
    for code, run in tools.items():
        with pytest.raises(MediaToolError) as raised:
            await run()
        assert raised.value.code == code
    source.write_bytes(media_bytes(MemoryMedia(failures={"probe": "unsupported"})))
    with pytest.raises(ProbeError, match="refused") as refused:
        await MemoryMediaProbe().probe(source)
    assert refused.value.code == "unsupported"
    wav = await wav_of(MemoryMedia(failures={"transcribe": "transcribe_failed"}), tmp_path)
    with pytest.raises(TranscriberError):
        await MemoryTranscriber().transcribe(wav, language=None, on_progress=Recorder())


async def test_work_takes_time_and_can_be_cancelled(tmp_path: Path) -> None:
    source = tmp_path / "source.mp4"
    source.write_bytes(media_bytes(MemoryMedia(work_seconds=60)))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await MemoryMediaProbe().probe(source)
