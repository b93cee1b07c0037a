"""How a quiz's questions did: how many got them right, whether they tell who knows more, and what to look at.

Few answers prove nothing: advice is given only where it would be the same nine times in ten.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

MIN_PEOPLE = 5
"""Below so many nothing is said."""
MIN_FOR_UNUSED = 20
"""Answers, below which an option may be unused by chance."""
UNUSED_SHARE = 0.05
EASY, SURELY_EASY = 0.9, 0.8
"""So many are right, and it cannot well be fewer than so many."""
HARD, SURELY_HARD = 0.3, 0.5
WEAK_DISCRIMINATION = 0.2
"""Below this a question says little about what else somebody knows."""
MIN_OF_EACH = 5
"""Right and wrong answers, each, before a question is called one that tells nothing."""
MIN_CHOSEN = 5
"""People who chose the same wrong option, before its being wrong is doubted."""
_NINE_IN_TEN = 1.2816
"""Standard errors within which a one-sided estimate holds nine times in ten."""


class Advice(StrEnum):
    """What whoever wrote a question should look at."""

    TOO_EASY = "TOO_EASY"
    TOO_HARD = "TOO_HARD"
    NO_DISCRIMINATION = "NO_DISCRIMINATION"
    UNUSED_OPTION = "UNUSED_OPTION"
    POSSIBLY_WRONG_KEY = "POSSIBLY_WRONG_KEY"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionTally:
    """One of the options. ``graded`` and ``rest_sum`` count attempts that are graded wholly: how many of those chose
    it, and their points elsewhere."""

    id: UUID
    is_correct: bool
    chosen: int
    graded: int
    rest_sum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTally:
    """What is counted of one question, over one attempt of each person.

    The last five are about attempts that are graded wholly. ``rest``: somebody's points in the other questions.
    """

    asked: int
    """Answers that are judged, those left empty among them."""
    answered: int
    """Answers that are not empty, judged or not."""
    correct: int
    graded: int
    graded_correct: int
    rest_sum: int
    rest_square_sum: int
    rest_sum_of_correct: int
    options: Sequence[OptionTally] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFigures:
    """What the counts of one question say."""

    difficulty: float | None
    """The share of right answers, 0 to 1: the higher, the easier. None: nobody was asked."""
    discrimination: float | None
    """How right answers go together with points elsewhere, -1 to 1 (point-biserial with the rest of the score). None:
    too few attempts, or no differences between them."""
    unused_option_ids: tuple[UUID, ...]
    advice: tuple[Advice, ...]


def figures_of(tally: ItemTally) -> ItemFigures:
    """What the counts of one question say."""
    share = tally.correct / tally.asked if tally.asked else None
    discrimination = _discrimination(tally)
    unused = _unused(tally)
    # Whoever marked the wrong answer need not read what follows from it.
    is_doubtful = _key_is_doubtful(tally, discrimination)
    says = {
        Advice.POSSIBLY_WRONG_KEY: is_doubtful,
        Advice.TOO_EASY: _is_easy(tally),
        Advice.TOO_HARD: _is_hard(tally),
        Advice.NO_DISCRIMINATION: not is_doubtful and _tells_nothing(tally, discrimination),
        Advice.UNUSED_OPTION: bool(unused),
    }
    return ItemFigures(
        difficulty=share,
        discrimination=discrimination,
        unused_option_ids=unused,
        advice=tuple(advice for advice, is_said in says.items() if is_said),
    )


def at_least(count: int, of: int) -> float:
    """The share that it hardly is below: the lower end of Wilson's interval."""
    return 1 - at_most(of - count, of)


def at_most(count: int, of: int) -> float:
    """The share that it hardly is above: the upper end of Wilson's interval; 1 of nothing."""
    if count == of:
        # To the last bit, also of nothing.
        return 1.0
    share, spread = count / of, _NINE_IN_TEN**2 / of
    half = _NINE_IN_TEN * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    return min(1.0, (share + spread / 2 + half) / (1 + spread))


def _is_easy(tally: ItemTally) -> bool:
    is_mostly_right = tally.asked >= MIN_PEOPLE and tally.correct >= EASY * tally.asked
    return is_mostly_right and at_least(tally.correct, tally.asked) >= SURELY_EASY


def _is_hard(tally: ItemTally) -> bool:
    is_mostly_wrong = tally.asked >= MIN_PEOPLE and tally.correct <= HARD * tally.asked
    return is_mostly_wrong and at_most(tally.correct, tally.asked) <= SURELY_HARD


def _discrimination(tally: ItemTally) -> float | None:
    """Pearson's correlation of right (1) or not (0) with the rest, from whole numbers: nothing is lost by rounding."""
    n, right = tally.graded, tally.graded_correct
    if n < MIN_PEOPLE:
        return None
    of_right = right * (n - right)
    of_rest = n * tally.rest_square_sum - tally.rest_sum**2
    if not of_right or not of_rest:
        return None
    together = n * tally.rest_sum_of_correct - right * tally.rest_sum
    return max(-1.0, min(1.0, together / math.sqrt(of_right * of_rest)))


def _hardly_above(discrimination: float, graded: int) -> float:
    """The correlation that it hardly is above, by Fisher's transformation."""
    if abs(discrimination) >= 1 or graded <= 3:
        return discrimination if graded > 3 else 1.0
    return math.tanh(math.atanh(discrimination) + _NINE_IN_TEN / math.sqrt(graded - 3))


def _tells_nothing(tally: ItemTally, discrimination: float | None) -> bool:
    if discrimination is None or min(tally.graded_correct, tally.graded - tally.graded_correct) < MIN_OF_EACH:
        return False
    return _hardly_above(discrimination, tally.graded) < WEAK_DISCRIMINATION


def _unused(tally: ItemTally) -> tuple[UUID, ...]:
    """Wrong options that next to nobody falls for. A right one that nobody chooses is another matter."""
    if tally.answered < MIN_FOR_UNUSED:
        return ()
    return tuple(
        option.id for option in tally.options if not option.is_correct and option.chosen < UNUSED_SHARE * tally.answered
    )


def _key_is_doubtful(tally: ItemTally, discrimination: float | None) -> bool:
    """Whether those who know more answer "wrong": surely more of them than not, or with one and the same option, which
    more people choose than the key and which those choose who have more points elsewhere."""
    if (
        discrimination is not None
        and min(tally.graded_correct, tally.graded - tally.graded_correct) >= MIN_OF_EACH
        and _hardly_above(discrimination, tally.graded) < 0
    ):
        return True
    key = next((option for option in tally.options if option.is_correct), None)
    return key is not None and any(
        not option.is_correct
        and option.graded >= MIN_CHOSEN
        and at_least(option.graded, option.graded + key.graded) > 1 / 2
        # Compared crosswise: means without dividing. Where nobody chose the key, everybody chose "wrong".
        and option.rest_sum * max(1, key.graded) > key.rest_sum * option.graded
        for option in tally.options
    )
