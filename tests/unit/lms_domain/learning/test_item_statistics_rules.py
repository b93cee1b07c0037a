"""What counts of answers say about a question, and what they do not say when there are few."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lms_domain.learning.item_statistics import Advice, ItemTally, OptionTally, at_least, at_most, figures_of

KEY, *WRONG = (UUID(int=number) for number in range(1, 5))


@dataclass(frozen=True)
class Answered:
    """One person's answer to the question, and their points in the others."""

    option: UUID | None
    rest: int


def tally(people: Sequence[Answered]) -> ItemTally:
    """Counted the long way."""
    right = [each for each in people if each.option == KEY]
    return ItemTally(
        asked=len(people),
        answered=sum(each.option is not None for each in people),
        correct=len(right),
        graded=len(people),
        graded_correct=len(right),
        rest_sum=sum(each.rest for each in people),
        rest_square_sum=sum(each.rest**2 for each in people),
        rest_sum_of_correct=sum(each.rest for each in right),
        options=[
            OptionTally(
                id=option,
                is_correct=option == KEY,
                chosen=sum(each.option == option for each in people),
                graded=sum(each.option == option for each in people),
                rest_sum=sum(each.rest for each in people if each.option == option),
            )
            for option in (KEY, *WRONG)
        ],
    )


def those(number: int, option: UUID | None, rest: int) -> list[Answered]:
    return [Answered(option, rest)] * number


def advice(*people: Answered) -> set[Advice]:
    return set(figures_of(tally(people)).advice)


answers = st.lists(st.builds(Answered, st.sampled_from([None, KEY, *WRONG]), st.integers(0, 30)), max_size=40)


@settings(max_examples=80)
@given(answers)
def test_figures_are_those_of_the_textbook(people: list[Answered]) -> None:
    figures = figures_of(tally(people))
    right = [float(each.option == KEY) for each in people]
    rests = [float(each.rest) for each in people]
    assert figures.difficulty == (statistics.fmean(right) if people else None)
    is_told = len(people) >= 5 and len(set(right)) == 2 and len(set(rests)) > 1
    if not is_told:
        assert figures.discrimination is None
    else:
        assert figures.discrimination is not None
        assert figures.discrimination == pytest.approx(statistics.correlation(right, rests), abs=1e-9)
        assert -1 <= figures.discrimination <= 1


@settings(max_examples=60)
@given(answers, st.integers(1, 50))
def test_what_points_are_worth_and_who_comes_first_change_nothing(people: list[Answered], worth: int) -> None:
    same = [Answered(each.option, each.rest * worth + 3) for each in reversed(people)]
    one, other = figures_of(tally(people)), figures_of(tally(same))
    assert (one.difficulty, one.unused_option_ids) == (other.difficulty, other.unused_option_ids)
    assert (one.discrimination is None) == (other.discrimination is None)
    if one.discrimination is not None:
        assert other.discrimination == pytest.approx(one.discrimination, abs=1e-9)


@settings(max_examples=60)
@given(answers.filter(lambda people: len(people) < 5))
def test_of_fewer_than_five_nothing_is_said(people: list[Answered]) -> None:
    assert figures_of(tally(people)).advice == ()


@settings(max_examples=60)
@given(answers)
def test_no_question_is_too_easy_and_too_hard_and_unused_options_are_wrong_ones(people: list[Answered]) -> None:
    figures = figures_of(tally(people))
    assert not {Advice.TOO_EASY, Advice.TOO_HARD} <= set(figures.advice)
    assert KEY not in figures.unused_option_ids
    assert bool(figures.unused_option_ids) == (Advice.UNUSED_OPTION in figures.advice)
    assert figures.unused_option_ids == () or sum(each.option is not None for each in people) >= 20


@settings(max_examples=60)
@example(0, 128)
@given(st.integers(0, 200), st.integers(1, 200))
def test_bounds_enclose_the_share_and_close_in_on_it(count: int, more: int) -> None:
    of = count + more
    low, high = at_least(count, of), at_most(count, of)
    assert 0 <= low <= count / of <= high <= 1
    assert at_most(count * 4, of * 4) - at_least(count * 4, of * 4) < high - low
    # The textbook's form of the same.
    z, share = 1.2816, count / of
    middle = share + z * z / (2 * of)
    half = z * math.sqrt((share * (1 - share) + z * z / (4 * of)) / of)
    assert (low, high) == pytest.approx(
        ((middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)), abs=1e-9
    )


class TestAdvice:
    def test_easy_and_hard(self) -> None:
        assert Advice.TOO_EASY in advice(*those(20, KEY, 3))
        assert Advice.TOO_EASY not in advice(*those(5, KEY, 3)), "five prove nothing"
        assert Advice.TOO_EASY not in advice(*those(16, KEY, 3), *those(4, WRONG[0], 3))
        assert Advice.TOO_HARD in advice(*those(18, None, 3), *those(2, KEY, 3))
        assert Advice.TOO_HARD not in advice(*those(7, None, 3), *those(3, KEY, 3)), "ten prove little"

    def test_a_question_that_tells_nothing(self) -> None:
        spread = [Answered(option, rest) for rest in range(10) for option in (KEY, KEY, WRONG[0], WRONG[1])]
        assert figures_of(tally(spread)).discrimination == pytest.approx(0)
        assert Advice.NO_DISCRIMINATION not in advice(*spread[:20]), "by chance it may have looked so"
        assert Advice.NO_DISCRIMINATION in advice(*spread, *spread)
        telling = [*those(20, KEY, 8), *those(20, WRONG[0], 2)]
        assert advice(*telling, Answered(KEY, 1), Answered(WRONG[1], 9)) == {Advice.UNUSED_OPTION}

    def test_options_that_nobody_falls_for(self) -> None:
        people = [*those(10, KEY, 8), *those(8, WRONG[0], 2), *those(2, WRONG[1], 2)]
        assert figures_of(tally(people)).unused_option_ids == (WRONG[2],)
        assert figures_of(tally(people[1:])).unused_option_ids == (), "nineteen answers are too few"

    def test_a_key_that_is_perhaps_wrong(self) -> None:
        assert Advice.POSSIBLY_WRONG_KEY in advice(*those(12, WRONG[0], 9), *those(4, KEY, 3), *those(4, WRONG[1], 2))
        assert Advice.POSSIBLY_WRONG_KEY not in advice(*those(12, WRONG[0], 2), *those(4, KEY, 9)), "a common mistake"
        assert Advice.POSSIBLY_WRONG_KEY not in advice(*those(3, WRONG[0], 9), *those(2, KEY, 3)), "three prove nothing"
        assert Advice.POSSIBLY_WRONG_KEY in advice(*those(8, WRONG[0], 9)), "and nobody chose the key"
        typed = tally([*those(10, KEY, 2), *those(10, None, 8), *those(3, None, 3)])
        assert Advice.POSSIBLY_WRONG_KEY in figures_of(typed).advice, "those who know the rest are all wrong"
