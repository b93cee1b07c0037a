"""Port: what is inside a media file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class VideoStream:
    """The first real video stream (cover art does not count)."""

    codec: str
    """Name as ffmpeg gives it: ``h264``, ``hevc``, ``vp9``."""
    width: int
    """Pixels as displayed: rotation and non-square pixels are already applied."""
    height: int
    pixel_format: str
    frame_rate: float
    """Average frames per second; 0.0 when the file does not say."""
    interlaced: bool
    color_transfer: str
    """``smpte2084`` and ``arib-std-b67`` are HDR; empty when the file does not say."""
    bit_rate: int
    """Bits per second; 0 when unknown."""


@dataclass(frozen=True, slots=True)
class AudioStream:
    """The first audio stream that can be decoded."""

    codec: str
    channels: int
    """0 when the file does not say."""
    sample_rate: int
    """Hertz; 0 when the file does not say."""
    track: int = 0
    """Its place among the audio streams, from 0. iPhones put a codec nobody reads (``apac``) next to AAC."""


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """Facts about a source file."""

    container: str
    """Demuxer name, such as ``mov,mp4,m4a,3gp,3g2,mj2``."""
    duration_seconds: float
    """Greater than zero, from the first moment of the file to the end of its last picture or sound. Counted from the
    packets, never believed from the header: a header may claim 1 s for 4,000 s of pictures."""
    size_bytes: int
    video: VideoStream | None
    audio: AudioStream | None


class ProbeError(Exception):
    """The file could not be understood. ``code`` is ``not_a_video`` (no media in it, playlists and truncated
    files included), ``too_large`` (a picture beyond what the tools may decode; a plan's own limit is lower and not
    checked here) or ``unsupported`` (media of a kind that is refused, or that takes too much to look into).
    ``detail`` is a sentence for people; ``log`` is the tool's own output, for admins."""

    def __init__(self, code: str, detail: str, log: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.log = log


class MediaProbe(Protocol):
    """Looks into a file without trusting it."""

    async def probe(self, source: Path) -> MediaInfo:
        """Facts about ``source``.

        Never follows a reference to another file or host. Runs in a child process that dies with this one.

        Reads the whole file once, to count its duration.

        Raises:
            ProbeError: the file is no media file or not one we accept.
            OSError: the file cannot be read, or the tool cannot be started: not the file's fault, a retry may help.
        """
        ...
