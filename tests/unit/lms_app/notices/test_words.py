"""What people are told is there in every language of the application, and says the same."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter

import pytest

from lms_app.notices import words as catalogue
from lms_app.notices.words.figures import (
    FIGURES,
    day_in_words,
    lifetime_in_words,
    number_in_words,
    percent_in_words,
    when_in_words,
)
from lms_app.notices.words.language import InEach, Language, language_of

ENGLISH, SPANISH = Language.ENGLISH, Language.SPANISH


def subjects() -> Iterator[tuple[str, InEach[object]]]:
    """Whatever the catalogue has, by its name."""
    for module in iter_modules(catalogue.__path__):
        found = vars(import_module(f"{catalogue.__name__}.{module.name}"))
        yield from ((f"{module.name}.{name}", each) for name, each in found.items() if isinstance(each, InEach))


SUBJECTS = dict(subjects())


def sentences(words: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text with its key, whatever it stands in."""
    if isinstance(words, str):
        yield key, words
    elif isinstance(words, tuple):
        for number, each in enumerate(words):
            yield from sentences(each, f"{key}[{number}]")
    else:
        assert is_dataclass(words), key
        for field in fields(words):
            yield from sentences(getattr(words, field.name), f"{key}.{field.name}")


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
