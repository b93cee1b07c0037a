"""What both probes share: how a tool's answers become ``MediaInfo``.

Two questions are put to the tool, each to a child of its own: which streams there are (JSON as ffprobe prints it),
and when each packet is shown (lines ``stream,pts,dts,duration`` in seconds). The duration is always counted from the
packets: a Matroska header was seen to claim 1 s for 4,000 s of pictures, and a live WebM says nothing.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec

from adapters.ffmpeg.arguments import MAX_PIXELS, MAX_STREAMS
from adapters.ffmpeg.hardening import Limits
from adapters.ffmpeg.runner import Finished, ToolStoppedError, run_tool
from adapters.ffmpeg.sniffing import FileStart, inspect_start
from adapters.ffmpeg.timeline import Timeline
from lms_app.ports.media_probe import AudioStream, MediaInfo, ProbeError, VideoStream

_STREAMS_LIMITS = Limits(wall_seconds=20, cpu_seconds=20, memory_bytes=1_500_000_000, file_bytes=1)
_PACKETS_CAP = 500_000_000
"""Bytes of packet lines: some ten million packets, thirty times what an hour holds."""
_SLOWEST_DISK = 10_000_000
"""Bytes per second that reading a source may be as slow as."""

_TOO_MANY_PIXELS = "exceeds specified max pixel count"
"""What libavutil says when ``-max_pixels`` stops it."""
_TOO_MANY_STREAMS = "max_streams"
"""In what libavformat says when ``-max_streams`` stops it; its demuxers put it differently."""
_TOO_LARGE = "The picture of this video is too large: export it at 4K (3840x2160) or below."

_SIDEWAYS = 90
_WIDEST_PIXEL = 8.0
"""Sample aspect ratios beyond this, or below its inverse, are nonsense or an attack, and are ignored."""

_INTERLACED = frozenset({"tt", "bb", "tb", "bt"})
_UNKNOWN_CODECS = frozenset({"", "none", "unknown", "apac"})
"""``apac`` is Apple's spatial sound: newer tools know its name, none decodes it."""

Number = Annotated[str, msgspec.Meta(max_length=40)]


class _SideData(msgspec.Struct, frozen=True):
    rotation: float | None = None


class _Disposition(msgspec.Struct, frozen=True):
    attached_pic: int = 0


class _Stream(msgspec.Struct, frozen=True):
    index: int
    codec_type: str = ""
    codec_name: str = ""
    width: int = 0
    height: int = 0
    sample_aspect_ratio: Number = ""
    pix_fmt: str = ""
    field_order: str = ""
    color_transfer: str = ""
    avg_frame_rate: Number = ""
    r_frame_rate: Number = ""
    bit_rate: Number = ""
    channels: int = 0
    sample_rate: Number = ""
    disposition: _Disposition = _Disposition()
    side_data_list: tuple[_SideData, ...] = ()


class _Format(msgspec.Struct, frozen=True):
    format_name: str = ""
    start_time: Number = ""


class _Answer(msgspec.Struct, frozen=True):
    """What ``ffprobe -of json`` prints; fields we do not name are skipped."""

    streams: tuple[_Stream, ...] = ()
    format: _Format = _Format()


@dataclass(frozen=True, slots=True)
class Questions:
    """The two commands of one tool, for a source."""

    streams: Callable[[Path], Sequence[str]]
    packets: Callable[[Path], Sequence[str]]


async def probe_with(questions: Questions, source: Path) -> MediaInfo:
    """Facts about ``source``, asked from one tool.

    Raises:
        ProbeError: see the port.
        OSError: the source cannot be read or the tool cannot be started: a fault of the system, not of the source.
    """
    start = await asyncio.to_thread(inspect_start, source)
    _refuse_at_sight(start)
    answer = await _ask_streams(questions, source, start)
    videos = [stream for stream in answer.streams if _is_picture_track(stream)]
    audios = [stream for stream in answer.streams if stream.codec_type == "audio"]
    audio = next((stream for stream in audios if stream.codec_name not in _UNKNOWN_CODECS), None)
    if not videos and audio is None:
        raise ProbeError("not_a_video", "There is neither video nor sound in this file.")
    duration = await _measure(questions, source, start, answer, [*videos[:1], *([audio] if audio else [])])
    return MediaInfo(
        container=answer.format.format_name,
        duration_seconds=duration,
        size_bytes=start.size,
        video=_video(videos[0]) if videos else None,
        audio=_audio(audio, audios.index(audio)) if audio else None,
    )


def _refuse_at_sight(start: FileStart) -> None:
    if start.size == 0:
        raise ProbeError("not_a_video", "This file is empty.")
    if start.refused_kind:
        raise ProbeError("unsupported", f"{start.refused_kind} files are not accepted: convert it to MP4 first.")
    if start.cut_short:
        raise ProbeError("not_a_video", "This file is incomplete: its end is missing. Copy or export it again.")


