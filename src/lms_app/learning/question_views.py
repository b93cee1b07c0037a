"""Quizzes as their administrators see them, with everything."""

from datetime import datetime
from uuid import UUID

import msgspec

from lms_domain.learning.quiz import (
    McqQuestion,
    Question,
    QuestionKind,
    QuestionOrigin,
    Quiz,
    QuizState,
    Review,
    ShortAnswerQuestion,
)
from lms_domain.learning.quiz_reasons import QuizReason


class KeyedOptionView(msgspec.Struct, frozen=True, kw_only=True):
    """One of the answers to choose from, and whether it is the right one."""

    id: UUID
    text: str
    is_correct: bool


class EvidenceView(msgspec.Struct, frozen=True, kw_only=True):
    """Where the video says it, in seconds from its start."""

    quote: str
    start: float
    end: float


class QuestionView(msgspec.Struct, frozen=True, kw_only=True):
    """A question. ``options`` is empty where nothing is to be chosen, ``accepted_answers`` where nothing is to be
    typed. ``order`` counts from 1. ``said_now``, of one that is STALE, is what the captions say in the place of its
    quote since they changed: empty where nobody speaks any more; null of all others."""

    id: UUID
    order: int
    kind: QuestionKind
    prompt: str
    options: list[KeyedOptionView]
    accepted_answers: list[str]
    points: int
    explanation: str
    evidence: EvidenceView | None
    origin: QuestionOrigin
    review: Review
    review_reason: str
    said_now: str | None


class QuizQuestionsView(msgspec.Struct, frozen=True, kw_only=True):
    """The version of a quiz that is worked on: the draft, or what learners meet when there is none. ``quiz_id`` is null
    while there is no question."""

    assignment_id: UUID
    quiz_id: UUID | None
    version: int
    state: QuizState
    state_reason: str
    state_codes: list[QuizReason]
    language: str
    attempts_allowed: int
    time_limit_seconds: int | None
    passing_score: int
    updated_at: datetime | None
    questions: list[QuestionView]


def view_of_question(question: Question) -> QuestionView:
    """A question with its key."""
    evidence = question.evidence
    return QuestionView(
        id=question.id,
        order=question.position + 1,
        kind=question.kind,
        prompt=question.prompt,
        options=[KeyedOptionView(id=each.id, text=each.text, is_correct=each.is_correct) for each in question.options]
        if isinstance(question, McqQuestion)
        else [],
        accepted_answers=list(question.accepted_answers) if isinstance(question, ShortAnswerQuestion) else [],
        points=question.points,
        explanation=question.explanation,
        evidence=EvidenceView(quote=evidence.quote, start=evidence.start, end=evidence.end)
        if evidence is not None
        else None,
        origin=question.origin,
        review=question.review,
        review_reason=question.review_reason,
        said_now=question.said_now,
    )


def view_of_questions(assignment_id: UUID, quiz: Quiz | None, *, passing_score: int) -> QuizQuestionsView:
    """A version of a quiz with its questions; None: there is none yet."""
    if quiz is None:
        return QuizQuestionsView(
            assignment_id=assignment_id,
            quiz_id=None,
            version=0,
            state=QuizState.DRAFT,
            state_reason="",
            state_codes=[],
            language="",
            attempts_allowed=0,
            time_limit_seconds=None,
            passing_score=passing_score,
            updated_at=None,
            questions=[],
        )
    return QuizQuestionsView(
        assignment_id=assignment_id,
        quiz_id=quiz.id,
        version=quiz.version,
        state=quiz.state,
        state_reason=quiz.state_reason,
        state_codes=list(quiz.state_codes),
        language=quiz.language,
        attempts_allowed=quiz.attempts_allowed,
        time_limit_seconds=quiz.time_limit_seconds,
        passing_score=quiz.passing_score,
        updated_at=quiz.updated_at,
        questions=[view_of_question(question) for question in quiz.questions],
    )
