"""Quizzes and questions that make sense, and none that do not."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from lms_domain.errors import Conflict, InvalidInput
from lms_domain.learning.quiz import Evidence, Option, QuestionOrigin, QuizState, Review
from lms_domain.learning.quiz_reasons import QuizReason
from tests.unit.lms_domain.learning.quiz_samples import NOW, a_quiz, a_short_answer, an_mcq

LATER = NOW + timedelta(hours=1)
EVIDENCE = Evidence("An exit ticket is a short question.", 12.0, 15.5)


def options(*texts: str, correct: int = 0) -> tuple[Option, ...]:
    return tuple(Option(UUID(int=place), text, is_correct=place == correct) for place, text in enumerate(texts))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"options": options("one")}, "options"),
        ({"options": options(*"abcdefghi")}, "options"),
        ({"options": options("a", "b", correct=2)}, "options"),
        ({"options": (*options("a"), *options("b"))}, "options"),
        ({"options": options("Wait time", "wait  TIME")}, "options"),
        ({"options": options("a", " ")}, "options"),
        ({"options": tuple(Option(UUID(int=1), text, text == "a") for text in "ab")}, "options"),
        ({"prompt": " "}, "prompt"),
        ({"prompt": " padded "}, "prompt"),
        ({"prompt": "x" * 1001}, "prompt"),
        ({"points": 0}, "points"),
        ({"points": 101}, "points"),
        ({"position": -1}, "position"),
        ({"explanation": "x" * 2001}, "explanation"),
        ({"origin": QuestionOrigin.RULES}, "evidence"),
        ({"origin": QuestionOrigin.MODEL}, "evidence"),
    ],
)
def test_questions_that_cannot_be(changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        an_mcq(1, **changes)
    assert refused.value.errors[0].field == field


def test_short_answers_that_cannot_be() -> None:
    for broken in (
        {"accepted_answers": ("",)},
        {"accepted_answers": ("x",) * 21},
        {"tolerance": -1.0},
        {"tolerance": float("nan")},
    ):
        with pytest.raises(InvalidInput):
            a_short_answer(1, **broken)


@pytest.mark.parametrize(
    ("quote", "start", "end"),
    [(" ", 0, 1), ("x", 1, 1), ("x", 2, 1), ("x", -1, 1), ("x", 0, float("inf")), ("x" * 2001, 0, 1)],
)
def test_evidence_that_cannot_be(quote: str, start: float, end: float) -> None:
    with pytest.raises(InvalidInput):
        Evidence(quote, start, end)


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 0},
        {"attempts_allowed": 0},
        {"attempts_allowed": 21},
        {"time_limit_seconds": 29},
        {"time_limit_seconds": 4 * 3600 + 1},
        {"passing_score": 0},
        {"passing_score": 101},
    ],
)
def test_quizzes_that_cannot_be(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        a_quiz(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"attempts_allowed": 1, "time_limit_seconds": 30, "passing_score": 1},
        {"attempts_allowed": 20, "time_limit_seconds": 4 * 3600, "passing_score": 100},
    ],
)
def test_as_little_and_as_much_as_there_may_be(changes: dict[str, object]) -> None:
    two, eight = (tuple(Option(UUID(int=n), f"option {n}", n == 0) for n in range(size)) for size in (2, 8))
    questions = [an_mcq(1, options=two, points=1), an_mcq(2, options=eight, points=100, explanation="x" * 2000)]
    quiz = a_quiz(*questions, *(an_mcq(number) for number in range(3, 101)), **changes)
    assert len(quiz.asked) == 100


def test_questions_stand_in_order_and_once() -> None:
    quiz = a_quiz(an_mcq(1), a_short_answer(2, "x"))
    assert [question.position for question in quiz.questions] == [0, 1]
    for broken in ((an_mcq(1), an_mcq(1)), (an_mcq(1, position=1),), tuple(an_mcq(n, position=n) for n in range(101))):
        with pytest.raises(InvalidInput):
            replace(quiz, questions=broken)


def test_questions_are_put_in_replaced_and_taken_out() -> None:
    quiz = a_quiz(an_mcq(1), an_mcq(2))
    quiz = quiz.with_question(a_short_answer(3, "x"), now=LATER).with_question(an_mcq(1, points=5), now=LATER)
    assert [(question.id.int, question.points, question.position) for question in quiz.questions] == [
        (1, 5, 0),
        (2, 1, 1),
        (3, 1, 2),
    ]
    assert [question.id.int for question in quiz.without_question(UUID(int=1), now=LATER).questions] == [2, 3]
    assert quiz.updated_at == LATER


def test_only_accepted_questions_are_asked_and_a_quiz_without_any_is_not_published() -> None:
    reviews = (Review.DRAFT, Review.ACCEPTED, Review.REJECTED, Review.STALE)
    quiz = a_quiz(*(an_mcq(number, review=review) for number, review in enumerate(reviews)), state=QuizState.DRAFT)
    assert [question.id.int for question in quiz.asked] == [1]
    assert quiz.published(now=LATER).state is QuizState.PUBLISHED
    with pytest.raises(Conflict) as refused:
        quiz.with_question(an_mcq(1).reviewed(Review.REJECTED, "Not what was meant."), now=LATER).published(now=LATER)
    assert refused.value.code == "quiz_empty"


def test_a_retired_quiz_says_why() -> None:
    retired = a_quiz(an_mcq(1)).retired(QuizReason.REPLACED, now=LATER)
    assert (retired.state, retired.state_codes, retired.updated_at) == ("RETIRED", ("REPLACED",), LATER)
    assert retired.state_reason == "A newer version took its place."


def test_a_changed_quote_makes_generated_questions_stale() -> None:
    generated = {"origin": QuestionOrigin.RULES, "evidence": EVIDENCE}
    quiz = a_quiz(
        an_mcq(1, **generated),
        an_mcq(2, **generated),
        an_mcq(3, **generated, review=Review.REJECTED),
        an_mcq(4, evidence=EVIDENCE),
    )
    moved = replace(EVIDENCE, start=EVIDENCE.start + 5, end=EVIDENCE.end + 5)
    instead = {UUID(int=1): "Weight time is a pose.", UUID(int=2): "Never kept."}
    followed = quiz.with_stale_quotes({UUID(int=2): moved, UUID(int=3): moved}, instead, now=LATER)
    assert [question.review for question in followed.questions] == ["STALE", "ACCEPTED", "REJECTED", "ACCEPTED"]
    assert [question.evidence for question in followed.questions] == [EVIDENCE, moved, EVIDENCE, EVIDENCE]
    assert [question.said_now for question in followed.questions] == ["Weight time is a pose.", None, None, None]
    said = {UUID(int=1): EVIDENCE, UUID(int=2): EVIDENCE}
    assert quiz.with_stale_quotes(said, {}, now=LATER) is quiz
    again = followed.with_stale_quotes(said, {}, now=LATER).questions[0]
    assert (again.review, again.said_now) == ("STALE", EVIDENCE.quote), "until somebody has looked at it"


@pytest.mark.parametrize(
    ("review", "said_now", "quote"),
    [
        (Review.ACCEPTED, "Wait time is a pause.", "Wait time is a pause."),
        (Review.ACCEPTED, "", EVIDENCE.quote),
        (Review.REJECTED, "Wait time is a pause.", EVIDENCE.quote),
    ],
)
def test_whoever_accepts_a_stale_question_accepts_what_is_said_now(review: Review, said_now: str, quote: str) -> None:
    stale = an_mcq(1, origin=QuestionOrigin.RULES, evidence=EVIDENCE, review=Review.STALE, said_now=said_now)
    looked_at = stale.reviewed(review, "")
    assert looked_at.evidence == replace(EVIDENCE, quote=quote)
    assert (looked_at.review, looked_at.said_now) == (review, None)
