"""Attempts at a quiz, kept by the server: how many, how long, what was asked and answered, and what it is worth."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lms_domain.learning.grading import Answer, Verdict

GRACE = timedelta(seconds=10)
"""An answer that was on its way when the time ran out still counts."""
MAX_ANSWER_TEXT = 2000


class AttemptState(StrEnum):
    """Where an attempt stands. SUBMITTED: handed in, and a person must read some answer before there is a score."""

    OPEN = "OPEN"
    SUBMITTED = "SUBMITTED"
    GRADED = "GRADED"


@dataclass(frozen=True, slots=True)
class Mark:
    """What one answer is worth. ``decided_by``: the person who said so; None: the rules did."""

    verdict: Verdict
    decided_by: UUID | None = None


@dataclass(slots=True)
class QuizAttempt:
    """One person's attempt at one version of a quiz: OPEN -> SUBMITTED -> GRADED, often both at once.

    What is asked, and in which order, is fixed at the start by ``question_ids`` and ``seed``.
    """

    id: UUID
    tenant_id: UUID
    quiz_id: UUID
    user_id: UUID
    number: int
    """Counts from 1 within the person and the quiz."""
    seed: int
    """0 to 2**31 - 1; shuffles the options."""
    question_ids: tuple[UUID, ...]
    started_at: datetime
    expires_at: datetime | None
    """None: no time limit."""
    submitted_at: datetime | None = None
    draft: dict[UUID, Answer] = field(default_factory=dict)
    """Answers kept while the attempt is open, by question."""
    answers: dict[UUID, Answer] = field(default_factory=dict)
    """Answers that were handed in, by question."""
    marks: dict[UUID, Mark] = field(default_factory=dict)
    """What they are worth, by question; a question without an answer is WRONG."""
    score: float | None = None
    """Percent of the points, 0 to 100, rounded down to one decimal."""
    passed: bool | None = None
    graded_at: datetime | None = None
