"""The languages whose words we know. Another language is a module like ``english.py`` and a line here."""

from lms_domain.learning.languages.english import ENGLISH
from lms_domain.learning.languages.language_words import LanguageWords

NO_LANGUAGE = LanguageWords(language="")
"""Knows no words: rules fall back to what holds in every language."""

_KNOWN = {words.language: words for words in (ENGLISH,)}


def words_of(language: str) -> LanguageWords:
    """The words of a language by its ISO 639-1 code or a longer tag such as ``en-GB``; NO_LANGUAGE if unknown."""
    return _KNOWN.get(language.casefold().replace("_", "-").split("-", 1)[0], NO_LANGUAGE)
