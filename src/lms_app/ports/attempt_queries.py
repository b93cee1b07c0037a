"""Port: attempts at quizzes for those who grade them."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import msgspec

from lms_app.learning.attempt_views import AttemptView, WaitingQuestionView
from lms_app.listing import Listing, PageRequest
from lms_app.scope import TenantScope
from lms_domain.learning.attempt import AttemptState, QuizAttempt
from lms_domain.learning.quiz import Quiz

ANSWERS_SHOWN = 50
"""Of one question that waits: those that wait longest."""


class AttemptFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which of the attempts at a quiz. ``search`` looks for people; ``ordering`` is one of submitted_at, score, name,
    with ``-`` in front for descending."""

    state: AttemptState | None = None
    waiting: bool | None = None
    search: str = ""
    ordering: str = "-submitted_at"


@dataclass(frozen=True, slots=True)
class AttemptFacts:
    """One attempt with everything that belongs to it."""

    row: AttemptView
    attempt: QuizAttempt
    quiz: Quiz
    assignment_title: str
    course_title: str
    names: dict[UUID, str]
    """Of the school's administrators, by their id: who may have decided something."""


class AttemptQueries(Protocol):
    """Attempts at the quizzes of a school, in courses that are not deleted."""

    async def attempts(
        self, scope: TenantScope, assignment_id: UUID, filters: AttemptFilter, page: PageRequest
    ) -> Listing[AttemptView] | None:
        """Attempts at every version of a quiz; None when there is no such quiz."""
        ...

    async def attempt(self, scope: TenantScope, attempt_id: UUID) -> AttemptFacts | None:
        """One attempt."""
        ...

    async def waiting(self, scope: TenantScope, page: PageRequest) -> Listing[WaitingQuestionView]:
        """Questions with answers that a person must read, the longest waiting first, each with at most
        ``ANSWERS_SHOWN`` of them."""
        ...
