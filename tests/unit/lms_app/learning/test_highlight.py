"""Matches are pieces of the text itself, whatever the text and whatever was typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_app.learning.highlight import highlighted


def shown(text: str, *words: str, within_words: bool = False) -> str:
    parts = highlighted(text, words, within_words=within_words)
    return "".join(f"[{part.text}]" if part.is_match else part.text for part in parts)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Light and lighthouse", ["LIGHT"], "[Light] and [light]house"),
        ("Daylight", ["light"], "Daylight"),
        ("It isn't so", ["isn't"], "It [isn't] so"),
        ("It isn so", ["isn't"], "It [isn] so"),
        ("a.b (c*", ["c*", "a.b"], "[a.b] ([c*]"),
        ("light lighter", ["light", "lighter"], "[light] [lighter]"),
        ("<b>bold</b>", ["bold"], "<b>[bold]</b>"),
        ("Größe", ["größe"], "[Größe]"),
        ("nothing", [], "nothing"),
        ("", ["word"], ""),
    ],
)
def test_words_by_their_beginnings(text: str, words: list[str], expected: str) -> None:
    assert shown(text, *words) == expected


def test_in_titles_anywhere() -> None:
    assert shown("Daylight saving", "light", within_words=True) == "Day[light] saving"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.lists(st.text(max_size=5), max_size=4), st.booleans())
def test_the_pieces_are_the_text(text: str, words: list[str], within: bool) -> None:
    parts = highlighted(text, words, within_words=within)
    assert "".join(part.text for part in parts) == text
