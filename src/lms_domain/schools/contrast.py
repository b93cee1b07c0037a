"""Colours that can be read on each other: WCAG 2.2, relative luminance and contrast ratio, on ``#rrggbb``."""

TEXT_RATIO = 4.5
"""What WCAG 1.4.3 asks of text."""
_STEPS = 50


def contrast_ratio(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def text_on(background: str) -> str:
    """White where it can be read, else black: one of the two always can."""
    return "#ffffff" if contrast_ratio("#ffffff", background) >= TEXT_RATIO else "#000000"


def readable_on(background: str, color: str) -> str:
    """``color`` as text on ``background``, moved towards black or white only as far as needed: a school keeps its
    colour where it can be read, and a neighbour of it where it cannot."""
    target = "#000000" if contrast_ratio("#000000", background) > contrast_ratio("#ffffff", background) else "#ffffff"
    candidates = (_mixed(color, target, step / _STEPS) for step in range(_STEPS))
    return next((c for c in candidates if contrast_ratio(c, background) >= TEXT_RATIO), target)


def _parts(color: str) -> tuple[int, int, int]:
    value = int(color[1:], 16)
    return value >> 16, value >> 8 & 255, value & 255


def _mixed(color: str, other: str, share: float) -> str:
    pairs = zip(_parts(color), _parts(other), strict=True)
    return "#" + "".join(f"{round(own + (far - own) * share):02x}" for own, far in pairs)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
