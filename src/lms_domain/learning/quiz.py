"""Quizzes and their questions. A question is a tagged union: each kind has its own class and knows its own rules."""

import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self
from uuid import UUID

from lms_domain.errors import Conflict, InvalidInput
from lms_domain.learning.quiz_reasons import SENTENCES, QuizReason
from lms_domain.text import clean_line, clean_text

MAX_PROMPT = 1000
MAX_ANSWER = 300
MAX_EXPLANATION = 2000
MAX_QUOTE = 2000
MAX_OPTIONS = 8
MAX_ACCEPTED_ANSWERS = 20
MAX_QUESTIONS = 100
MAX_POINTS = 100
MAX_ATTEMPTS = 20
MAX_TIME_LIMIT_SECONDS = 4 * 3600
DEFAULT_ATTEMPTS = 3
DEFAULT_PASSING_SCORE = 70
MIN_GENERATED_QUESTIONS = 3
"""A generated quiz with fewer stays a draft: precision before count."""


class QuestionKind(StrEnum):
    """How a question is answered."""

    MCQ = "MCQ"
    SHORT_ANSWER = "SHORT_ANSWER"


class QuestionOrigin(StrEnum):
    """Who wrote a question: rules over the transcript, a language model, or a person."""

    RULES = "RULES"
    MODEL = "MODEL"
    MANUAL = "MANUAL"


class Review(StrEnum):
    """What people think of a question. Only ACCEPTED ones are asked. STALE: its quote was changed in the captions."""

    DRAFT = "DRAFT"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    STALE = "STALE"


