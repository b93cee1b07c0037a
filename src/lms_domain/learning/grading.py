"""What an answer is worth. Case, accents, spaces, articles and small slips of the fingers do not matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from lms_domain.learning.languages.known import words_of
from lms_domain.learning.languages.language_words import LanguageWords
from lms_domain.learning.quiz import McqQuestion, Question, ShortAnswerQuestion
from lms_domain.learning.wording import as_number, terms, typing_distance

MAX_SLIPS = 2
"""In a whole answer."""
MAX_EXTRA_WORDS = 2
"""Of a unit beside a number."""


@dataclass(frozen=True, slots=True)
class OptionAnswer:
    """The option that was chosen."""

    option_id: UUID


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """What was typed."""

    text: str


Answer = OptionAnswer | TextAnswer


class Verdict(StrEnum):
    """What one answer is worth. NEEDS_REVIEW: only a person can say."""

    RIGHT = "RIGHT"
    WRONG = "WRONG"
    NEEDS_REVIEW = "NEEDS_REVIEW"


def grade_question(question: Question, answer: Answer | None, *, language: str) -> Verdict:
    """The worth of an answer; None: there was none. An answer of another kind than the question's is WRONG.

    Args:
        language: ISO 639-1 of the question; articles and number words are known for some.
    """
    match question, answer:
        case McqQuestion(), OptionAnswer():
            return _verdict(answer.option_id == question.correct_option.id)
        case ShortAnswerQuestion(), TextAnswer() if answer.text.strip():
            if not question.accepted_answers:
                return Verdict.NEEDS_REVIEW
            words = words_of(language)
            given = terms(answer.text, words)
            is_right = any(
                means_the_same(terms(accepted, words), given, words, tolerance=question.tolerance)
                for accepted in question.accepted_answers
            )
            return Verdict.NEEDS_REVIEW if question.is_read and not is_right else _verdict(is_right)
        case _:
            return Verdict.WRONG


def reads_the_same(first: str, second: str, *, language: str) -> bool:
    """Whether two typed answers are the same words: only case, accents, articles, signs and spaces differ."""
    words = words_of(language)
    return first == second or (terms(first, words) == terms(second, words) != [])


def means_the_same(
    accepted: Sequence[str], given: Sequence[str], words: LanguageWords, *, tolerance: float = 0.0
) -> bool:
    """Whether ``given`` is ``accepted`` but for slips. Both are ``terms``.

    A number with its unit may be given without it, a bare number with one. Other words must all be there, in order.
    """
    if not given:
        # Answers that are nothing but signs have no words to compare.
        return False
    wanted_number, wanted_unit = _number_and_unit(accepted)
    if wanted_number is not None:
        number, unit = _number_and_unit(given)
        if number is None or abs(number - wanted_number) > _margin(wanted_number, tolerance):
            return False
        if not unit or (not wanted_unit and len(unit) <= MAX_EXTRA_WORDS):
            return not words.negations.intersection(unit)
        return _same_words(sorted(wanted_unit), sorted(unit))
    return _same_words(accepted, given)


def _same_words(accepted: Sequence[str], given: Sequence[str]) -> bool:
    if "".join(accepted) == "".join(given):
        return True
    if len(accepted) != len(given):
        return False
    slips = 0
    for wanted, word in zip(accepted, given, strict=True):
        if wanted == word:
            continue
        distance = typing_distance(wanted, word)
        if distance > _slips_allowed(wanted) or wanted[0] != word[0]:
            return False
        slips += distance
    return slips <= MAX_SLIPS


def _slips_allowed(word: str) -> int:
    """Slips that leave a word recognisable. Never in numbers and formulas. The caller also keeps the first letter:
    it is seldom mistyped, and often all that tells opposites apart (inductive, deductive)."""
    if not word.isalpha() or len(word) < 5:
        return 0
    return 1 if len(word) < 9 else 2


def _number_and_unit(parts: Sequence[str]) -> tuple[Decimal | None, list[str]]:
    """The only number of an answer, and the few words beside it; no number when it is another kind of answer."""
    numbers = [number for part in parts if (number := as_number(part)) is not None]
    rest = [part for part in parts if as_number(part) is None]
    return (numbers[0], rest) if len(numbers) == 1 and len(rest) <= MAX_EXTRA_WORDS else (None, list(parts))


def _margin(wanted: Decimal, tolerance: float) -> Decimal:
    """Half of the last digit that the accepted answer has after its point, or what the author allows.

    A whole number is meant as it stands.
    """
    exponent = wanted.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    rounding = Decimal(1).scaleb(-places) / 2 if places > 0 else Decimal(0)
    return max(rounding, Decimal(str(tolerance)))


def _verdict(is_right: bool) -> Verdict:
    return Verdict.RIGHT if is_right else Verdict.WRONG
