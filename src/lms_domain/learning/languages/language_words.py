"""What rules over text must know of one language: small word lists, all in folded form (see ``learning.wording``)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NO_NUMBERS: Mapping[str, int] = MappingProxyType({})
_NO_SYMBOLS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageWords:
    """The word lists of one language. Every list may be empty: then the rules that need it are silent.

    Phrases are words with single spaces between them.
    """

    language: str
    """ISO 639-1; empty for the words of no language."""
    articles: frozenset[str] = frozenset()
    vowel_articles: tuple[str, str] | None = None
    """The article before a consonant and the one before a vowel, where they tell options apart."""
    pronouns: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    """Words that point back when a sentence begins with them: what they mean was said before."""
    stop_words: frozenset[str] = frozenset()
    """Words that only hold a sentence together; pronouns and articles need not be repeated here."""
    vague_words: frozenset[str] = frozenset()
    """Words that mean something within a term, and nothing on their own: no answer consists of them alone."""
    negations: frozenset[str] = frozenset()
    deictic: frozenset[str] = frozenset()
    """Words and phrases that mean something only to those who were there, or who see the screen, or are the speaker."""
    catch_all: frozenset[str] = frozenset()
    """Options that speak about the other options."""
    number_words: Mapping[str, int] = field(default_factory=lambda: _NO_NUMBERS)
    multipliers: Mapping[str, int] = field(default_factory=lambda: _NO_NUMBERS)
    """Hundred and above: what they follow is multiplied."""
    number_joiner: str = ""
    """What may stand between a multiplier and the rest of a number."""
    symbols: Mapping[str, str] = field(default_factory=lambda: _NO_SYMBOLS)
    """Signs that are read out as a word."""
    endings: tuple[tuple[str, str], ...] = ()
    """Endings of inflected words and what takes their place, to be tried in this order."""

    def is_plain(self, word: str) -> bool:
        """Whether a word carries no knowledge: no term begins or ends with it."""
        return word in self.stop_words or word in self.pronouns or word in self.articles

    def is_weak(self, word: str) -> bool:
        """Whether a word alone says nothing that could be asked for."""
        return self.is_plain(word) or word in self.vague_words


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``, for writing lists of words down without quotation marks."""
    return frozenset(text.split())
