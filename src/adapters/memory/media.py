"""Media tools that need no media: a source is a tiny file which says what a recording would be like.

Such a file has the outer frame of an MP4, so that it passes wherever only the frame is looked at, and a description
inside (``MemoryMedia``). The fakes keep the promises of their ports: same errors, same files, same order of events.
"""

import asyncio
import json
import struct
from collections.abc import Callable
from pathlib import Path

import msgspec

from lms_app.ports.media_probe import AudioStream, MediaInfo, MediaProbe, ProbeError, VideoStream
from lms_app.ports.media_tools import (
    AudioExtractor,
    HlsOutput,
    MediaToolError,
    ProgressCallback,
    Rendition,
    Thumbnailer,
    Transcoder,
)
from lms_app.ports.transcriber import Transcriber, TranscriberError, Transcription
from lms_domain.video.transcript import Segment

_SEGMENT_SECONDS = 6.0
_TOLERANCE_SECONDS = 0.5
_RATE = 16_000
_LONGEST_TONE = 60.0
"""Seconds of sound that are written out; the rest of a longer file is a hole."""
_DESCRIPTION = b"free"
_SPEECH_CHUNK = b"spch"


class Spoken(msgspec.Struct, frozen=True):
    """What somebody says, from second to second."""

    start: float
    end: float
    text: str


class MemoryMedia(msgspec.Struct, frozen=True, kw_only=True):
    """A recording in words."""

    duration: float = 3.0
    """Seconds, the true ones."""
    width: int = 640
    height: int = 360
    """As displayed."""
    has_video: bool = True
    codec: str = "h264"
    frame_rate: float = 25.0
    color_transfer: str = ""
    channels: int = 2
    """0 for no sound."""
    sound_from: float = 0.0
    """Second at which the sound starts."""
    speech: tuple[Spoken, ...] = ()
    language: str = "en"
    failures: dict[str, str] = {}
    """Code with which a tool fails: ``{"transcode": "transcode_failed"}``. Tools: ``probe``, ``transcode``,
    ``thumbnail``, ``audio``, ``transcribe``."""
    work_seconds: float = 0.0
    """Real time that each tool takes."""


def media_bytes(media: MemoryMedia) -> bytes:
    """The source file for ``media``."""
    return _box(b"ftyp", b"isom\0\0\0\0isom") + _box(_DESCRIPTION, msgspec.json.encode(media)) + _box(b"moov", b"")


class MemoryMediaProbe(MediaProbe):
    """Reads the description."""

    async def probe(self, source: Path) -> MediaInfo:
        """See the port. A file without a whole description is ``not_a_video``."""
        data = await asyncio.to_thread(source.read_bytes)
        media = _read(data)
        if media is None:
            raise ProbeError("not_a_video", "This is not a video file, or it is damaged.", "no description")
        await asyncio.sleep(media.work_seconds)
        if code := media.failures.get("probe"):
            raise ProbeError(code, "This file is refused.", "it was described so")
        return _info(media, len(data))


class MemoryTranscoder(Transcoder):
    """Writes playlists that are right and segments that are text."""

    async def transcode(
        self,
        source: Path,
        info: MediaInfo,
        into: Path,
        *,
        max_heights: tuple[int, ...],
        max_seconds: float,
        on_progress: ProgressCallback,
    ) -> HlsOutput:
        """See the port."""
        media = await _work(source, "transcode", on_progress)
        if media is None or info.video is None:
            raise MediaToolError("transcode_failed", "This video could not be converted.", "nothing to convert")
        if media.duration > max_seconds + _TOLERANCE_SECONDS:
            raise MediaToolError("too_long", f"This video lasts longer than {max_seconds:.0f} seconds.")
        sizes = _sizes(info.video, max_heights)
        renditions = [await asyncio.to_thread(_write_rendition, into, *size, media) for size in sizes]
        await asyncio.to_thread(_write_master, into, renditions)
        size = await asyncio.to_thread(_size_below, into)
        on_progress(1.0, 100.0)
        return HlsOutput(tuple(renditions), media.duration, size)


