"""Which font has which characters."""

import pytest

from adapters.fpdf2.scripts import BOLD, FONTS, REGULAR, fonts_for, is_plain


@pytest.mark.parametrize(
    ("text", "fonts"),
    [
        ("Anna Smith, 12 %", []),
        ("Анна Ελένη Ünal – “é”", []),
        ("محمد", ["NotoSansArabic-Regular"]),
        ("שרה", ["NotoSansHebrew-Regular"]),
        ("王小明 たなか", ["DroidSansFallbackFull"]),
        ("김민수", ["NotoSansKR-Regular"]),
        ("अनिल and สมชาย", ["NotoSansDevanagari-Regular", "NotoSansThai-Regular"]),
    ],
)
def test_only_what_is_needed(text: str, fonts: list[str]) -> None:
    assert [font.stem for font in fonts_for(["plain", text])] == fonts
    assert is_plain(text) == (not fonts)


def test_every_font_that_may_be_needed_is_there_with_its_licence() -> None:
    every = fonts_for(chr(code) for code in range(0x20, 0x10000) if not 0xD800 <= code < 0xE000)
    assert len(every) == 20
    assert {*every, REGULAR, BOLD} == set(FONTS.glob("*.ttf"))
    assert all((FONTS / name).stat().st_size > 1000 for name in ("OFL.txt", "Apache-2.0.txt"))
