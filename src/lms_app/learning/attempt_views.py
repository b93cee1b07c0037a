"""Attempts at quizzes as administrators see them, who may know every key."""

from datetime import datetime
from uuid import UUID

import msgspec

from lms_app.learning.question_views import EvidenceView
from lms_app.learning.quiz_views import GivenAnswerView, given_answer
from lms_domain.learning.attempt import AttemptState, QuizAttempt
from lms_domain.learning.grading import Verdict
from lms_domain.learning.quiz import McqQuestion, Question, QuestionKind, Quiz, Review, ShortAnswerQuestion


class AttemptTeacherView(msgspec.Struct, frozen=True, kw_only=True):
    """Whose attempt it is."""

    id: UUID
    name: str
    email: str


class AttemptView(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt at one version of a quiz. ``score`` is percent, null until it is graded; ``waiting_answers`` counts
    the answers that a person must read first. It is late when it was handed in after the due date, by the days of the
    school."""

    id: UUID
    teacher: AttemptTeacherView
    quiz_version: int
    number: int
    state: AttemptState
    started_at: datetime
    submitted_at: datetime | None
    graded_at: datetime | None
    score: float | None
    passed: bool | None
    waiting_answers: int
    is_late: bool


class ServedOptionView(msgspec.Struct, frozen=True, kw_only=True):
    """One of the answers to choose from."""

    id: UUID
    text: str
    is_correct: bool


class AnsweredQuestionView(msgspec.Struct, frozen=True, kw_only=True):
    """A question as it was asked, with its key and what was answered. Options are in the order in which this person saw
    them. ``verdict`` is null while the attempt is open; ``decided_by`` names the person who said so, null where the
    rules did. A withdrawn question counts for nobody."""

    id: UUID
    order: int
    kind: QuestionKind
    prompt: str
    points: int
    options: list[ServedOptionView]
    accepted_answers: list[str]
    explanation: str
    evidence: EvidenceView | None
    is_withdrawn: bool
    answer: GivenAnswerView | None
    verdict: Verdict | None
    decided_by: str | None


class AttemptDetailView(AttemptView, frozen=True, kw_only=True):
    """The same with every question as it was asked. What somebody keeps of an attempt that is open is their own
    business: answers are there once it is handed in."""

    assignment_id: UUID
    assignment_title: str
    course_title: str
    passing_score: int
    questions: list[AnsweredQuestionView]


class WaitingAnswerView(msgspec.Struct, frozen=True, kw_only=True):
    """One person's answer."""

    attempt_id: UUID
    teacher_name: str
    text: str
    submitted_at: datetime


class WaitingQuestionView(msgspec.Struct, frozen=True, kw_only=True):
    """A question whose answers a person must read. ``waiting`` counts them all; ``answers`` has those that wait
    longest, at most fifty."""

    question_id: UUID
    assignment_id: UUID
    assignment_title: str
    course_title: str
    prompt: str
    points: int
    explanation: str
    evidence: EvidenceView | None
    accepted_answers: list[str]
    waiting: int
    waiting_since: datetime
    answers: list[WaitingAnswerView]


class DecisionView(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an attempt by a decision, and how many others were graded with it. ``decided`` counts the answers
    that were decided; ``scores_raised`` and ``newly_passed`` count people."""

    attempt_id: UUID
    state: AttemptState
    score: float | None
    passed: bool | None
    waiting_answers: int
    decided: int
    attempts_regraded: int
    newly_graded: int
    scores_raised: int
    newly_passed: int


class MendView(msgspec.Struct, frozen=True, kw_only=True):
    """Whom mending a question reached: attempts that were graded again, and the people whose best score rose, who have
    a score for the first time, or who pass now. Nobody loses by it."""

    attempts_regraded: int
    people: int
    newly_graded: int
    scores_raised: int
    newly_passed: int


def answered_questions(attempt: QuizAttempt, quiz: Quiz, names: dict[UUID, str]) -> list[AnsweredQuestionView]:
    """What was asked in an attempt, and what became of it.

    Args:
        names: of those who decided, by their id; whoever left the school has none.
    """
    found = (quiz.question(question_id) for question_id in attempt.question_ids)
    asked = [question for question in found if question is not None]
    return [_answered(attempt, quiz, question, place, names) for place, question in enumerate(asked, start=1)]


def _answered(
    attempt: QuizAttempt, quiz: Quiz, question: Question, place: int, names: dict[UUID, str]
) -> AnsweredQuestionView:
    mark, answer, evidence = attempt.marks.get(question.id), attempt.answers.get(question.id), question.evidence
    return AnsweredQuestionView(
        id=question.id,
        order=place,
        kind=question.kind,
        prompt=question.prompt,
        points=question.points,
        options=[
            ServedOptionView(id=option.id, text=option.text, is_correct=option.is_correct)
            for option in attempt.served_options(quiz, question)
        ]
        if isinstance(question, McqQuestion)
        else [],
        accepted_answers=list(question.accepted_answers) if isinstance(question, ShortAnswerQuestion) else [],
        explanation=question.explanation,
        evidence=EvidenceView(quote=evidence.quote, start=evidence.start, end=evidence.end) if evidence else None,
        is_withdrawn=question.review is Review.REJECTED,
        answer=given_answer(answer) if answer is not None else None,
        verdict=mark.verdict if mark is not None else None,
        decided_by=None if mark is None or mark.decided_by is None else names.get(mark.decided_by, ""),
    )