class MemoryThumbnailer(Thumbnailer):
    """Writes as much of a JPEG as says its size."""

    async def thumbnail(self, source: Path, info: MediaInfo, into: Path) -> None:
        """See the port."""
        media = await _work(source, "thumbnail")
        if media is None or info.video is None:
            raise MediaToolError("thumbnail_failed", "No picture of this video can be shown.")
        factor = min(1.0, 1280 / max(info.video.width, info.video.height))
        size = struct.pack(">HH", round(info.video.height * factor), round(info.video.width * factor))
        picture = b"\xff\xd8\xff\xc0\x00\x0b\x08" + size + b"\x01\x01\x11\x00\xff\xd9"
        await asyncio.to_thread(into.write_bytes, picture)


class MemoryAudioExtractor(AudioExtractor):
    """Writes a WAV whose samples are a plain tone; what is said lies in a chunk of its own."""

    async def extract_audio(self, source: Path, info: MediaInfo, into: Path, *, on_progress: ProgressCallback) -> None:
        """See the port."""
        media = await _work(source, "audio", on_progress)
        if media is None or info.audio is None:
            raise MediaToolError("audio_failed", "There is no sound in this file.")
        await asyncio.to_thread(_write_wav, into, media)
        on_progress(1.0, 100.0)


class MemoryTranscriber(Transcriber):
    """Hears what the extractor wrote into the WAV."""

    def __init__(self, model: str = "memory", *, is_missing: bool = False) -> None:
        """
        Args:
            is_missing: behave as if the model were not there.
        """
        self._model = model
        self._is_missing = is_missing
        self._one_at_a_time = asyncio.Lock()

    async def check(self) -> None:
        """See the port."""
        if self._is_missing:
            raise TranscriberError("model_missing", f"There is no speech model '{self._model}'. Install it.")

    async def transcribe(self, wav: Path, *, language: str | None, on_progress: ProgressCallback) -> Transcription:
        """See the port."""
        async with self._one_at_a_time:
            await self.check()
            heard = await asyncio.to_thread(_read_wav, wav)
            on_progress(0.0, 0.0)
            await asyncio.sleep(heard.work_seconds)
            if code := heard.failures.get("transcribe"):
                raise TranscriberError(code, "Speech recognition failed.")
            segments = tuple(Segment(spoken.start, spoken.end, spoken.text) for spoken in heard.speech)
            on_progress(1.0, 100.0)
            spoken_language = heard.language if segments else ""
            return Transcription(language or spoken_language, segments, self._model)


async def _work(
    source: Path, tool: str, on_progress: Callable[[float, float], None] | None = None
) -> MemoryMedia | None:
    """What a tool finds in ``source`` after its time; None when that is nothing.

    Raises:
        MediaToolError: the recording is described as one that this tool fails at.
    """
    media = _read(await asyncio.to_thread(source.read_bytes))
    if media is not None:
        if on_progress is not None:
            on_progress(0.0, 0.0)
        await asyncio.sleep(media.work_seconds)
        if code := media.failures.get(tool):
            raise MediaToolError(code, "This video cannot be worked on.", "it was described so")
    return media


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content


def _read(data: bytes) -> MemoryMedia | None:
    """The description in a whole file, or None."""
    at = 0
    found: MemoryMedia | None = None
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if length < 8 or at + length > len(data):
            return None
        if kind == _DESCRIPTION:
            try:
                found = msgspec.json.decode(data[at + 8 : at + length], type=MemoryMedia)
            except msgspec.DecodeError:
                return None
        at += length
    return found if at == len(data) else None


def _info(media: MemoryMedia, size: int) -> MediaInfo:
    video = VideoStream(
        codec=media.codec,
        width=media.width,
        height=media.height,
        pixel_format="yuv420p",
        frame_rate=media.frame_rate,
        interlaced=False,
        color_transfer=media.color_transfer,
        bit_rate=0,
    )
    return MediaInfo(
        container="memory",
        duration_seconds=media.duration,
        size_bytes=size,
        video=video if media.has_video else None,
        audio=AudioStream("aac", media.channels, 44_100) if media.channels else None,
    )


