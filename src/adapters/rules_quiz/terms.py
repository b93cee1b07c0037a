"""Which words of a video are its terms."""

import re
from collections import Counter
from collections.abc import Sequence

from adapters.rules_quiz.sentences import Sentence
from adapters.rules_quiz.words import is_weak, words_of
from lms_domain.learning.languages.english import ENGLISH
from lms_domain.learning.languages.language_words import word_set
from lms_domain.learning.wording import stem

_LONGEST = 4
"""Words."""
_VAGUE = word_set(
    """
    answer aspect aim approach bit case cause challenge chance choice conclusion danger day difference effect
    end example fact factor fun goal guy hope idea issue job key kid kind lesson life look lot man matter method
    mistake moment moral name news objective part people person place plan point principle problem purpose
    question reason result role rule secret sense side solution sort stage start step story strategy student
    task teacher technique time tip topic trick trouble truth type value video word work year
    """
)
"""Alone, or after nothing but an ordinal or a judgement, none of them is the name of anything."""
_PARTS = word_set("time point use need")
"""Words that mean little alone and may still be part of a name: "wait time"."""
_JUDGING = word_set(
    """
    bad best better big biggest central common core crucial different difficult easiest easy entire essential
    excellent fantastic final fine first fundamental good great greatest hard huge ideal important interesting
    key last main major next nice obvious old only other perfect powerful primary real right second simple
    single special third true ultimate useful whole wonderful worst
    """
)


class Terms:
    """How often each run of words is said, and which are written with a capital in the middle of a sentence."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._times: Counter[str] = Counter()
        self._proper: set[str] = set()
        self._common: set[str] = set()
        for sentence in sentences:
            words = [_singular(word) for word in sentence.words]
            self._times.update(
                " ".join(words[at : at + length])
                for length in range(1, _LONGEST + 1)
                for at in range(len(words) - length + 1)
            )
            for written in re.findall(r"(?<=[\w,] )[^\W_]+", sentence.text):
                (self._proper if written[0].isupper() else self._common).add(written.casefold())

    def times(self, term: str) -> int:
        """In how many places it is said, in the singular or the plural."""
        return self._times[" ".join(_singular(word) for word in words_of(term))]

    def as_written(self, term: str) -> str:
        """The term as it stands in the middle of a sentence: its first letter small unless it is a name's."""
        first, _, rest = term.partition(" ")
        keeps = (first.casefold() in self._proper and first.casefold() not in self._common) or first[1:] != (
            first[1:].casefold()
        )
        # A name of several words has capitals further on.
        keeps = keeps or any(word[:1].isupper() for word in rest.split())
        return term if keeps else f"{first[:1].casefold()}{first[1:]}{' ' if rest else ''}{rest}"


def is_term(text: str) -> bool:
    """Whether ``text`` can be the name of something that a lesson explains."""
    words = words_of(text)
    if not 1 <= len(words) <= _LONGEST or any(_is_loose(word) for word in words):
        return False
    telling = [word for word in words if word not in _JUDGING]
    return len("".join(telling)) > 3 and not (len(telling) == 1 and _singular(telling[0]) in _VAGUE | _PARTS)


def _is_loose(word: str) -> bool:
    return (is_weak(word) and word not in _PARTS) or not word[0].isalpha()


def _singular(word: str) -> str:
    return stem(word, ENGLISH) if word.endswith("s") else word
