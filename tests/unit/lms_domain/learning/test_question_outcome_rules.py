"""What a change of a quiz means for the questions that a generator proposed."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from uuid import UUID

import pytest

from lms_domain.learning.question_outcome import Outcome, outcomes_of, proposals_of
from lms_domain.learning.quiz import Evidence, QuestionOrigin, Quiz, Review
from tests.unit.lms_domain.learning.quiz_samples import NOW, a_quiz, an_mcq

PROPOSED = an_mcq(
    1, origin=QuestionOrigin.RULES, rule="definition", evidence=Evidence("It is.", 1, 2), review=Review.DRAFT
)
QUIZ = a_quiz(PROPOSED, an_mcq(2), generator="rules-en/1")


def new_ids() -> Callable[[], UUID]:
    numbers = count(1)
    return lambda: UUID(int=next(numbers))


def became(after: Quiz, before: Quiz = QUIZ) -> list[tuple[Outcome, str]]:
    found = outcomes_of(before, after, new_id=new_ids(), at=NOW)
    assert {(each.question_id, each.rule, each.generator) for each in found} <= {
        (PROPOSED.id, "definition", "rules-en/1")
    }
    return [(each.outcome, each.reason) for each in found]


def with_one(**changes: object) -> Quiz:
    return QUIZ.with_question(replace(PROPOSED, **changes), now=NOW)  # type: ignore[arg-type]  # fields of one test


def test_only_what_was_generated_is_proposed() -> None:
    (found,) = proposals_of(QUIZ, new_id=new_ids(), at=NOW)
    assert (found.question_id, found.outcome, found.rule) == (PROPOSED.id, Outcome.PROPOSED, "definition")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (QUIZ, []),
        (with_one(review=Review.ACCEPTED), [(Outcome.ACCEPTED, "")]),
        (with_one(review=Review.REJECTED, review_reason=" Too easy. "), [(Outcome.REJECTED, "Too easy.")]),
        (with_one(review=Review.ACCEPTED, prompt="Better?"), [(Outcome.EDITED, "")]),
        (with_one(review=Review.STALE), [(Outcome.STALE, "")]),
        (QUIZ.without_question(PROPOSED.id, now=NOW), [(Outcome.REJECTED, "")]),
        (QUIZ.with_questions(reversed(QUIZ.questions), now=NOW), []),
        (QUIZ.with_question(an_mcq(3), now=NOW), []),
        (QUIZ.without_question(UUID(int=2), now=NOW), []),
    ],
)
def test_what_a_change_means(after: Quiz, expected: list[tuple[Outcome, str]]) -> None:
    assert became(after) == expected


def test_what_was_decided_is_not_decided_again() -> None:
    rejected = with_one(review=Review.REJECTED, review_reason="Dull.")
    assert became(rejected, rejected) == []
    assert became(rejected.without_question(PROPOSED.id, now=NOW), rejected) == []
    assert became(with_one(review=Review.REJECTED, review_reason="Wrong."), rejected) == [(Outcome.REJECTED, "Wrong.")]
    assert became(with_one(review=Review.ACCEPTED), rejected) == [(Outcome.ACCEPTED, "")]