def _sizes(video: VideoStream, max_heights: tuple[int, ...]) -> list[tuple[int, int]]:
    """Width and height of each rung: see the port."""
    shorter = min(video.width, video.height)
    rungs = [min(height, shorter) for height in max_heights if shorter >= 0.9 * height] or [shorter]
    return [
        (
            min(round(video.width * rung / shorter / 2), video.width // 2) * 2,
            min(round(video.height * rung / shorter / 2), video.height // 2) * 2,
        )
        for rung in rungs
    ]


def _write_rendition(into: Path, width: int, height: int, media: MemoryMedia) -> Rendition:
    name = f"{min(width, height)}p"
    (into / name).mkdir()
    lines = ["#EXTM3U", "#EXT-X-VERSION:3", f"#EXT-X-TARGETDURATION:{_SEGMENT_SECONDS:.0f}"]
    at, place = 0.0, 0
    while at < media.duration:
        seconds = min(_SEGMENT_SECONDS, media.duration - at)
        lines += [f"#EXTINF:{seconds:.6f},", f"seg_{place:05d}.ts"]
        (into / name / f"seg_{place:05d}.ts").write_text(f"{name} from {at} s, {seconds} s")
        at, place = at + seconds, place + 1
    (into / name / "index.m3u8").write_text("\n".join([*lines, "#EXT-X-ENDLIST", ""]))
    codecs = "avc1.64001f,mp4a.40.2" if media.channels else "avc1.64001f"
    return Rendition(name, width, height, bandwidth=height * 2000, average_bandwidth=height * 1000, codecs=codecs)


def _write_master(into: Path, renditions: list[Rendition]) -> None:
    lines = ["#EXTM3U", "#EXT-X-VERSION:3"]
    for made in renditions:
        lines += [
            f"#EXT-X-STREAM-INF:BANDWIDTH={made.bandwidth},AVERAGE-BANDWIDTH={made.average_bandwidth},"
            f'RESOLUTION={made.width}x{made.height},CODECS="{made.codecs}"',
            f"{made.name}/index.m3u8",
        ]
    (into / "master.m3u8").write_text("\n".join([*lines, ""]))


def _size_below(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _write_wav(into: Path, media: MemoryMedia) -> None:
    silent, total = round(media.sound_from * _RATE), round(media.duration * _RATE)
    tone = struct.pack("<hh", 8000, -8000) * (max(0, min(total, round(_LONGEST_TONE * _RATE)) - silent) // 2)
    said = msgspec.json.encode(media)
    said += b" " * (len(said) % 2)
    with into.open("wb") as file:
        file.write(struct.pack("<4sI4s", b"RIFF", 4 + 24 + 8 + len(said) + 8 + 2 * total, b"WAVE"))
        file.write(struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, _RATE, 2 * _RATE, 2, 16))
        file.write(struct.pack("<4sI", _SPEECH_CHUNK, len(said)) + said)
        file.write(struct.pack("<4sI", b"data", 2 * total))
        begin = file.tell()
        file.seek(2 * silent, 1)
        file.write(tone)
        file.truncate(begin + 2 * total)


def _read_wav(wav: Path) -> MemoryMedia:
    """What was said, as far as the WAV tells; a WAV from elsewhere is silent.

    Raises:
        TranscriberError: it is no 16 kHz mono 16-bit WAV.
    """
    with wav.open("rb") as file:
        head = file.read(36)
        if head[:4] != b"RIFF" or head[8:12] != b"WAVE" or len(head) < 36:
            raise TranscriberError("transcribe_failed", "The sound cannot be read: not a RIFF/WAVE file.")
        if struct.unpack_from("<HHI", head, 20) != (1, 1, _RATE):
            raise TranscriberError("transcribe_failed", "The sound cannot be read: not 16 kHz mono.")
        kind, length = struct.unpack("<4sI", file.read(8))
        said = json.loads(file.read(length)) if kind == _SPEECH_CHUNK else {}
    return msgspec.convert(said, MemoryMedia)
