"""A term of several words to be typed into the gap that it leaves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from adapters.rules_quiz.numbers import BLANK, stands_alone
from adapters.rules_quiz.sentences import Sentence
from adapters.rules_quiz.terms import Terms, is_term
from adapters.rules_quiz.words import stems_of, words_of

_FEWEST_TIMES = 3
"""A term heard only once or twice may be misheard, and would be a matter of luck to guess."""


@dataclass(frozen=True, slots=True)
class Cloze:
    """A sentence with a gap for ``term``."""

    term: str
    prompt: str
    sentence: Sentence


def clozes_in(sentences: Sequence[Sentence], known: Sequence[str], terms: Terms) -> Iterator[Cloze]:
    """Gaps for those of ``known`` that have several words and are said often enough to be trusted."""
    for term in known:
        if len(words_of(term)) < 2 or not is_term(term) or terms.times(term) < _FEWEST_TIMES:
            continue
        for sentence in sentences:
            told = sentence.told()
            at = told.casefold().find(term.casefold())
            if at < 0 or not stands_alone(sentence):
                continue
            text = f"{told[:at]}{BLANK}{told[at + len(term) :]}"
            if not stems_of(term) & stems_of(text):
                yield Cloze(term, f"Which term belongs in the gap? “{text[:1].upper()}{text[1:]}.”", sentence)