async def _ask_streams(questions: Questions, source: Path, start: FileStart) -> _Answer:
    finished = await _ask(questions.streams(source), _STREAMS_LIMITS)
    if _TOO_MANY_PIXELS in finished.log:
        raise ProbeError("too_large", _TOO_LARGE, finished.log)
    if _TOO_MANY_STREAMS in finished.log:
        raise ProbeError("unsupported", f"This file holds more than {MAX_STREAMS} streams.", finished.log)
    if finished.returncode < 0:
        raise ProbeError("unsupported", "This file needs too much memory or time to look into.", finished.log)
    try:
        answer = msgspec.json.decode(finished.stdout, type=_Answer) if finished.returncode == 0 else _Answer()
    except msgspec.DecodeError as error:
        raise ProbeError("unsupported", "This file describes itself in a way we do not accept.", str(error)) from error
    if not answer.streams:
        detail = "This is not a video file, or it is damaged."
        raise ProbeError("not_a_video", start.looks_like or detail, finished.log)
    if any(stream.width * stream.height > MAX_PIXELS for stream in answer.streams):
        raise ProbeError("too_large", _TOO_LARGE, finished.log)
    return answer


async def _measure(
    questions: Questions, source: Path, start: FileStart, answer: _Answer, streams: list[_Stream]
) -> float:
    seconds = 20 + start.size / _SLOWEST_DISK
    timeline = Timeline(
        start=_number(answer.format.start_time),
        frame_seconds={stream.index: 1 / rate for stream in streams if (rate := _rate(stream))},
        streams=frozenset(stream.index for stream in streams),
        resets="mpegts" in answer.format.format_name,
    )
    finished = await _ask(
        questions.packets(source),
        Limits(wall_seconds=seconds, cpu_seconds=int(seconds), memory_bytes=1_500_000_000, file_bytes=1),
        stdout_cap=_PACKETS_CAP,
        on_stdout=timeline.feed,
    )
    duration = timeline.seconds()
    if duration <= 0:
        raise ProbeError("not_a_video", "There are no pictures and no sound in this file.", finished.log)
    return duration


async def _ask(
    argv: Sequence[str],
    limits: Limits,
    *,
    stdout_cap: int = 1_000_000,
    on_stdout: Callable[[bytes], None] | None = None,
) -> Finished:
    try:
        return await run_tool(argv, limits, stdout_cap=stdout_cap, on_stdout=on_stdout)
    except ToolStoppedError as error:
        detail = "This file takes too long to look into, or describes too much."
        raise ProbeError("unsupported", detail, f"{error.reason}\n{error.log}") from error


def _is_picture_track(stream: _Stream) -> bool:
    """A video stream that moves: neither cover art, nor of a codec unknown to the tool, nor without a size."""
    return (
        stream.codec_type == "video"
        and not stream.disposition.attached_pic
        and stream.codec_name not in _UNKNOWN_CODECS
        and stream.width > 0
        and stream.height > 0
    )


def _video(stream: _Stream) -> VideoStream:
    width, height = _displayed(stream)
    return VideoStream(
        codec=stream.codec_name,
        width=width,
        height=height,
        pixel_format=stream.pix_fmt,
        frame_rate=_rate(stream),
        interlaced=stream.field_order in _INTERLACED,
        color_transfer="" if stream.color_transfer in {"unknown", "reserved"} else stream.color_transfer,
        bit_rate=int(_number(stream.bit_rate)),
    )


def _audio(stream: _Stream, track: int) -> AudioStream:
    return AudioStream(
        codec=stream.codec_name,
        channels=stream.channels,
        sample_rate=int(_number(stream.sample_rate)),
        track=track,
    )


def _displayed(stream: _Stream) -> tuple[int, int]:
    """Width and height in square pixels, upright."""
    pixel = _ratio(stream.sample_aspect_ratio, ":")
    if not 1 / _WIDEST_PIXEL <= pixel <= _WIDEST_PIXEL:
        pixel = 1.0
    width, height = max(1, round(stream.width * pixel)), stream.height
    turns = sum(side.rotation or 0 for side in stream.side_data_list)
    return (height, width) if round(turns) % 180 == _SIDEWAYS else (width, height)


def _rate(stream: _Stream) -> float:
    return _ratio(stream.avg_frame_rate, "/") or _ratio(stream.r_frame_rate, "/")


def _ratio(text: str, sign: str) -> float:
    """Of ``30000/1001`` or ``16:15``; 0.0 for ``0/0``, ``N/A`` and the like."""
    above, _, below = text.partition(sign)
    divisor = _number(below)
    return _number(above) / divisor if divisor else 0.0


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if abs(number) < float("inf") else 0.0
