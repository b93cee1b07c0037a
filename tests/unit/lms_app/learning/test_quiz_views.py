"""What a quiz tells the person who answered it."""

from dataclasses import replace
from uuid import UUID

import msgspec

from lms_app.learning.quiz_views import QuizResultView, VideoPartView, view_of_quiz
from lms_domain.learning.grading import Answer, OptionAnswer
from lms_domain.learning.quiz import Evidence, Quiz
from tests.unit.lms_domain.learning.quiz_samples import NOW, a_quiz, an_mcq, begun

PARTS = (Evidence("Said first.", 3.5, 9.25), Evidence("Said second.", 20, 24))
FIRST, SECOND = (replace(an_mcq(number), evidence=part) for number, part in enumerate(PARTS, start=1))
UNCITED = an_mcq(3)
QUIZ = replace(a_quiz(FIRST, SECOND, UNCITED), attempts_allowed=2)
ONE_RIGHT: dict[UUID, Answer] = {FIRST.id: OptionAnswer(FIRST.correct_option.id)}


def result_after(quiz: Quiz, *handed_in: dict[UUID, Answer]) -> QuizResultView:
    """What is said after these attempts."""
    attempts = []
    for answers in handed_in:
        attempt = begun(quiz, *attempts)
        attempt.submit(quiz, answers, now=NOW)
        attempts.append(attempt)
    result = view_of_quiz(quiz, tuple(attempts), attempts[-1]).result
    assert isinstance(result, QuizResultView)
    return result


def test_wrong_answers_say_where_to_look_before_anything_says_what_is_right() -> None:
    failed = result_after(QUIZ, ONE_RIGHT)
    assert [(each.correct, each.part) for each in failed.questions] == [
        (True, None),
        (False, VideoPartView(start=20, end=24)),
        (False, None),
    ]
    said = msgspec.json.encode(failed).decode()
    assert not any(word in said for word in ("correct_answer", "explanation", "evidence", "quote", "Said"))


def test_after_the_last_attempt_the_words_are_there_as_well() -> None:
    first, second, uncited = result_after(QUIZ, ONE_RIGHT, {}).questions
    for question, part in zip((first, second), PARTS, strict=True):
        assert question.part == VideoPartView(start=part.start, end=part.end)
        assert question.evidence
        assert question.evidence.quote == part.quote
    assert (uncited.part, uncited.evidence) == (None, None)
