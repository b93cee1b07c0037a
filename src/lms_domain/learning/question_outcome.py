"""What becomes of a question that a generator proposed: what its rule is worth shows in that."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lms_domain.learning.quiz import Question, Quiz, Review


class Outcome(StrEnum):
    """PROPOSED: it passed the validator and nobody has looked at it. ACCEPTED: as it stood. EDITED: a person made it
    better. REJECTED: a person does not want it asked. STALE: captions that changed do not say it any more."""

    PROPOSED = "PROPOSED"
    ACCEPTED = "ACCEPTED"
    EDITED = "EDITED"
    REJECTED = "REJECTED"
    STALE = "STALE"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionOutcome:
    """One thing that became of a generated question. The last one counts."""

    id: UUID
    tenant_id: UUID
    question_id: UUID
    """In whichever version of its quiz."""
    generator: str
    """Such as ``rules-en/1``."""
    rule: str
    outcome: Outcome
    reason: str
    """Of a person, in their words; empty: none was given."""
    at: datetime


def proposals_of(quiz: Quiz, *, new_id: Callable[[], UUID], at: datetime) -> list[QuestionOutcome]:
    """Every question of a quiz that was just generated."""
    return [
        _outcome(quiz, question, Outcome.PROPOSED, "", new_id=new_id, at=at)
        for question in quiz.questions
        if question.rule is not None
    ]


def outcomes_of(before: Quiz, after: Quiz, *, new_id: Callable[[], UUID], at: datetime) -> list[QuestionOutcome]:
    """What a change of a version means for its generated questions. One that is removed is rejected without a word."""
    found = []
    for question in before.questions:
        changed = after.question(question.id)
        outcome = _what_became(question, changed)
        if question.rule is not None and outcome is not None:
            reason = changed.review_reason if changed is not None and outcome is Outcome.REJECTED else ""
            found.append(_outcome(before, question, outcome, reason.strip(), new_id=new_id, at=at))
    return found


def _what_became(question: Question, changed: Question | None) -> Outcome | None:
    if changed is None:
        return Outcome.REJECTED if question.review is not Review.REJECTED else None
    # Where it stands, where it is said and what people thought of it is not what it asks.
    same = replace(
        changed,
        review=question.review,
        review_reason=question.review_reason,
        position=question.position,
        evidence=question.evidence,
        said_now=question.said_now,
    )
    has_new_review = (changed.review, changed.review_reason) != (question.review, question.review_reason)
    match changed.review:
        case Review.ACCEPTED if same != question:
            return Outcome.EDITED
        case Review.ACCEPTED if has_new_review:
            return Outcome.ACCEPTED
        case Review.REJECTED if has_new_review:
            return Outcome.REJECTED
        case Review.STALE if question.review is not Review.STALE:
            return Outcome.STALE
        case _:
            return None


def _outcome(
    quiz: Quiz, question: Question, outcome: Outcome, reason: str, *, new_id: Callable[[], UUID], at: datetime
) -> QuestionOutcome:
    return QuestionOutcome(
        id=new_id(),
        tenant_id=quiz.tenant_id,
        question_id=question.id,
        generator=quiz.generator or "",
        rule=question.rule or "",
        outcome=outcome,
        reason=reason,
        at=at,
    )
