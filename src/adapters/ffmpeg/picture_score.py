"""How good a poster a picture makes, from a small grey copy of it. Pure arithmetic, some milliseconds."""

import itertools
import math

WIDTH, HEIGHT = 96, 54
"""Of the grey copy, whatever the shape of the picture."""

POOR = 8.0
"""Below this a picture is black, blank or a blur."""

_BLACK = 20.0
_DIM = 60.0
_GLARE = 15.0


def score(grey: bytes) -> float:
    """0.0 for black or blank; contrast plus sharpness otherwise, less for dim and for glaring pictures.

    Args:
        grey: WIDTH x HEIGHT bytes, row by row, 0 black to 255 white.
    """
    count = WIDTH * HEIGHT
    if len(grey) != count:
        return 0.0
    mean = sum(grey) / count
    if mean < _BLACK:
        return 0.0
    contrast = math.sqrt(max(0.0, sum(value * value for value in grey) / count - mean * mean))
    brightness = min(1.0, mean / _DIM) * min(1.0, (255 - mean) / _GLARE)
    return (contrast + 2 * _sharpness(grey)) * brightness


def _sharpness(grey: bytes) -> float:
    """Mean difference between a point and the one to its right: a blur has none."""
    return sum(abs(left - right) for left, right in itertools.pairwise(grey)) / len(grey)
