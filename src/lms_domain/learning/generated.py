"""What the pipeline makes from a video: a reflection, and a quiz that gives way to whatever people did."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from lms_domain.courses.course import Content
from lms_domain.learning.assignment import (
    DEFAULT_MAX_SCORE,
    DEFAULT_QUIZ_PASSING_SCORE,
    MAX_TITLE,
    Assignment,
    AssignmentKind,
    AssignmentOrigin,
)
from lms_domain.learning.quiz import Question, QuestionOrigin, Quiz, QuizState, Review
from lms_domain.learning.quiz_reasons import QuizReason
from lms_domain.schools.policies import QuizPolicy

_TITLES = {AssignmentKind.REFLECTION: "Reflection: ", AssignmentKind.QUIZ: "Quiz: "}
_INSTRUCTIONS = {
    AssignmentKind.REFLECTION: (
        "What in this video matters for your own lessons? Write down what you will try, with which class, "
        "and how you will see whether it works."
    ),
    AssignmentKind.QUIZ: "Answer these questions about the video. You may watch it again at any time.",
}


def generated_id(asset_id: UUID, kind: AssignmentKind) -> UUID:
    """The id of what is generated from a video: always the same, so that two deliveries make one."""
    return uuid5(asset_id, kind.value)


def generated_assignment(asset_id: UUID, kind: AssignmentKind, content: Content, *, now: datetime) -> Assignment:
    """The reflection of a video, open at once and optional; or its quiz, mandatory once it is published."""
    is_quiz = kind is AssignmentKind.QUIZ
    title = f"{_TITLES[kind]}{content.title}"
    return Assignment(
        id=generated_id(asset_id, kind),
        tenant_id=content.tenant_id,
        course_id=content.course_id,
        module_id=content.module_id,
        content_id=content.id,
        kind=kind,
        origin=AssignmentOrigin.GENERATED,
        title=title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 1].rstrip()}…",
        instructions=_INSTRUCTIONS[kind],
        due_date=None,
        max_score=DEFAULT_MAX_SCORE,
        passing_score=DEFAULT_QUIZ_PASSING_SCORE if is_quiz else 0,
        is_mandatory=is_quiz,
        is_published=not is_quiz,
        created_at=now,
        updated_at=now,
    )


@dataclass(frozen=True, slots=True)
class QuizVersions:
    """The versions of one assignment's quiz that count, and which of them somebody has begun."""

    all: Sequence[Quiz] = ()
    attempted: frozenset[UUID] = frozenset()

    @property
    def published(self) -> Quiz | None:
        """The one that learners meet."""
        return next((quiz for quiz in self.all if quiz.state is QuizState.PUBLISHED), None)

    @property
    def draft(self) -> Quiz | None:
        """The one that is being made."""
        return next((quiz for quiz in self.all if quiz.state is QuizState.DRAFT), None)

    @property
    def next_number(self) -> int:
        """The number of the version to come."""
        return max((quiz.version for quiz in self.all), default=0) + 1

    def why_kept(self, generator: str, transcript_hash: str) -> str:
        """Why no new version should take the place of what there is; empty when one may."""
        for quiz in (self.published, self.draft):
            is_same = quiz is not None and (quiz.generator, quiz.transcript_hash) == (generator, transcript_hash)
            if quiz is not None and quiz.questions and is_same:
                return "The questions that can be made from these captions are there already."
        if self.draft is not None and self._is_touched(self.draft):
            return "People have worked on the draft: it was left alone."
        return ""

    def why_draft(self, policy: QuizPolicy) -> QuizReason | None:
        """Why a new version with enough questions should wait for a person; None when learners may meet it at once."""
        if self.published is not None and self._is_touched(self.published):
            return QuizReason.ALREADY_MET
        if self.all and self.published is None and self.draft is None:
            last = max(self.all, key=lambda quiz: quiz.version)
            if QuizReason.CAPTIONS_CHANGED not in last.state_codes:
                return QuizReason.WITHDRAWN
            if self._is_touched(last):
                return QuizReason.ALREADY_MET
        return QuizReason.REVIEW_FIRST if policy is QuizPolicy.REVIEW_FIRST else None

    def _is_touched(self, quiz: Quiz) -> bool:
        """Whether people answered it or worked on it. That its captions were edited is nobody's work on it."""
        reviewed = {Review.ACCEPTED, Review.REJECTED} if quiz.state is QuizState.DRAFT else {Review.REJECTED}
        return quiz.id in self.attempted or any(
            question.origin is QuestionOrigin.MANUAL or question.review in reviewed for question in quiz.questions
        )


def accepted(questions: Sequence[Question]) -> list[Question]:
    """The questions, ready to be asked."""
    return [replace(question, review=Review.ACCEPTED) for question in questions]
