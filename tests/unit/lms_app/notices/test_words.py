"""Standard words are there in every language of the application, and say the same."""

from dataclasses import fields
from datetime import date
from string import Formatter

import pytest

from lms_app.notices.words import ENGLISH, LANGUAGES, SPANISH, Words, words_of


@pytest.mark.parametrize("locale", ["es", "es-MX", "es_AR", "ES"])
def test_a_school_reads_its_language(locale: str) -> None:
    assert words_of(locale) is SPANISH


@pytest.mark.parametrize("locale", ["en", "en-GB", "de", "", "est"])
def test_whoever_has_another_reads_english(locale: str) -> None:
    assert words_of(locale) is ENGLISH


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_every_language_fills_in_the_same(words: Words) -> None:
    for field in fields(Words):
        said, expected = getattr(words, field.name), getattr(ENGLISH, field.name)
        if isinstance(said, str):
            assert said
            assert _filled_in(said) == _filled_in(expected), field.name
    assert len(set(words.months)) == 12


def _filled_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_days_and_how_soon_they_come() -> None:
    day = date(2026, 3, 1)
    assert (ENGLISH.day(day), SPANISH.day(day)) == ("1 March 2026", "1 de marzo de 2026")
    assert [SPANISH.when(left) for left in (0, 1, 3)] == ["hoy", "mañana", "en 3 días"]
