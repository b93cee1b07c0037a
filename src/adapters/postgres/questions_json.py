"""Questions as rows: what all kinds have in columns, the answers of a kind as JSON."""

from collections.abc import Mapping
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, FromClause, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from adapters.postgres.statements import of_tenant
from adapters.postgres.tables import questions
from lms_domain.learning.quiz import (
    Evidence,
    McqQuestion,
    Option,
    Question,
    QuestionKind,
    QuestionOrigin,
    Review,
    ShortAnswerQuestion,
)


class _Options(msgspec.Struct, frozen=True):
    options: tuple[Option, ...]


class _Accepted(msgspec.Struct, frozen=True):
    accepted_answers: tuple[str, ...]
    tolerance: float
    is_read: bool = False


class _Row(msgspec.Struct, frozen=True):
    """A row of ``questions`` as PostgreSQL makes JSON of it."""

    id: UUID
    position: int
    kind: QuestionKind
    prompt: str
    points: int
    explanation: str
    evidence_quote: str | None
    evidence_start: float | None
    evidence_end: float | None
    origin: QuestionOrigin
    rule: str | None
    review: Review
    review_reason: str
    said_now: str | None
    answers: msgspec.Raw


_rows = msgspec.json.Decoder(tuple[_Row, ...])
_options = msgspec.json.Decoder(_Options)
_accepted = msgspec.json.Decoder(_Accepted)


def questions_of(quizzes: FromClause) -> ColumnElement[object]:
    """The questions of a quiz in order, as JSON text."""
    every = func.json_agg(aggregate_order_by(func.to_json(questions.table_valued()), questions.c.position))
    return (
        select(func.coalesce(every, literal_column("'[]'::json")).cast(questions.c.prompt.type))
        .where(of_tenant(questions), questions.c.quiz_id == quizzes.c.id)
        .correlate(quizzes)
        .scalar_subquery()
    )


def decode(text: str) -> tuple[Question, ...]:
    """The questions that `questions_of` gave."""
    return tuple(map(_question, _rows.decode(text)))


def question_to_values(question: Question) -> Mapping[str, object]:
    """A question as the values of its row, without the quiz."""
    evidence = question.evidence
    return {
        "id": question.id,
        "position": question.position,
        "kind": question.kind.value,
        "prompt": question.prompt,
        "points": question.points,
        "explanation": question.explanation,
        "evidence_quote": evidence.quote if evidence is not None else None,
        "evidence_start": evidence.start if evidence is not None else None,
        "evidence_end": evidence.end if evidence is not None else None,
        "origin": question.origin.value,
        "rule": question.rule,
        "review": question.review.value,
        "review_reason": question.review_reason,
        "said_now": question.said_now,
        "answers": msgspec.json.encode(_answers(question)).decode(),
    }


def _answers(question: Question) -> _Options | _Accepted:
    match question:
        case McqQuestion():
            return _Options(question.options)
        case ShortAnswerQuestion():
            return _Accepted(question.accepted_answers, question.tolerance, question.is_read)


def _question(row: _Row) -> Question:
    evidence = (
        Evidence(row.evidence_quote, row.evidence_start, row.evidence_end)
        if row.evidence_quote is not None and row.evidence_start is not None and row.evidence_end is not None
        else None
    )
    match row.kind:
        case QuestionKind.MCQ:
            return McqQuestion(
                id=row.id,
                prompt=row.prompt,
                points=row.points,
                explanation=row.explanation,
                evidence=evidence,
                origin=row.origin,
                rule=row.rule,
                review=row.review,
                review_reason=row.review_reason,
                said_now=row.said_now,
                position=row.position,
                options=_options.decode(row.answers).options,
            )
        case QuestionKind.SHORT_ANSWER:
            accepted = _accepted.decode(row.answers)
            return ShortAnswerQuestion(
                id=row.id,
                prompt=row.prompt,
                points=row.points,
                explanation=row.explanation,
                evidence=evidence,
                origin=row.origin,
                rule=row.rule,
                review=row.review,
                review_reason=row.review_reason,
                said_now=row.said_now,
                position=row.position,
                accepted_answers=accepted.accepted_answers,
                tolerance=accepted.tolerance,
                is_read=accepted.is_read,
            )
