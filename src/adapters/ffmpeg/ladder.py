"""Which renditions a source gets, and the numbers each is encoded with."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from lms_app.ports.media_probe import VideoStream

SEGMENT_SECONDS = 6

_NEAR = 0.9
"""A rung counts as 'at' the source down to this part of it: a screen recording of 1918x1078 keeps its sharpness as a
rung of its own size, instead of falling to 720p because two rows are missing."""

_BITS_PER_SECOND = ((1080, 5_000_000), (720, 2_800_000), (480, 1_400_000), (360, 800_000), (0, 500_000))
"""Ceiling of the video's bit rate by shorter side; the quality (CRF) usually stays far below it."""

_FALLBACK_RATE = 30.0
_LOWEST_RATE = 15.0
"""Recorded meetings and screens vary between 1 and 30 pictures per second: their average would drop what moves."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One rendition to be made."""

    name: str
    """Its shorter side, such as ``720p``: also the folder's name."""
    width: int
    height: int
    """Even, upright, square pixels."""
    max_rate: int
    """Bits per second of video at most, over two seconds."""


def plan_rungs(video: VideoStream, max_heights: Iterable[int]) -> tuple[Rung, ...]:
    """The rungs at or below the source, highest first; one at the source's own size when all are above it."""
    shorter = min(video.width, video.height)
    targets = [min(height, shorter) for height in max_heights if shorter >= height * _NEAR] or [shorter]
    rungs: dict[str, Rung] = {}
    for target in targets:
        rung = _rung(video, target / shorter)
        rungs.setdefault(rung.name, rung)
    return tuple(rungs.values())


def _rung(video: VideoStream, factor: float) -> Rung:
    width, height = _even(video.width, factor), _even(video.height, factor)
    shorter = min(width, height)
    max_rate = next(rate for height_from, rate in _BITS_PER_SECOND if shorter >= height_from)
    return Rung(f"{shorter}p", width, height, max_rate)


def _even(pixels: int, factor: float) -> int:
    """H.264 in 4:2:0 has no odd sizes; below 16 some decoders give up. Never larger than the source."""
    return max(16, min(round(pixels * factor / 2), pixels // 2) * 2)


def frame_rate(video: VideoStream, ceiling: float) -> Fraction:
    """Pictures per second of the renditions: the source's, brought between 15 and ``ceiling``.

    A higher rate is divided by a whole number (50 becomes 25, 120 becomes 30), so that motion stays even.
    """
    source = video.frame_rate or _FALLBACK_RATE
    divided = source / max(1, round(source / ceiling))
    return Fraction(max(_LOWEST_RATE, min(ceiling, divided))).limit_denominator(1001)
