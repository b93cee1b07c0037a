"""A school's looks on paper."""

import io

from PIL import Image, UnidentifiedImageError

Rgb = tuple[int, int, int]
_WHITE: Rgb = (255, 255, 255)
_BLACK: Rgb = (0, 0, 0)


def logo_of(data: bytes | None) -> Image.Image | None:
    """The picture; None when there is none that can be read."""
    if data is None:
        return None
    try:
        picture = Image.open(io.BytesIO(data))
        picture.load()
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return None
    return picture


def rgb(color: str) -> Rgb:
    """``#rrggbb`` in numbers."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def readable_on(background: Rgb) -> Rgb:
    """Black or white."""
    red, green, blue = background
    return _BLACK if red * 0.299 + green * 0.587 + blue * 0.114 > 150 else _WHITE


def readable_on_white(color: Rgb) -> Rgb:
    """The colour itself, or black where it would hardly be seen on paper."""
    return color if readable_on(color) == _WHITE else _BLACK
