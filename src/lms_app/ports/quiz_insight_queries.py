"""Port: what the answers of many say about a quiz. One statement each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from lms_app.learning.extension_views import ExtendedPersonView, QuizExtensionView
from lms_app.learning.flag_views import QuestionFlagsView, QuestionRulesView
from lms_app.listing import Listing, PageRequest
from lms_app.scope import TenantScope
from lms_domain.learning.item_statistics import ItemTally
from lms_domain.learning.quiz import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizTally:
    """What is counted of the version of a quiz that learners meet, or met last, over the first attempt of each person
    who handed one in with at least one answer."""

    quiz_id: UUID | None
    """None: no version was ever published."""
    version: int
    people: int
    """Whose attempts these are."""
    questions: Sequence[Question]
    """Of the version, in order, without those that are not asked any more."""
    items: Mapping[UUID, ItemTally]
    """By question; of those that somebody was asked."""


@dataclass(frozen=True, slots=True)
class ExtendedPlace:
    """A quiz and somebody who may be given more of it."""

    title: str
    teacher: ExtendedPersonView


class QuizInsightQueries(Protocol):
    """What the answers of many say about a school's quizzes."""

    async def items(self, scope: TenantScope, assignment_id: UUID) -> QuizTally | None:
        """The counts of a quiz's questions; None: no such quiz in a course that is not deleted."""
        ...

    async def place(self, scope: TenantScope, assignment_id: UUID, user_id: UUID) -> ExtendedPlace | None:
        """A quiz in a course that is not deleted, and an active learner of the school; None: one is not there."""
        ...

    async def extensions(
        self, scope: TenantScope, assignment_id: UUID, *, search: str, page: PageRequest, now: datetime
    ) -> Listing[QuizExtensionView] | None:
        """Who is given more at a quiz, by name; None: no such quiz."""
        ...

    async def flags(self, scope: TenantScope, assignment_id: UUID) -> QuestionFlagsView | None:
        """What people say of a quiz's questions, the latest first; None: no such quiz."""
        ...

    async def rules(self, scope: TenantScope) -> QuestionRulesView:
        """What became of generated questions, by rule, those with the most questions first."""
        ...
