"""Which font has which characters. A document embeds only the fonts, and of these only the glyphs, that it needs."""

from collections.abc import Iterable
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = FONTS / "NotoSans-Regular.ttf", FONTS / "NotoSans-Bold.ttf"
LAST = FONTS / "DroidSansFallbackFull.ttf"
"""For Chinese, Japanese, and whatever is in none of the others."""

_BLOCKS: tuple[tuple[int, int, str], ...] = (
    (0x0530, 0x058F, "Armenian"),
    (0x0590, 0x05FF, "Hebrew"),
    (0x0600, 0x06FF, "Arabic"),
    (0x0750, 0x077F, "Arabic"),
    (0x08A0, 0x08FF, "Arabic"),
    (0x0900, 0x097F, "Devanagari"),
    (0x0980, 0x09FF, "Bengali"),
    (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B80, 0x0BFF, "Tamil"),
    (0x0C00, 0x0C7F, "Telugu"),
    (0x0C80, 0x0CFF, "Kannada"),
    (0x0D00, 0x0D7F, "Malayalam"),
    (0x0D80, 0x0DFF, "Sinhala"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Lao"),
    (0x1000, 0x109F, "Myanmar"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x1100, 0x11FF, "KR"),
    (0x1200, 0x139F, "Ethiopic"),
    (0x1780, 0x17FF, "Khmer"),
    (0x1C90, 0x1CBF, "Georgian"),
    (0x3130, 0x318F, "KR"),
    (0xAC00, 0xD7A3, "KR"),
    (0xFB1D, 0xFB4F, "Hebrew"),
    (0xFB50, 0xFDFF, "Arabic"),
    (0xFE70, 0xFEFE, "Arabic"),
)
_SANS = ((0x0000, 0x052F), (0x1AB0, 0x1AFF), (0x1C80, 0x1C8F), (0x1D00, 0x20CF), (0x2100, 0x218F), (0xA640, 0xA69F))
"""Latin, Greek, Cyrillic, and signs: the regular font itself."""


def fonts_for(texts: Iterable[str]) -> tuple[Path, ...]:
    """The fonts that these texts need besides the regular one, each once, in a fixed order."""
    found = {_font_of(ord(character)) for character in set().union(*texts)}
    return tuple(sorted(font for font in found if font is not None))


def is_plain(text: str) -> bool:
    """Whether a text is of letters of the regular font that stand side by side, from left to right."""
    return all(code < 0x0300 or 0x0370 <= code <= 0x0482 or 0x2010 <= code <= 0x2026 for code in map(ord, text))


def _font_of(code: int) -> Path | None:
    if any(first <= code <= last for first, last in _SANS):
        return None
    script = next((name for first, last, name in _BLOCKS if first <= code <= last), None)
    return FONTS / f"NotoSans{script}-Regular.ttf" if script is not None else LAST
