"""What people are told is there in every language of the application, and says the same."""

from datetime import date, timedelta
from string import Formatter

import pytest

from lms_app.notices.words.figures import (
    FIGURES,
    day_in_words,
    lifetime_in_words,
    number_in_words,
    percent_in_words,
    when_in_words,
)
from lms_app.notices.words.language import Language, language_of
from tests.unit.lms_app.notices.catalogue import SUBJECTS, sentences

ENGLISH, SPANISH = Language.ENGLISH, Language.SPANISH


def filled_in(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("locale", ["es", "es-MX", "es_AR", "ES"])
def test_a_school_reads_its_language(locale: str) -> None:
    assert language_of(locale) is SPANISH


@pytest.mark.parametrize("locale", ["en", "en-GB", "de", "", "est"])
def test_whoever_has_another_reads_english(locale: str) -> None:
    assert language_of(locale) is ENGLISH


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_language_has_the_same_keys_and_fills_in_the_same(subject: str) -> None:
    english, spanish = (dict(sentences(SUBJECTS[subject].of(language))) for language in (ENGLISH, SPANISH))
    assert english.keys() == spanish.keys()
    for key, text in english.items():
        assert text.strip()
        assert filled_in(text) == filled_in(spanish[key]), key
        # What is put before a name ends as it does in the other language: in a space, or not.
        assert text.endswith(": ") == spanish[key].endswith(": "), key
        assert not set("“”") & set(spanish[key]), key


def test_nothing_is_left_in_english() -> None:
    assert len(SUBJECTS) >= 20
    same = {
        key
        for name, words in SUBJECTS.items()
        for key, text in sentences(words.of(ENGLISH), name)
        if text == dict(sentences(words.of(SPANISH), name))[key]
    }
    assert same == set()


def test_days_numbers_and_how_soon_something_comes() -> None:
    day, half_an_hour = date(2026, 11, 18), timedelta(minutes=30)
    assert [day_in_words(day, each) for each in (ENGLISH, SPANISH)] == ["18 November 2026", "18 de noviembre de 2026"]
    assert [len(set(FIGURES.of(each).months)) for each in Language] == [12, 12]
    assert [when_in_words(left, SPANISH) for left in (0, 1, 3)] == ["hoy", "mañana", "en 3 días"]
    assert [percent_in_words(75, each) for each in (ENGLISH, SPANISH)] == ["75 %", "75 %"]
    assert [number_in_words(7.5, each) for each in (ENGLISH, SPANISH)] == ["7.5", "7,5"]
    assert [lifetime_in_words(each, SPANISH) for each in (half_an_hour, timedelta(days=14))] == [
        "30 minutos",
        "14 días",
    ]
