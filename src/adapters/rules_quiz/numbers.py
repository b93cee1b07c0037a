"""Numbers that the video states: one in its sentence, with a unit, and no label."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from adapters.rules_quiz.quantities import Quantity, quantities_in
from adapters.rules_quiz.sentences import Sentence
from adapters.rules_quiz.words import BACKWARD, LEADERS, PASSING, POINTING, SUPPOSED, THEY, words_of

BLANK = "____"
_NEAR = 3
"""Sentences. What is said this close would be an answer as well, or give it away."""
_SHORTEST, _LONGEST = 8, 24
"""Words of a sentence that can be asked for."""
_OPENING = 6
"""Words. What "it" is here was named in the sentence before; later on, in this one."""
_CONTRACTED = re.compile(r"\w['’](?:s (?:a|an|the|not|only|about|where)|re|ll|ve|d|t)\b|n['’]t\b", re.IGNORECASE)
"""Nobody writes so what is meant to be remembered to the figure."""
_STUTTER = re.compile(r"\band(?: [\w'’-]+){1,2} and\b", re.IGNORECASE)
"""So sound names that were not understood: "public and ill and willy and reviewed"."""


@dataclass(frozen=True, slots=True)
class StatedNumber:
    """A sentence that states a number, and numbers with the same unit from elsewhere."""

    key: str
    accepted: tuple[str, ...]
    others: tuple[str, ...]
    prompt: str
    sentence: Sentence


def numbers_in(sentences: Sequence[Sentence]) -> Iterator[StatedNumber]:
    """Every number worth asking for, in order."""
    found = [(sentence, list(quantities_in(sentence.told()))) for sentence in sentences]
    for sentence, quantities in found:
        asked = _asked(quantities)
        if asked is None or not stands_alone(sentence):
            continue
        told = sentence.told()
        text = f"{told[: asked.start]}{BLANK}{told[asked.end :]}"
        if asked.start == 0 or PASSING.search(text) or _CONTRACTED.search(text):
            continue
        elsewhere = {
            other.text.casefold(): other.value
            for far, others in found
            if abs(far.place - sentence.place) > _NEAR
            for other in others
            if (other.unit, other.in_figures, other.is_label) == (asked.unit, asked.in_figures, False)
            and other.value not in {asked.value, 1.0}
        }
        yield StatedNumber(
            key=asked.text.casefold(),
            accepted=() if asked.in_figures else (f"{asked.value:,.0f}",),
            others=tuple(sorted(elsewhere, key=lambda text: (abs(elsewhere[text] - asked.value), text))),
            prompt=f"Which number belongs in the gap? “{text[:1].upper()}{text[1:]}.”",
            sentence=sentence,
        )


def stands_alone(sentence: Sentence) -> bool:
    """Whether somebody who reads nothing but this sentence understands it."""
    told = sentence.told()
    words = words_of(told)
    return (
        not sentence.is_question
        and _SHORTEST <= len(words) <= _LONGEST
        and words[0] not in BACKWARD | LEADERS
        and not THEY.intersection(words)
        and "it" not in words[:_OPENING]
        and "you" not in words
        and not (POINTING.search(told) or SUPPOSED.search(told) or _STUTTER.search(told))
    )


def _asked(quantities: Sequence[Quantity]) -> Quantity | None:
    """The one number of a sentence. A second one would make guesses of both; a year, a label or a "one" does not."""
    amounts = [
        each for each in quantities if each.value > 1 and not each.could_be_year and (each.unit or not each.is_label)
    ]
    if len(amounts) != 1 or amounts[0].is_label or not amounts[0].unit:
        return None
    is_figure_of_speech = amounts[0].unit == "percent" and amounts[0].value in {0, 50, 100, 110}
    return None if is_figure_of_speech else amounts[0]