class QuizState(StrEnum):
    """Whether learners meet this version of a quiz. RETIRED: a newer one took its place; attempts at it are kept."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    RETIRED = "RETIRED"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the video says it: the words, and their seconds from the video's start."""

    quote: str
    start: float
    end: float

    def __post_init__(self) -> None:
        if not self.quote.strip() or len(self.quote) > MAX_QUOTE:
            raise InvalidInput.for_field("evidence.quote", "invalid", f"1 to {MAX_QUOTE} characters.")
        if not 0 <= self.start < self.end < math.inf:
            raise InvalidInput.for_field("evidence.end", "invalid", "The end comes after the start.")


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from."""

    id: UUID
    text: str
    is_correct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseQuestion:
    """What questions of every kind have. ``position`` counts from 0 within the quiz."""

    id: UUID
    prompt: str
    points: int = 1
    explanation: str = ""
    """Shown with the answer."""
    evidence: Evidence | None = None
    """Always there unless a person wrote the question."""
    origin: QuestionOrigin = QuestionOrigin.MANUAL
    rule: str | None = None
    """Which rule or prompt of the generator made it."""
    review: Review = Review.ACCEPTED
    review_reason: str = ""
    """Why a person rejected or flagged it."""
    said_now: str | None = None
    """What the captions say in the place of its quote, since they changed: while it is STALE. None: as the quote."""
    position: int = 0

    def __post_init__(self) -> None:
        if clean_line(self.prompt, field="prompt", max_length=MAX_PROMPT) != self.prompt:
            raise InvalidInput.for_field("prompt", "invalid", "One line, without white space around it.")
        if not 1 <= self.points <= MAX_POINTS:
            raise InvalidInput.for_field("points", "out_of_range", f"Between 1 and {MAX_POINTS}.")
        if self.position < 0:
            raise InvalidInput.for_field("position", "out_of_range", "Positions count from 0.")
        clean_text(self.explanation, field="explanation", max_length=MAX_EXPLANATION)
        if self.origin is not QuestionOrigin.MANUAL and self.evidence is None:
            raise InvalidInput.for_field("evidence", "required", "A generated question carries its evidence.")

    def reviewed(self, review: Review, reason: str = "") -> Self:
        """The question with somebody's opinion of it. Whoever accepts one that was STALE has read what the captions say
        now: that is its quote from then on, where anything is said."""
        evidence = self.evidence
        if review is Review.ACCEPTED and evidence is not None and self.said_now:
            evidence = replace(evidence, quote=self.said_now)
        return replace(self, review=review, review_reason=reason, evidence=evidence, said_now=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class McqQuestion(BaseQuestion):
    """Choose one of several options: exactly one is correct, and no two read the same."""

    kind: ClassVar[QuestionKind] = QuestionKind.MCQ
    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        BaseQuestion.__post_init__(self)
        if not 2 <= len(self.options) <= MAX_OPTIONS:
            raise InvalidInput.for_field("options", "out_of_range", f"Between 2 and {MAX_OPTIONS} options.")
        for option in self.options:
            clean_line(option.text, field="options", max_length=MAX_ANSWER)
        if sum(option.is_correct for option in self.options) != 1:
            raise InvalidInput.for_field("options", "one_correct", "Exactly one option is correct.")
        if len({_plain(option.text) for option in self.options}) != len(self.options):
            raise InvalidInput.for_field("options", "duplicate", "No two options may read the same.")
        if len({option.id for option in self.options}) != len(self.options):
            raise InvalidInput.for_field("options", "duplicate", "Every option has an id of its own.")

    @property
    def correct_option(self) -> Option:
        """The right one."""
        return next(option for option in self.options if option.is_correct)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortAnswerQuestion(BaseQuestion):
    """Type a word, a number or a phrase. With no accepted answers a person reads every answer."""

    kind: ClassVar[QuestionKind] = QuestionKind.SHORT_ANSWER
    accepted_answers: tuple[str, ...] = ()
    """The first one is shown as the right answer."""
    tolerance: float = 0.0
    """How far off a number may be, in its own unit. Rounding to the decimals of the accepted answer is fine."""
    is_read: bool = False
    """Whether a person reads answers that are not accepted, instead of the rules calling them wrong."""

    def __post_init__(self) -> None:
        BaseQuestion.__post_init__(self)
        if len(self.accepted_answers) > MAX_ACCEPTED_ANSWERS:
            raise InvalidInput.for_field("accepted_answers", "too_many", f"At most {MAX_ACCEPTED_ANSWERS}.")
        for answer in self.accepted_answers:
            clean_line(answer, field="accepted_answers", max_length=MAX_ANSWER)
        if not 0 <= self.tolerance < math.inf:
            raise InvalidInput.for_field("tolerance", "out_of_range", "Not less than 0.")


Question = McqQuestion | ShortAnswerQuestion
"""Match on the class (or on ``kind``); mypy then finds every place that a new kind needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """One version of an assignment's quiz, with its questions in order.

    An assignment has at most one PUBLISHED version and at most one DRAFT. Who has begun with a version ends with it.
    """

    id: UUID
    tenant_id: UUID
    assignment_id: UUID
    version: int
    """Counts from 1 within the assignment."""
    language: str
    """ISO 639-1 of the questions, for forgiving grading; empty: unknown."""
    attempts_allowed: int = DEFAULT_ATTEMPTS
    time_limit_seconds: int | None = None
    passing_score: int = DEFAULT_PASSING_SCORE
    """Percent of the points."""
    shuffle_options: bool = True
    state: QuizState = QuizState.DRAFT
    state_reason: str = ""
    """Why it is (still) a draft, for admins."""
    state_codes: tuple[QuizReason, ...] = ()
    """The same as codes; several where several generators were asked."""
    generator: str | None = None
    """Id and version of what wrote it, such as ``rules-en/1``; None: a person."""
    transcript_hash: str | None = None
    """SHA-256, in hex, of the transcript it was made from."""
    questions: tuple[Question, ...] = ()
    created_at: datetime
    updated_at: datetime

    def __post_init__(self) -> None:
        if self.version < 1:
            raise InvalidInput.for_field("version", "out_of_range", "Versions count from 1.")
        if not 1 <= self.attempts_allowed <= MAX_ATTEMPTS:
            raise InvalidInput.for_field("attempts_allowed", "out_of_range", f"Between 1 and {MAX_ATTEMPTS}.")
        if self.time_limit_seconds is not None and not 30 <= self.time_limit_seconds <= MAX_TIME_LIMIT_SECONDS:
            raise InvalidInput.for_field("time_limit_seconds", "out_of_range", "Between 30 seconds and 4 hours.")
        if not 1 <= self.passing_score <= 100:
            raise InvalidInput.for_field("passing_score", "out_of_range", "Between 1 and 100 percent.")
        if len(self.questions) > MAX_QUESTIONS:
            raise InvalidInput.for_field("questions", "too_many", f"At most {MAX_QUESTIONS} questions.")
        if len({question.id for question in self.questions}) != len(self.questions):
            raise InvalidInput.for_field("questions", "duplicate", "Every question has an id of its own.")
        if [question.position for question in self.questions] != list(range(len(self.questions))):
            raise InvalidInput.for_field("questions", "order", "Questions stand in order, counted from 0.")

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that a new attempt consists of."""
        return tuple(question for question in self.questions if question.review is Review.ACCEPTED)

    def question(self, question_id: UUID) -> Question | None:
        """One of its questions."""
        return next((question for question in self.questions if question.id == question_id), None)

    def with_questions(self, questions: Iterable[Question], *, now: datetime) -> "Quiz":
        """The quiz with exactly these questions in this order; their positions are counted anew."""
        ordered = tuple(replace(question, position=place) for place, question in enumerate(questions))
        return replace(self, questions=ordered, updated_at=now)

    def with_question(self, question: Question, *, now: datetime) -> "Quiz":
        """The quiz with ``question`` in place of the one with its id; at the end when it is new."""
        others = [question if old.id == question.id else old for old in self.questions]
        return self.with_questions(others if self.question(question.id) else [*others, question], now=now)

    def without_question(self, question_id: UUID, *, now: datetime) -> "Quiz":
        """The quiz without one of its questions."""
        return self.with_questions((kept for kept in self.questions if kept.id != question_id), now=now)

    def published(self, *, now: datetime) -> "Quiz":
        """The quiz, open to learners.

        Raises:
            Conflict: ``quiz_empty``: no question is accepted.
        """
        if not self.asked:
            raise Conflict("Accept at least one question before you publish this quiz.", code="quiz_empty")
        return replace(self, state=QuizState.PUBLISHED, state_reason="", state_codes=(), updated_at=now)

    def retired(self, reason: QuizReason, *, now: datetime) -> "Quiz":
        """The quiz, closed to new attempts, because of a newer version or because its assignment was withdrawn."""
        return replace(self, state=QuizState.RETIRED, updated_at=now).because(reason)

    def because(self, reason: QuizReason) -> "Quiz":
        """The quiz, saying why it is not one that learners meet."""
        return replace(self, state_reason=SENTENCES.get(reason, ""), state_codes=(reason,))

    def with_stale_quotes(
        self, still_said: Mapping[UUID, Evidence], said_now: Mapping[UUID, str], *, now: datetime
    ) -> "Quiz":
        """The quiz after its captions changed: generated questions that are not in ``still_said`` become STALE and keep
        what is said now, the others have the evidence that it gives them.

        A rejected question stays rejected, one that a person wrote never depends on captions. A quiz on which all this
        changes nothing is returned as it is.
        """
        followed = [
            self._followed(question, still_said.get(question.id), said_now.get(question.id, ""))
            for question in self.questions
        ]
        return self if tuple(followed) == self.questions else self.with_questions(followed, now=now)

    @staticmethod
    def _followed(question: Question, evidence: Evidence | None, said_now: str) -> Question:
        if question.origin is QuestionOrigin.MANUAL or question.review is Review.REJECTED:
            return question
        if evidence is None:
            return replace(question, review=Review.STALE, said_now=said_now)
        # One that was stale before stays so until somebody has looked at it.
        is_stale = question.review is Review.STALE
        return replace(question, evidence=evidence, said_now=evidence.quote if is_stale else None)


def clean_accepted(given: Iterable[str]) -> tuple[str, ...]:
    """Accepted answers without the white space around them.

    Raises:
        InvalidInput: one is empty, too long or more than a line.
    """
    return tuple(
        clean_line(answer, field=f"accepted_answers.{place}", max_length=MAX_ANSWER)
        for place, answer in enumerate(given)
    )


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
