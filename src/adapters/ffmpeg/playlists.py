"""Reads the playlists that ffmpeg wrote and writes the master above them (RFC 8216)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from adapters.ffmpeg.bitstream import TRANSPORT_PACKET, read_codecs
from adapters.ffmpeg.ladder import SEGMENT_SECONDS
from lms_app.ports.media_tools import Rendition

_ENTRY = re.compile(r"^#EXTINF:([0-9.]+),[^\n]*\n([^#\n]+)$", re.MULTILINE)
_ENOUGH = 500_000


class PlaylistError(Exception):
    """ffmpeg ended well but left no complete presentation: with a full disk its HLS writer does so, in silence."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of a rendition."""

    seconds: float
    size: int


@dataclass(frozen=True, slots=True)
class MeasuredRendition:
    """A rendition and what lies in its folder."""

    rendition: Rendition
    duration: float
    size: int


def measure_rendition(folder: Path) -> MeasuredRendition:
    """Figures of the rendition in ``folder``, from its playlist and its segments. Blocks: it reads files.

    Raises:
        PlaylistError: the playlist is incomplete, or a segment is missing or empty.
        BitstreamError: the first segment cannot be read.
    """
    text = (folder / "index.m3u8").read_text(encoding="utf-8")
    entries = _ENTRY.findall(text)
    if not entries or "#EXT-X-ENDLIST" not in text:
        raise PlaylistError(f"{folder.name}: the playlist is incomplete")
    segments = [Segment(float(seconds), (folder / name).stat().st_size) for seconds, name in entries]
    if any(segment.size == 0 or segment.size % TRANSPORT_PACKET for segment in segments):
        raise PlaylistError(f"{folder.name}: a segment is cut off")
    with (folder / entries[0][1]).open("rb") as first:
        codecs = read_codecs(first.read(_ENOUGH))
    duration = sum(segment.seconds for segment in segments)
    size = sum(segment.size for segment in segments)
    average = round(size * 8 / max(0.04, duration))
    rendition = Rendition(
        name=folder.name,
        width=codecs.width,
        height=codecs.height,
        bandwidth=max(average, peak_bandwidth(segments)),
        average_bandwidth=average,
        codecs=codecs.codecs,
    )
    return MeasuredRendition(rendition, duration, size + len(text.encode()))


def peak_bandwidth(segments: Sequence[Segment]) -> int:
    """Bits per second of the worst stretch lasting 0.5 to 1.5 target durations (RFC 8216, 4.1); 0 if there is none."""
    peak = 0.0
    for first in range(len(segments)):
        seconds, size = 0.0, 0
        for segment in segments[first:]:
            seconds += segment.seconds
            size += segment.size
            if seconds > 1.5 * SEGMENT_SECONDS:
                break
            if seconds >= 0.5 * SEGMENT_SECONDS:
                peak = max(peak, size * 8 / seconds)
    return round(peak)


def master_playlist(renditions: Sequence[Rendition], rate: Fraction) -> str:
    """The master, highest rendition first, relative URIs only."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for rendition in renditions:
        lines.append(
            f"#EXT-X-STREAM-INF:BANDWIDTH={rendition.bandwidth},AVERAGE-BANDWIDTH={rendition.average_bandwidth},"
            f"RESOLUTION={rendition.width}x{rendition.height},FRAME-RATE={float(rate):.3f},"
            f'CODECS="{rendition.codecs}"'
        )
        lines.append(f"{rendition.name}/index.m3u8")
    return "\n".join(lines) + "\n"
