"""What a learner hands in for a reflection or a manual assignment, and what it is worth."""

import math
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from lms_domain.errors import Conflict, InvalidInput
from lms_domain.learning.assignment import Assignment
from lms_domain.text import clean_text

MAX_TEXT = 50_000
MAX_FEEDBACK = 10_000
MAX_FILES = 10


class SubmissionStatus(StrEnum):
    """Where a submission stands."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    GRADED = "GRADED"


class Standing(StrEnum):
    """How a learner stands with an assignment, as people see it. GRADED: graded where there is no pass mark."""

    PENDING = "PENDING"
    SUBMITTED = "SUBMITTED"
    GRADED = "GRADED"
    PASSED = "PASSED"
    FAILED = "FAILED"


@dataclass(slots=True)
class Submission:
    """One person's work for one assignment: DRAFT -> SUBMITTED -> GRADED. It may be handed in again until it is graded.

    Grading again corrects the grade.
    """

    id: UUID
    tenant_id: UUID
    assignment_id: UUID
    user_id: UUID
    created_at: datetime
    updated_at: datetime
    status: SubmissionStatus = SubmissionStatus.DRAFT
    text: str = ""
    file_ids: tuple[UUID, ...] = ()
    submitted_at: datetime | None = None
    """When it was last handed in."""
    is_late: bool = False
    score: float | None = None
    """0 to the assignment's ``max_score``."""
    feedback: str = ""
    graded_by: UUID | None = None
    graded_at: datetime | None = None

    def submit(
        self, assignment: Assignment, *, text: str, file_ids: tuple[UUID, ...], today: date, now: datetime
    ) -> None:
        """Hand in this text and these files in place of what was handed in before.

        Args:
            today: the date at the school, for lateness.

        Raises:
            Conflict: ``already_graded``.
            InvalidInput: nothing to hand in, or too much.
        """
        if self.status is SubmissionStatus.GRADED:
            raise Conflict("This has been graded already.", code="already_graded")
        self._write(text, file_ids, now)
        if not self.text and not self.file_ids:
            raise InvalidInput.for_field("submission_text", "required", "Write something, or add a file.")
        self.status = SubmissionStatus.SUBMITTED
        self.submitted_at = now
        self.is_late = assignment.is_late(today)

    def save_draft(self, *, text: str, file_ids: tuple[UUID, ...], now: datetime) -> None:
        """Keep unfinished work.

        Raises:
            Conflict: ``already_submitted``: handing in again replaces it, a draft does not.
            InvalidInput: too much.
        """
        if self.status is not SubmissionStatus.DRAFT:
            raise Conflict("This has been handed in already.", code="already_submitted")
        self._write(text, file_ids, now)

    def grade(self, assignment: Assignment, *, score: float, feedback: str, by: UUID, now: datetime) -> None:
        """Give a score from 0 to the assignment's ``max_score``, and words.

        Raises:
            Conflict: ``not_submitted``: there is nothing to grade yet.
            InvalidInput: the score is out of range.
        """
        if self.status is SubmissionStatus.DRAFT:
            raise Conflict("Nothing has been handed in yet.", code="not_submitted")
        if not math.isfinite(score) or not 0 <= score <= assignment.max_score:
            raise InvalidInput.for_field("score", "out_of_range", f"Between 0 and {assignment.max_score}.")
        self.feedback = clean_text(feedback, field="feedback", max_length=MAX_FEEDBACK)
        self.score = score
        self.status = SubmissionStatus.GRADED
        self.graded_by, self.graded_at, self.updated_at = by, now, now

    def _write(self, text: str, file_ids: tuple[UUID, ...], now: datetime) -> None:
        cleaned = clean_text(text, field="submission_text", max_length=MAX_TEXT)
        files = tuple(dict.fromkeys(file_ids))
        if len(files) > MAX_FILES:
            raise InvalidInput.for_field("file_ids", "too_many", f"At most {MAX_FILES} files.")
        self.text, self.file_ids, self.updated_at = cleaned, files, now


def standing_of(assignment: Assignment, submission: Submission | None) -> Standing:
    """How the person of ``submission`` stands with ``assignment``; None: they have not begun."""
    if submission is None or submission.status is SubmissionStatus.DRAFT:
        return Standing.PENDING
    if submission.status is SubmissionStatus.SUBMITTED or submission.score is None:
        return Standing.SUBMITTED
    if assignment.passing_score == 0:
        return Standing.GRADED
    return Standing.PASSED if assignment.is_passed_with(submission.score) else Standing.FAILED
