"""Ports: the work that ffmpeg does for us. Every method is one child process, killed when its task is cancelled."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lms_app.ports.media_probe import MediaInfo

ProgressCallback = Callable[[float, float], None]
"""Called with (fraction done 0.0 to 1.0, speed as a multiple of real time) at least every 2 seconds. Never blocks."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """One rung of the HLS ladder, as it was made (figures measured, not planned)."""

    name: str
    """Folder below ``hls/``, named after the shorter side, such as ``720p``."""
    width: int
    height: int
    bandwidth: int
    """Peak segment bit rate in bits per second, for ``BANDWIDTH``."""
    average_bandwidth: int
    codecs: str
    """RFC 6381, such as ``avc1.64001f,mp4a.40.2``."""


@dataclass(frozen=True, slots=True)
class HlsOutput:
    """What a transcoder left below ``into``: ``master.m3u8`` and one folder per rendition."""

    renditions: tuple[Rendition, ...]
    duration_seconds: float
    """Sum of the segments."""
    size_bytes: int


class MediaToolError(Exception):
    """The tool failed, ran too long or made too much. ``code`` is stable: ``transcode_failed`` and ``too_long`` from a
    transcoder, ``thumbnail_failed`` from a thumbnailer, ``audio_failed`` from an audio extractor. ``detail`` is a
    sentence for people; ``log`` the end of the tool's own output.

    A fault of the system (disk full, tool missing) is an OSError instead: it says nothing about the source, and a
    retry may help."""

    def __init__(self, code: str, detail: str, log: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.log = log


class Transcoder(Protocol):
    """Makes adaptive HLS."""

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
        """Write an HLS presentation of ``source`` into the empty folder ``into``.

        Args:
            max_heights: the ladder's rungs as heights (of the shorter side), highest first. Rungs above the source
                are left out; when all are above, one rung at the source's size is made. A source that falls short
                of a rung by a tenth or less keeps its own size for it.
            max_seconds: a source that turns out longer ends in ``too_long``.

        Raises:
            MediaToolError: ``transcode_failed`` or ``too_long``.
        """
        ...


class Thumbnailer(Protocol):
    """Makes a poster picture."""

    async def thumbnail(self, source: Path, info: MediaInfo, into: Path) -> None:
        """Write the best of several frames (not black, not blurred) as a JPEG to the file ``into``.

        Works for clips shorter than a second.

        Raises:
            MediaToolError: ``thumbnail_failed``: no frame could be made.
        """
        ...


class AudioExtractor(Protocol):
    """Makes the only kind of file a transcriber ever gets."""

    async def extract_audio(self, source: Path, info: MediaInfo, into: Path, *, on_progress: ProgressCallback) -> None:
        """Write the first audio stream as 16 kHz mono 16-bit WAV to the file ``into``.

        Sample 0 of the WAV is second 0 of the video: audio that starts late is padded with silence.

        Raises:
            MediaToolError: ``audio_failed``: there is no audio, or it cannot be decoded.
        """
        ...
