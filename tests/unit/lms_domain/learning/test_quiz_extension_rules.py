"""More time and more attempts for one person."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.errors import Conflict, InvalidInput
from lms_domain.learning.attempt import GRACE, AttemptState, begin_attempt, may_see_answers
from lms_domain.learning.quiz_extension import QuizExtension, attempts_allowed, time_limit
from tests.unit.lms_domain.learning.quiz_samples import ADMIN, NOW, PERSON, a_quiz, an_mcq, begun

QUIZ = a_quiz(an_mcq(1), attempts_allowed=1, time_limit_seconds=90)
SECOND = timedelta(seconds=1)


def given_more(**more: int | str) -> QuizExtension:
    values: dict[str, object] = {
        "tenant_id": QUIZ.tenant_id,
        "assignment_id": QUIZ.assignment_id,
        "user_id": PERSON,
        "reason": "Reads slowly.",
        "given_by": ADMIN,
        "given_at": NOW,
    }
    return QuizExtension(**(values | more))  # type: ignore[arg-type]  # keyword arguments of one test


@settings(max_examples=60)
@given(st.integers(30, 14_400), st.integers(0, 14_400), st.integers(0, 300), st.integers(1, 20))
def test_more_is_never_less(limit: int, seconds: int, percent: int, attempts: int) -> None:
    quiz = a_quiz(an_mcq(1), time_limit_seconds=limit)
    more = given_more(extra_seconds=seconds, extra_percent=percent, extra_attempts=attempts)
    length = time_limit(quiz, more)
    assert length is not None
    exact = limit * (1 + percent / 100) + seconds
    assert limit + seconds <= length.total_seconds()
    assert exact - 1e-6 <= length.total_seconds() < exact + 1
    assert attempts_allowed(quiz, more) == quiz.attempts_allowed + attempts
    assert time_limit(quiz, None) == timedelta(seconds=limit)
    assert time_limit(a_quiz(an_mcq(1)), more) is None, "what has no end cannot be extended"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({}, "extra_seconds"),
        ({"extra_seconds": -1}, "extra_seconds"),
        ({"extra_seconds": 14_401}, "extra_seconds"),
        ({"extra_percent": 301}, "extra_percent"),
        ({"extra_attempts": 21}, "extra_attempts"),
        ({"extra_attempts": 1, "reason": ""}, "reason"),
        ({"extra_attempts": 1, "reason": " "}, "reason"),
        ({"extra_attempts": 1, "reason": "x" * 501}, "reason"),
    ],
)
def test_what_is_refused(more: dict[str, int | str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        given_more(**more)
    assert refused.value.errors[0].field == field


def test_it_holds_for_attempts_that_begin_later() -> None:
    first = begun(QUIZ)
    first.submit(QUIZ, {}, now=NOW)
    more = given_more(extra_attempts=1, extra_percent=100)
    assert may_see_answers(QUIZ, [first])
    assert not may_see_answers(QUIZ, [first], more), "there is another attempt to come"
    with pytest.raises(Conflict, match="all attempts"):
        begun(QUIZ, first)
    second = begin_attempt(QUIZ, [first], attempt_id=ADMIN, user_id=PERSON, seed=1, now=NOW, extension=more)
    assert (second.number, second.expires_at) == (2, NOW + timedelta(seconds=180))
    second.submit(QUIZ, {}, now=NOW)
    assert may_see_answers(QUIZ, [first, second], more)


class TestAnAttemptThatIsGoingOn:
    end = NOW + timedelta(seconds=90)

    @pytest.mark.parametrize("late", [-90 * SECOND, -SECOND, 0 * SECOND, GRACE], ids=str)
    def test_lasts_longer_until_the_last_moment(self, late: timedelta) -> None:
        attempt = begun(QUIZ)
        assert attempt.prolong(timedelta(seconds=150), now=self.end + late)
        assert attempt.expires_at == NOW + timedelta(seconds=150)
        assert not attempt.close_if_over(QUIZ, now=self.end + GRACE + SECOND)

    def test_is_over_a_moment_later(self) -> None:
        attempt = begun(QUIZ)
        after = self.end + GRACE + timedelta(microseconds=1)
        assert not attempt.prolong(timedelta(hours=4), now=after)
        assert attempt.expires_at == self.end
        assert attempt.close_if_over(QUIZ, now=after)
        assert (attempt.state, attempt.submitted_at) == (AttemptState.GRADED, self.end)
        assert not attempt.prolong(timedelta(hours=4), now=after)

    @settings(max_examples=40)
    @given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 120)), max_size=6))
    def test_is_never_shortened(self, given_: list[tuple[int, int]]) -> None:
        attempt, until = begun(QUIZ), self.end
        for limit, at in given_:
            was_more = attempt.prolong(timedelta(seconds=limit), now=NOW + timedelta(seconds=at))
            assert attempt.expires_at is not None
            assert attempt.expires_at >= until
            assert was_more == (attempt.expires_at > until)
            until = attempt.expires_at

    def test_without_an_end_has_none_afterwards(self) -> None:
        attempt = begun(a_quiz(an_mcq(1)))
        assert not attempt.prolong(timedelta(hours=1), now=NOW)
        assert attempt.expires_at is None
