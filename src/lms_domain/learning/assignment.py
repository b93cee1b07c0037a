"""Work that a course asks for: a reflection, a quiz, or something that an admin made up."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from lms_domain.errors import InvalidInput
from lms_domain.text import clean_line, clean_text

MAX_TITLE = 200
MAX_INSTRUCTIONS = 10_000
MAX_SCORE = 1000
DEFAULT_MAX_SCORE = 100
DEFAULT_QUIZ_PASSING_SCORE = 70


class AssignmentKind(StrEnum):
    """What is handed in: thoughts on a video, answers to a quiz, or whatever the instructions say."""

    REFLECTION = "REFLECTION"
    QUIZ = "QUIZ"
    MANUAL = "MANUAL"


class AssignmentOrigin(StrEnum):
    """Who made it: a person, or the pipeline from a video's transcript."""

    MANUAL = "MANUAL"
    GENERATED = "GENERATED"


@dataclass(frozen=True, slots=True)
class Assignment:
    """Work within a course. Unpublished assignments are invisible to learners and block no completion.

    ``score`` of whoever does it is between 0 and ``max_score``. A quiz is scored in percent: its ``max_score`` is 100.
    """

    id: UUID
    tenant_id: UUID
    course_id: UUID
    module_id: UUID | None
    content_id: UUID | None
    """The video it is about; always there when it was generated."""
    kind: AssignmentKind
    origin: AssignmentOrigin
    title: str
    instructions: str
    due_date: date | None
    """Local date of the school; it ends at 24:00 school time."""
    max_score: int
    passing_score: int
    """0: there is no pass mark, being graded is enough."""
    is_mandatory: bool
    is_published: bool
    created_at: datetime
    updated_at: datetime

    def __post_init__(self) -> None:
        if not 1 <= self.max_score <= MAX_SCORE:
            raise InvalidInput.for_field("max_score", "out_of_range", f"Between 1 and {MAX_SCORE}.")
        if not 0 <= self.passing_score <= self.max_score:
            raise InvalidInput.for_field("passing_score", "out_of_range", f"Between 0 and {self.max_score}.")
        if self.kind is AssignmentKind.QUIZ and self.max_score != 100:
            raise InvalidInput.for_field("max_score", "invalid", "A quiz is scored in percent: its maximum is 100.")
        if self.content_id is not None and self.module_id is None:
            raise InvalidInput.for_field("module_id", "required", "Name the module of the content, too.")
        if self.origin is AssignmentOrigin.GENERATED and self.content_id is None:
            raise InvalidInput.for_field("content_id", "required", "A generated assignment belongs to its video.")

    def published(self, *, now: datetime) -> "Assignment":
        """The assignment, visible to those the course is assigned to."""
        return replace(self, is_published=True, updated_at=now)

    def unpublished(self, *, now: datetime) -> "Assignment":
        """The assignment as a draft: it blocks nobody."""
        return replace(self, is_published=False, updated_at=now)

    def is_late(self, today: date) -> bool:
        """Whether what is handed in today comes after the due date. ``today`` is the date at the school."""
        return self.due_date is not None and today > self.due_date

    def is_passed_with(self, score: float) -> bool:
        """Whether ``score`` reaches the pass mark."""
        return score >= self.passing_score


def clean_assignment_title(value: str) -> str:
    """A title fit to keep, or InvalidInput."""
    return clean_line(value, field="title", max_length=MAX_TITLE)


def clean_instructions(value: str) -> str:
    """Instructions fit to keep, or InvalidInput."""
    return clean_text(value, field="instructions", max_length=MAX_INSTRUCTIONS)
