"""Quizzes for the tests of this folder."""

from datetime import UTC, datetime
from uuid import UUID

from lms_domain.learning.attempt import QuizAttempt, begin_attempt
from lms_domain.learning.quiz import McqQuestion, Option, Question, Quiz, QuizState, ShortAnswerQuestion

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PERSON = UUID(int=7)
ADMIN = UUID(int=8)


def an_mcq(number: int, **changes: object) -> McqQuestion:
    """A question with three options, of which the first is right; their ids are ``number * 10`` and following."""
    values: dict[str, object] = {
        "id": UUID(int=number),
        "prompt": f"Question {number}?",
        "options": tuple(
            Option(UUID(int=number * 10 + place), text, is_correct=place == 0)
            for place, text in enumerate(("exit ticket", "wait time", "cold calling"))
        ),
    }
    return McqQuestion(**(values | changes))  # type: ignore[arg-type]  # keyword arguments of one test


def a_short_answer(number: int, *accepted: str, **changes: object) -> ShortAnswerQuestion:
    """A question that is answered by typing one of ``accepted``."""
    values: dict[str, object] = {
        "id": UUID(int=number),
        "prompt": f"Question {number}?",
        "accepted_answers": accepted,
    }
    return ShortAnswerQuestion(**(values | changes))  # type: ignore[arg-type]  # keyword arguments of one test


def a_quiz(*questions: Question, **changes: object) -> Quiz:
    """A published quiz in English with these questions."""
    values: dict[str, object] = {
        "id": UUID(int=1000),
        "tenant_id": UUID(int=1001),
        "assignment_id": UUID(int=1002),
        "version": 1,
        "language": "en",
        "state": QuizState.PUBLISHED,
        "created_at": NOW,
        "updated_at": NOW,
    }
    quiz = Quiz(**(values | changes))  # type: ignore[arg-type]  # keyword arguments of one test
    return quiz.with_questions(questions, now=NOW)


def begun(quiz: Quiz, *earlier: QuizAttempt, now: datetime = NOW, seed: int = 1) -> QuizAttempt:
    """The next attempt of PERSON."""
    number = len(earlier) + 1
    return begin_attempt(quiz, earlier, attempt_id=UUID(int=2000 + number), user_id=PERSON, seed=seed, now=now)
