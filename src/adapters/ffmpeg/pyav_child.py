"""Runs in a child process: answers like ffprobe, with PyAV. Imports nothing of ours, so that ``python -I`` finds all.

pyav_child.py streams|packets file:PATH DEMUXERS MAX_PIXELS MAX_STREAMS
"""

import json
import sys
from fractions import Fraction
from typing import TypeAlias

import av
import av.logging
from av.codec import CodecContext
from av.container import InputContainer
from av.stream import Disposition, Stream
from av.video.stream import VideoStream

Fields: TypeAlias = dict[str, object]

_TRANSFERS = {1: "bt709", 6: "smpte170m", 16: "smpte2084", 18: "arib-std-b67"}
"""AVColorTransferCharacteristic, the ones anybody asks for."""
_FIELD_ORDERS = {1: "progressive", 2: "tt", 3: "bb", 4: "tb", 5: "bt"}
"""AVFieldOrder, by ffprobe's names."""


def main(question: str, url: str, demuxers: str, max_pixels: int, max_streams: int) -> None:
    options = {
        "protocol_whitelist": "file",
        "format_whitelist": demuxers,
        "max_streams": str(max_streams),
        "max_pixels": str(max_pixels),
    }
    # PyAV keeps what the libraries say to itself; the caller reads it on standard error.
    av.logging.restore_default_callback()
    av.logging.set_level(av.logging.ERROR)
    with av.open(url, "r", options=options, metadata_errors="replace") as container:
        if question == "packets":
            print_packets(container)
        else:
            answer = {"streams": list_streams(container, max_pixels), "format": describe(container)}
            sys.stdout.write(json.dumps(answer))


def describe(container: InputContainer) -> Fields:
    """What ffprobe calls ``format``."""
    return {"format_name": container.format.name, "start_time": container_seconds(container.start_time)}


def container_seconds(start: int | None) -> str:
    """Microseconds as seconds; nothing when the container does not say, which PyAV's stubs leave out."""
    return "" if start is None else str(start / av.time_base)


def list_streams(container: InputContainer, max_pixels: int) -> list[Fields]:
    """What ffprobe calls ``streams``; those that PyAV cannot decode have no codec name."""
    found: list[Fields] = []
    for stream in container.streams:
        fields: Fields = {"index": stream.index, "codec_type": stream.type}
        fields["disposition"] = {"attached_pic": int(bool(stream.disposition & Disposition.attached_pic))}
        context = decoder_of(stream)
        if context is not None:
            fields["codec_name"] = context.codec.canonical_name
            if isinstance(stream, VideoStream):
                fields |= describe_video(stream)
            elif stream.type == "audio":
                fields["channels"] = getattr(stream, "channels", 0) or 0
                fields["sample_rate"] = str(getattr(stream, "sample_rate", 0) or 0)
        found.append(fields)
    add_rotation(container, found, max_pixels)
    return found


def decoder_of(stream: Stream) -> CodecContext | None:
    """None for a codec that PyAV cannot decode; its stubs leave that out."""
    return stream.codec_context


def describe_video(stream: VideoStream) -> Fields:
    """The fields of a video stream, rotation apart."""
    return {
        "width": stream.width,
        "height": stream.height,
        "pix_fmt": stream.pix_fmt or "",
        "sample_aspect_ratio": ratio(stream.sample_aspect_ratio, ":"),
        "field_order": _FIELD_ORDERS.get(stream.codec_context.field_order, ""),
        "color_transfer": _TRANSFERS.get(stream.codec_context.color_trc, ""),
        "avg_frame_rate": ratio(stream.average_rate, "/"),
        "r_frame_rate": ratio(stream.base_rate, "/"),
        "bit_rate": str(stream.bit_rate or ""),
    }


def add_rotation(container: InputContainer, found: list[Fields], max_pixels: int) -> None:
    """PyAV tells the rotation only with a picture, so the first one is decoded; it tells interlacing then, too."""
    moving = [
        stream
        for stream in container.streams.video
        if decoder_of(stream) is not None and not stream.disposition & Disposition.attached_pic
    ]
    if not moving or not 0 < moving[0].width * moving[0].height <= max_pixels:
        return
    stream = moving[0]
    stream.thread_count = 1
    try:
        frame = next(container.decode(stream), None)
    except av.FFmpegError as error:
        sys.stderr.write(f"no picture: {error}\n")
        return
    if frame is not None:
        fields = found[stream.index]
        fields["side_data_list"] = [{"rotation": frame.rotation}]
        if frame.interlaced_frame and not fields["field_order"]:
            fields["field_order"] = "tt"


def print_packets(container: InputContainer) -> None:
    """One line per packet: stream, pts, dts, duration, in seconds."""
    wanted: list[Stream] = [stream for stream in container.streams if stream.type in {"video", "audio"}]
    write = sys.stdout.write
    for packet in container.demux(wanted):
        if packet.pts is None and packet.dts is None:
            continue
        base = packet.time_base
        times = (packet.pts, packet.dts, packet.duration or None)
        seconds = ["N/A" if time is None else f"{time * base.numerator / base.denominator:.6f}" for time in times]
        write(f"{packet.stream_index},{','.join(seconds)}\n")


def ratio(value: Fraction | None, sign: str) -> str:
    """As ffprobe writes it."""
    return "" if value is None else f"{value.numerator}{sign}{value.denominator}"


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
    except (av.FFmpegError, OSError, ValueError) as failure:
        sys.exit(f"{type(failure).__name__}: {failure}")
