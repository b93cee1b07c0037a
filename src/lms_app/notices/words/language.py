"""The languages in which people are told something and get mail; the words are in the files beside this one, one for
each subject.

A person has no language of their own, and one reminder says the same to everybody: the school's language counts. Where
it is none of these, the words are English. Operators have no school, and read English.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

W = TypeVar("W")


class Language(StrEnum):
    """BCP 47."""

    ENGLISH = "en"
    SPANISH = "es"


@dataclass(frozen=True, slots=True, kw_only=True)
class InEach(Generic[W]):
    """The same words in every language. In braces stands what is filled in, the same in each; names of people, schools
    and courses are as they wrote them."""

    english: W
    spanish: W

    def of(self, language: Language) -> W:
        """Those of one."""
        return self.spanish if language is Language.SPANISH else self.english


def language_of(locale: str) -> Language:
    """The language for a school's locale (``es``, ``es-MX``, ``es_MX``)."""
    code = locale.replace("_", "-").partition("-")[0].lower()
    return next((language for language in Language if language.value == code), Language.ENGLISH)
