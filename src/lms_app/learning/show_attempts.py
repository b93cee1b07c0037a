"""Show administrators how people answered quizzes, and which answers wait for a person."""

from uuid import UUID

import msgspec

from lms_app.actor import Actor
from lms_app.learning.attempt_views import AttemptDetailView, AttemptView, WaitingQuestionView, answered_questions
from lms_app.listing import Listing, PageRequest
from lms_app.ports.attempt_queries import AttemptFilter, AttemptQueries
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound


class ListAttempts:
    """Everybody's attempts at a quiz, at whichever version: what they scored, and how many of their answers wait for a
    person to read them."""

    def __init__(self, queries: AttemptQueries) -> None:
        self._queries = queries

    async def __call__(
        self, actor: Actor, assignment_id: UUID, filters: AttemptFilter, page: PageRequest
    ) -> Listing[AttemptView]:
        """Raises NotFound: no such quiz."""
        found = await self._queries.attempts(actor.school(Permission.MANAGE_SCHOOL), assignment_id, filters, page)
        if found is None:
            raise NotFound("There is no such quiz.")
        return found


class ShowAttempt:
    """One attempt: each question as it was asked, its key, what was answered, what it is worth and who said so."""

    def __init__(self, queries: AttemptQueries) -> None:
        self._queries = queries

    async def __call__(self, actor: Actor, attempt_id: UUID) -> AttemptDetailView:
        """Raises NotFound: no such attempt."""
        return await attempt_detail(self._queries, actor.school(Permission.MANAGE_SCHOOL), attempt_id)


class ListWaitingAnswers:
    """Answers that only a person can judge, by their question: the question whose answer waits longest comes first."""

    def __init__(self, queries: AttemptQueries) -> None:
        self._queries = queries

    async def __call__(self, actor: Actor, page: PageRequest) -> Listing[WaitingQuestionView]:
        """Raises NotAllowed: no administrator."""
        return await self._queries.waiting(actor.school(Permission.MANAGE_SCHOOL), page)


async def attempt_detail(queries: AttemptQueries, scope: TenantScope, attempt_id: UUID) -> AttemptDetailView:
    """One attempt with its questions.

    Raises:
        NotFound: there is none.
    """
    found = await queries.attempt(scope, attempt_id)
    if found is None:
        raise NotFound("There is no such attempt.")
    return AttemptDetailView(
        **msgspec.structs.asdict(found.row),
        assignment_id=found.quiz.assignment_id,
        assignment_title=found.assignment_title,
        course_title=found.course_title,
        passing_score=found.quiz.passing_score,
        questions=answered_questions(found.attempt, found.quiz, found.names),
    )
