"""Looks at pictures with tools of its own."""

import re
import subprocess
from pathlib import Path

import av

from adapters.ffmpeg.tools import bundled_ffmpeg


def mean_colour(file: Path, crop: str = "null") -> tuple[int, int, int]:
    """Red, green and blue of the first picture, averaged over the part that ``crop`` leaves."""
    command = [str(bundled_ffmpeg()), "-v", "error", "-i", str(file), "-vf", f"{crop},scale=1:1:flags=area"]
    done = subprocess.run(
        [*command, "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"],
        capture_output=True,
        timeout=60,
        check=True,
    )
    return done.stdout[0], done.stdout[1], done.stdout[2]


def is_red(colour: tuple[int, int, int]) -> bool:
    """Red, and not the blue that is the other half of such a test picture."""
    red, _, blue = colour
    assert abs(red - blue) > 140
    return red > blue


def picture(file: Path, field: str) -> str:
    """One fact about the first video stream, under ffprobe's name."""
    with av.open(str(file)) as container:
        stream = container.streams.video[0]
        rate = stream.average_rate
        facts = {
            "width": str(stream.width),
            "height": str(stream.height),
            "pix_fmt": stream.pix_fmt or "",
            "profile": stream.profile or "",
            "color_transfer": {1: "bt709", 16: "smpte2084"}.get(stream.codec_context.color_trc, "unknown"),
            "avg_frame_rate": f"{rate.numerator}/{rate.denominator}" if rate else "",
        }
    return facts[field]


def h264_level(file: Path) -> int:
    """``level_idc`` of the first sequence parameter set, as ffmpeg's own parser reads it."""
    command = [str(bundled_ffmpeg()), "-i", str(file), "-map", "0:v", "-c", "copy", "-bsf:v", "trace_headers"]
    done = subprocess.run(
        [*command, "-frames:v", "1", "-f", "null", "-"], capture_output=True, text=True, timeout=60, check=True
    )
    found = re.search(r"level_idc +\d+ = (\d+)", done.stderr)
    assert found is not None
    return int(found.group(1))


def first_picture_type(file: Path) -> str:
    """I, P or B."""
    command = [str(bundled_ffmpeg()), "-i", str(file), "-map", "0:v", "-vf", "showinfo"]
    done = subprocess.run(
        [*command, "-frames:v", "1", "-f", "null", "-"], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stderr.split(" type:")[1][0]
