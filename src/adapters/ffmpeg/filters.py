"""The filter graph between decoder and encoders."""

from collections.abc import Sequence
from fractions import Fraction

from adapters.ffmpeg.ladder import Rung
from adapters.ffmpeg.tools import FfmpegFeatures
from lms_app.ports.media_probe import VideoStream

PICTURES = "0:V:0"
"""The first video stream that is no cover art (the capital letter says so)."""

_HDR = frozenset({"smpte2084", "arib-std-b67"})


def picture_filters(video: VideoStream, features: FfmpegFeatures, *, width: int, height: int) -> list[str]:
    """From decoded pictures to upright, progressive, square-pixelled ones of ordinary colours.

    Rotation needs no filter: ffmpeg turns the pictures before the first one. Sizes come from the probe, which has
    applied rotation too; a source that changes its size on the way is scaled to the same.
    """
    filters = []
    if video.interlaced:
        # Only pictures that say they are interlaced: mixed recordings keep their sharp parts.
        filters.append("yadif=deint=interlaced")
    if video.color_transfer in _HDR and features.tone_maps:
        # Scaling first: the mapping works on floating point, twelve bytes per pixel.
        filters += [
            f"zscale=w={width}:h={height}:tin={video.color_transfer}:pin=2020:min=2020_ncl:rin=limited"
            ":t=linear:npl=100:p=709:m=gbr",
            "format=gbrpf32le",
            "tonemap=hable:desat=0",
            "zscale=t=709:p=709:m=709:r=limited",
        ]
    else:
        filters.append(f"scale={width}:{height}")
    return [*filters, "setsar=1", "format=yuv420p"]


def ladder_graph(
    video: VideoStream, features: FfmpegFeatures, rungs: Sequence[Rung], rate: Fraction
) -> tuple[str, list[str]]:
    """The graph that decodes once for all rungs, and the label of each rung's pictures.

    ``fps`` gives every rung the same pictures at the same times, from second 0 on, so that segments are cut alike.
    """
    top = rungs[0]
    chain = ",".join(
        [
            f"fps=fps={rate.numerator}/{rate.denominator}:start_time=0",
            *picture_filters(video, features, width=top.width, height=top.height),
        ]
    )
    labels = [f"[v{place}]" for place in range(len(rungs))]
    if len(rungs) == 1:
        return f"[{PICTURES}]{chain}{labels[0]}", labels
    parts = [f"[{PICTURES}]{chain},split={len(rungs)}{labels[0]}" + "".join(f"[s{n}]" for n in range(1, len(rungs)))]
    parts += [f"[s{place}]scale={rung.width}:{rung.height}{labels[place]}" for place, rung in enumerate(rungs) if place]
    return ";".join(parts), labels
