"""What an answer is worth. Spelling, case, accents and small slips of the fingers do not matter; being right does."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from lms_domain.learning.quiz import Question


@dataclass(frozen=True, slots=True)
class OptionAnswer:
    """The option that was chosen."""

    option_id: UUID


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """What was typed."""

    text: str


Answer = OptionAnswer | TextAnswer


class Verdict(StrEnum):
    """What one answer is worth. NEEDS_REVIEW: only a person can say."""

    RIGHT = "RIGHT"
    WRONG = "WRONG"
    NEEDS_REVIEW = "NEEDS_REVIEW"


def grade_question(question: Question, answer: Answer | None, *, language: str) -> Verdict:
    """The worth of an answer; None: there was none.

    Args:
        language: ISO 639-1 of the question; articles and number words are known for some.
    """
    del question, answer, language
    return Verdict.WRONG
