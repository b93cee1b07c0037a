"""Quizzes as those see them who answer them. What is right is said only when it may be."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from lms_domain.learning.attempt import AttemptState, QuizAttempt, best_score, may_see_answers
from lms_domain.learning.grading import Answer, OptionAnswer, TextAnswer, Verdict
from lms_domain.learning.quiz import McqQuestion, Question, QuestionKind, Quiz, ShortAnswerQuestion
from lms_domain.learning.quiz_extension import QuizExtension, attempts_allowed, time_limit


class OptionView(msgspec.Struct, frozen=True, kw_only=True):
    """One of the answers to choose from."""

    id: UUID
    text: str


class AskedQuestionView(msgspec.Struct, frozen=True, kw_only=True):
    """A question as it is asked. ``order`` counts from 1; options, of a question to choose from, are in the order in
    which this person sees them."""

    id: UUID
    order: int
    kind: QuestionKind
    prompt: str
    points: int
    options: list[OptionView] | UnsetType = UNSET


class GivenAnswerView(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody answered: an option or a text."""

    option_id: UUID | UnsetType = UNSET
    text: str | UnsetType = UNSET


class OpenAttemptView(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt that is not handed in. ``draft`` has the answers kept so far, by question."""

    id: UUID
    started_at: datetime
    expires_at: datetime | None
    draft: dict[str, GivenAnswerView]


class VideoPartView(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the video, in seconds from its start."""

    start: float
    end: float


class ShownEvidenceView(msgspec.Struct, frozen=True, kw_only=True):
    """Where the video says it, in seconds from its start."""

    quote: str
    start: float
    end: float


class CorrectAnswerView(msgspec.Struct, frozen=True, kw_only=True):
    """The right answer; ``option_id`` where one was to be chosen."""

    option_id: UUID | None
    text: str


class QuestionResultView(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one answer. ``correct`` is null until a person has read it. ``part`` is what to watch again after
    a wrong answer, where the video speaks of what was asked; it says where, and not what. The last three are there once
    the answers may be shown: after passing, or after the last attempt."""

    question_id: UUID
    correct: bool | None
    your_answer: GivenAnswerView | None
    part: VideoPartView | None
    correct_answer: CorrectAnswerView | UnsetType | None = UNSET
    explanation: str | UnsetType = UNSET
    evidence: ShownEvidenceView | UnsetType | None = UNSET


class QuizResultView(msgspec.Struct, frozen=True, kw_only=True):
    """The attempt that was handed in last. ``score`` is percent; null until it is graded."""

    score: float | None
    passed: bool | None
    graded_at: datetime | None
    questions: list[QuestionResultView]


class TakenQuizView(msgspec.Struct, frozen=True, kw_only=True):
    """A quiz for the person who answers it. Questions of a quiz with a time limit are there once an attempt has begun.
    ``best_score`` is percent, of all attempts. Attempts and time are what this person has, with what they were given
    beyond what everybody has."""

    assignment_id: UUID
    quiz_id: UUID
    attempts_allowed: int
    attempts_used: int
    best_score: float | None
    passing_score: int
    time_limit_seconds: int | None
    attempt: OpenAttemptView | None
    questions: list[AskedQuestionView]
    result: QuizResultView | UnsetType = UNSET


def view_of_quiz(
    quiz: Quiz,
    attempts: tuple[QuizAttempt, ...],
    shown: QuizAttempt | None,
    extension: QuizExtension | None = None,
) -> TakenQuizView:
    """A quiz for one person.

    Args:
        attempts: theirs, at every version of it, the oldest first.
        shown: the attempt whose questions are shown; None hides them.
        extension: what they are given beyond what everybody has.
    """
    here = [attempt for attempt in attempts if attempt.quiz_id == quiz.id]
    current = next((attempt for attempt in here if attempt.state is AttemptState.OPEN), None)
    last = next((attempt for attempt in reversed(here) if attempt.state is not AttemptState.OPEN), None)
    limit = time_limit(quiz, extension)
    return TakenQuizView(
        assignment_id=quiz.assignment_id,
        quiz_id=quiz.id,
        attempts_allowed=attempts_allowed(quiz, extension),
        attempts_used=len(here),
        best_score=best_score(attempts),
        passing_score=quiz.passing_score,
        time_limit_seconds=int(limit.total_seconds()) if limit is not None else None,
        attempt=_view_of_attempt(current) if current is not None else None,
        questions=_questions(quiz, shown) if shown is not None else [],
        result=_result(quiz, last, with_key=may_see_answers(quiz, here, extension)) if last is not None else UNSET,
    )


def _questions(quiz: Quiz, attempt: QuizAttempt) -> list[AskedQuestionView]:
    return [
        AskedQuestionView(
            id=question.id,
            order=place,
            kind=question.kind,
            prompt=question.prompt,
            points=question.points,
            options=[OptionView(id=option.id, text=option.text) for option in attempt.served_options(quiz, question)]
            if isinstance(question, McqQuestion)
            else UNSET,
        )
        for place, question in enumerate(attempt.questions(quiz), start=1)
    ]


def _view_of_attempt(attempt: QuizAttempt) -> OpenAttemptView:
    return OpenAttemptView(
        id=attempt.id,
        started_at=attempt.started_at,
        expires_at=attempt.expires_at,
        draft={str(question_id): given_answer(answer) for question_id, answer in attempt.draft.items()},
    )


def _result(quiz: Quiz, attempt: QuizAttempt, *, with_key: bool) -> QuizResultView:
    return QuizResultView(
        score=attempt.score,
        passed=attempt.passed,
        graded_at=attempt.graded_at,
        questions=[_question_result(attempt, question, with_key=with_key) for question in attempt.questions(quiz)],
    )


def _question_result(attempt: QuizAttempt, question: Question, *, with_key: bool) -> QuestionResultView:
    mark, answer = attempt.marks.get(question.id), attempt.answers.get(question.id)
    is_open = mark is None or mark.verdict is Verdict.NEEDS_REVIEW
    correct = None if mark is None or is_open else mark.verdict is Verdict.RIGHT
    evidence = question.evidence
    result = QuestionResultView(
        question_id=question.id,
        correct=correct,
        your_answer=given_answer(answer) if answer is not None else None,
        part=VideoPartView(start=evidence.start, end=evidence.end)
        if evidence is not None and correct is False
        else None,
    )
    if not with_key:
        return result
    return msgspec.structs.replace(
        result,
        correct_answer=_key(question),
        explanation=question.explanation,
        evidence=ShownEvidenceView(quote=evidence.quote, start=evidence.start, end=evidence.end)
        if evidence is not None
        else None,
    )


def _key(question: Question) -> CorrectAnswerView | None:
    match question:
        case McqQuestion():
            return CorrectAnswerView(option_id=question.correct_option.id, text=question.correct_option.text)
        case ShortAnswerQuestion():
            accepted = question.accepted_answers
            return CorrectAnswerView(option_id=None, text=accepted[0]) if accepted else None


def given_answer(answer: Answer) -> GivenAnswerView:
    """An answer, as clients see it."""
    match answer:
        case OptionAnswer():
            return GivenAnswerView(option_id=answer.option_id)
        case TextAnswer():
            return GivenAnswerView(text=answer.text)
