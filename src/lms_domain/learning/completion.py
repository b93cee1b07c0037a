"""Whether a person is done with a course, and if not, what is missing. The one place that says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.progress import is_covered, percent
from lms_domain.learning.seconds import SecondSet
from lms_domain.learning.submission import Standing


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What matters of a content that is a video. ``duration_seconds``: None until there is something to watch."""

    duration_seconds: float | None
    required_coverage: int
    watched: SecondSet


@dataclass(frozen=True, slots=True)
class ContentFacts:
    """One content of the course, and how far the person is with it."""

    id: UUID
    title: str
    is_mandatory: bool
    started_at: datetime | None
    completed_at: datetime | None
    video: VideoFacts | None
    """None: not a video."""


@dataclass(frozen=True, slots=True)
class AssignmentFacts:
    """One assignment of the course, and how the person stands with it. Of a quiz the best attempt counts."""

    id: UUID
    title: str
    kind: AssignmentKind
    is_mandatory: bool
    is_published: bool
    standing: Standing
    attempts_left: int | None = None
    """At the published version; QUIZ only."""


@dataclass(frozen=True, slots=True)
class EarnedCompletion:
    """That a person once completed the course, as it was in that version. Nothing takes it back."""

    course_version: int
    completed_at: datetime


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """A course with everything in it in order, seen by one person."""

    course_id: UUID
    contents: tuple[ContentFacts, ...]
    assignments: tuple[AssignmentFacts, ...]
    earned: EarnedCompletion | None = None


class MissingType(StrEnum):
    """What kind of thing is missing."""

    CONTENT = "content"
    QUIZ = "quiz"
    ASSIGNMENT = "assignment"


class MissingReason(StrEnum):
    """Why something does not count yet."""

    NOT_STARTED = "not_started"
    NOT_WATCHED_ENOUGH = "not_watched_enough"
    NOT_MARKED_COMPLETE = "not_marked_complete"
    VIDEO_NOT_READY = "video_not_ready"
    NOT_SUBMITTED = "not_submitted"
    WAITING_FOR_GRADE = "waiting_for_grade"
    NOT_PASSED = "not_passed"
    NO_ATTEMPTS_LEFT = "no_attempts_left"


@dataclass(frozen=True, slots=True)
class MissingItem:
    """One thing to do, with the reason. ``unwatched``: the seconds of a video that were not watched; else None."""

    type: MissingType
    id: UUID
    title: str
    reason: MissingReason
    unwatched: SecondSet | None = None


@dataclass(frozen=True, slots=True)
class CourseCompletion:
    """How far a person is with a course. ``percentage`` is 100 exactly when ``is_complete``."""

    percentage: float
    """0 to 100 of what counts, rounded down to one decimal."""
    is_complete: bool
    missing: tuple[MissingItem, ...]
    """What must still be done; empty when complete."""
    new: tuple[MissingItem, ...]
    """What came after the person had completed the course. It reopens nothing."""
    completed_contents: int
    total_contents: int


def completion_of(facts: CourseFacts) -> CourseCompletion:
    """How far a person is with a course.

    It is complete when every mandatory content is completed and every mandatory assignment is passed; a reflection or
    manual assignment also counts from being handed in until it is graded. Where nothing is mandatory, every content
    counts. Drafts of assignments never count, an empty course is never complete, and who completed a course once has
    completed it whatever is added later.
    """
    counted = [content for content in facts.contents if content.is_mandatory]
    assigned = [assignment for assignment in facts.assignments if assignment.is_mandatory and assignment.is_published]
    if not counted and not assigned:
        counted = list(facts.contents)
    total = len(counted) + len(assigned)
    open_items = (*_missing_contents(counted), *_missing_assignments(assigned))
    is_complete = facts.earned is not None or (total > 0 and not open_items)
    done = 100.0 if is_complete else percent(total - len(open_items), total) if total else 0.0
    return CourseCompletion(
        percentage=done,
        is_complete=is_complete,
        missing=() if is_complete else open_items,
        new=open_items if facts.earned is not None else (),
        completed_contents=sum(content.completed_at is not None for content in facts.contents),
        total_contents=len(facts.contents),
    )


def is_satisfied(assignment: AssignmentFacts) -> bool:
    """Whether an assignment is done as far as the course is concerned."""
    if assignment.standing is Standing.SUBMITTED:
        # Who hands work in has done their part. A quiz is different: only passing it shows anything.
        return assignment.kind is not AssignmentKind.QUIZ
    return assignment.standing in {Standing.PASSED, Standing.GRADED}


def _missing_contents(contents: list[ContentFacts]) -> Iterator[MissingItem]:
    for content in contents:
        if content.completed_at is None:
            reason, unwatched = _open_content(content)
            yield MissingItem(MissingType.CONTENT, content.id, content.title, reason, unwatched)


def _open_content(content: ContentFacts) -> tuple[MissingReason, SecondSet | None]:
    video = content.video
    if video is None:
        not_begun = content.started_at is None
        return (MissingReason.NOT_STARTED if not_begun else MissingReason.NOT_MARKED_COMPLETE), None
    if video.duration_seconds is None:
        return MissingReason.VIDEO_NOT_READY, None
    unwatched = video.watched.missing(video.duration_seconds)
    if is_covered(video.watched, video.duration_seconds, video.required_coverage):
        # Less is required than when they watched it.
        return MissingReason.NOT_MARKED_COMPLETE, unwatched
    return (MissingReason.NOT_WATCHED_ENOUGH if video.watched else MissingReason.NOT_STARTED), unwatched


def _missing_assignments(assignments: list[AssignmentFacts]) -> Iterator[MissingItem]:
    for assignment in assignments:
        if not is_satisfied(assignment):
            kind = MissingType.QUIZ if assignment.kind is AssignmentKind.QUIZ else MissingType.ASSIGNMENT
            yield MissingItem(kind, assignment.id, assignment.title, _open_assignment(assignment))


def _open_assignment(assignment: AssignmentFacts) -> MissingReason:
    match assignment.standing:
        case Standing.PENDING:
            return MissingReason.NOT_SUBMITTED
        case Standing.SUBMITTED:
            return MissingReason.WAITING_FOR_GRADE
        case _:
            return MissingReason.NO_ATTEMPTS_LEFT if assignment.attempts_left == 0 else MissingReason.NOT_PASSED
