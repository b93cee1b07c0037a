"""What clients send about learning."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from entrypoints.http.requests.values import NO_CONTROL, Line, Request, Text
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.quiz import QuestionKind

Seconds = Annotated[float, Meta(ge=0, le=1_000_000)]
Second = Annotated[int, Meta(ge=0, le=1_000_000)]
Interval = Annotated[list[Second], Meta(min_length=2, max_length=2)]
WatchedIntervals = Annotated[list[Interval], Meta(max_length=200)]
LongText = Annotated[str, Meta(max_length=50_000, pattern=NO_CONTROL)]
Score = Annotated[int, Meta(ge=0, le=1000)]
Prompt = Annotated[str, Meta(max_length=1000, pattern=NO_CONTROL)]
AnswerText = Annotated[str, Meta(max_length=300, pattern=NO_CONTROL)]


class ReportProgressRequest(Request, frozen=True, kw_only=True):
    """What a player says: half-open intervals of whole seconds, where it is, and how fast it plays. Older players only
    say ``video_progress_seconds``."""

    watched: WatchedIntervals | UnsetType = UNSET
    position_seconds: Seconds | UnsetType = UNSET
    playback_rate: Annotated[float, Meta(ge=0, le=16)] = 1.0
    video_progress_seconds: Seconds | UnsetType = UNSET


class SubmitAssignmentRequest(Request, frozen=True, kw_only=True):
    """What is handed in: a text, files that were uploaded before, or both."""

    submission_text: LongText = ""
    file_ids: Annotated[tuple[UUID, ...], Meta(max_length=50)] = ()


class QuizAnswerRequest(Request, frozen=True, kw_only=True):
    """One answer: exactly one of the three. ``option_index`` is the place, from 0, at which the option was shown."""

    option_id: UUID | UnsetType = UNSET
    option_index: Annotated[int, Meta(ge=0, le=100)] | UnsetType = UNSET
    text: Annotated[str, Meta(max_length=2000, pattern=NO_CONTROL)] | UnsetType = UNSET


class QuizAnswersRequest(Request, frozen=True, kw_only=True):
    """Answers by question."""

    answers: Annotated[dict[UUID, QuizAnswerRequest], Meta(max_length=200)]


class CreateAssignmentRequest(Request, frozen=True, kw_only=True):
    """New work for a course. A quiz is published once it has questions."""

    course_id: UUID
    module_id: UUID | None = None
    content_id: UUID | None = None
    kind: AssignmentKind = AssignmentKind.MANUAL
    title: Line
    instructions: Text
    due_date: date | None = None
    max_score: Annotated[int, Meta(ge=1, le=1000)] = 100
    passing_score: Score | None = None
    is_mandatory: bool = True
    is_published: bool | None = None


class UpdateAssignmentRequest(Request, frozen=True, kw_only=True):
    """What is to change; what is absent stays as it is. The last two are those of a quiz."""

    title: Line | UnsetType = UNSET
    instructions: Text | UnsetType = UNSET
    due_date: date | UnsetType | None = UNSET
    max_score: Annotated[int, Meta(ge=1, le=1000)] | UnsetType = UNSET
    passing_score: Score | UnsetType = UNSET
    is_mandatory: bool | UnsetType = UNSET
    is_published: bool | UnsetType = UNSET
    attempts_allowed: Annotated[int, Meta(ge=1, le=20)] | UnsetType = UNSET
    time_limit_seconds: Annotated[int, Meta(ge=30, le=14_400)] | UnsetType | None = UNSET


class GradeSubmissionRequest(Request, frozen=True, kw_only=True):
    """A grade. ``score`` is at most the assignment's maximum."""

    score: Annotated[float, Meta(ge=0, le=1000)]
    feedback: Text = ""


class OptionRequest(Request, frozen=True, kw_only=True):
    """An answer to choose from. Exactly one of a question is correct."""

    text: AnswerText
    is_correct: bool = False


class CreateQuestionRequest(Request, frozen=True, kw_only=True):
    """A new question: with ``options`` to choose from, or with ``accepted_answers`` to type."""

    kind: QuestionKind
    prompt: Prompt
    options: Annotated[tuple[OptionRequest, ...], Meta(max_length=20)] | UnsetType = UNSET
    accepted_answers: Annotated[tuple[AnswerText, ...], Meta(max_length=50)] | UnsetType = UNSET
    points: Annotated[int, Meta(ge=1, le=100)] = 1
    explanation: Annotated[str, Meta(max_length=2000, pattern=NO_CONTROL)] = ""


class UpdateQuestionRequest(Request, frozen=True, kw_only=True):
    """What is to change; what is absent stays as it is."""

    prompt: Prompt | UnsetType = UNSET
    options: Annotated[tuple[OptionRequest, ...], Meta(max_length=20)] | UnsetType = UNSET
    accepted_answers: Annotated[tuple[AnswerText, ...], Meta(max_length=50)] | UnsetType = UNSET
    points: Annotated[int, Meta(ge=1, le=100)] | UnsetType = UNSET
    explanation: Annotated[str, Meta(max_length=2000, pattern=NO_CONTROL)] | UnsetType = UNSET


class ReviewQuestionRequest(Request, frozen=True, kw_only=True):
    """Ask this question, or do not."""

    action: Literal["accept", "reject"]
    reason: Annotated[str, Meta(max_length=500, pattern=NO_CONTROL)] = ""


class DecideAnswerRequest(Request, frozen=True, kw_only=True):
    """What an answer is worth, and of whom else it is said."""

    is_right: bool
    same_answers: bool = False
    accept_for_all: bool = False
    overrule: bool = False


class MendQuestionRequest(Request, frozen=True, kw_only=True):
    """What is right instead; what is absent stays."""

    correct_option_id: UUID | UnsetType = UNSET
    accepted_answers: Annotated[tuple[AnswerText, ...], Meta(max_length=50)] | UnsetType = UNSET
    tolerance: Annotated[float, Meta(ge=0, le=1_000_000_000)] | UnsetType = UNSET
    is_withdrawn: bool = False
    reason: Annotated[str, Meta(max_length=500, pattern=NO_CONTROL)] = ""
    dry_run: bool = False
