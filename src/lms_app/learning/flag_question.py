"""Say that something is wrong with a question."""

from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditTrail
from lms_app.learning.assignment_facts import audited_assignment, lock_assignment
from lms_app.learning.flag_views import QuestionFlagsView
from lms_app.notices.tell_of_flags import TellOfFlags
from lms_app.ports.clock import Clock
from lms_app.ports.learner_queries import LearnerQueries
from lms_app.ports.question_history import QuestionFlag
from lms_app.ports.quiz_insight_queries import QuizInsightQueries
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.errors import InvalidInput, NotFound
from lms_domain.learning.attempt import AttemptState
from lms_domain.text import clean_text

MAX_REASON = 500


class FlagQuestion:
    """Say that something is wrong with a question of a quiz that one has handed in. Administrators are told once, and
    see it beside the question until they settle it; saying it again replaces the words."""

    def __init__(self, uow: UnitOfWork, queries: LearnerQueries, tell: TellOfFlags, clock: Clock) -> None:
        self._uow = uow
        self._queries = queries
        self._tell = tell
        self._clock = clock

    async def __call__(self, actor: Actor, assignment_id: UUID, question_id: UUID, reason: str) -> None:
        """Raises:
        NotFound: no such question in a quiz that this person has handed in.
        InvalidInput: no reason.
        """
        scope = actor.school(Permission.LEARN)
        now = self._clock.now()
        text = clean_text(reason, field="reason", max_length=MAX_REASON)
        if not text:
            raise InvalidInput.for_field("reason", "required", "Say what is wrong with it.")
        quiz = await self._queries.assignment(scope, actor.user_id, assignment_id, now=now)
        if quiz is None or not quiz.is_quiz:
            raise NotFound("There is no such quiz.")
        async with self._uow.begin(scope) as tx:
            attempts = await tx.attempts.of_person(assignment_id, actor.user_id)
            asked = {
                each for attempt in attempts if attempt.state is not AttemptState.OPEN for each in attempt.question_ids
            }
            if question_id not in asked:
                raise NotFound("There is no such question in a quiz that you have handed in.")
            await tx.question_history.flag(
                QuestionFlag(
                    tenant_id=scope.tenant_id,
                    assignment_id=assignment_id,
                    question_id=question_id,
                    user_id=actor.user_id,
                    reason=text,
                    created_at=now,
                )
            )
            await self._tell(tx, assignment_id, question_id, by=actor.user_id, title=quiz.title)
            await tx.commit()


class ListFlags:
    """What people say of the questions of a quiz, the latest first, by the ids that the questions have in all versions
    of it."""

    def __init__(self, queries: QuizInsightQueries) -> None:
        self._queries = queries

    async def __call__(self, actor: Actor, assignment_id: UUID) -> QuestionFlagsView:
        """Raises NotFound: no such quiz."""
        found = await self._queries.flags(actor.school(Permission.MANAGE_SCHOOL), assignment_id)
        if found is None:
            raise NotFound("There is no such quiz.")
        return found


class SettleFlags:
    """Take away what people said of a question, in every version of its quiz: it was looked at."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail) -> None:
        self._uow = uow
        self._trail = trail

    async def __call__(self, actor: Actor, assignment_id: UUID, question_id: UUID) -> None:
        """Raises NotFound: no such quiz, or nobody said anything of such a question."""
        async with self._uow.begin(actor.school(Permission.MANAGE_SCHOOL)) as tx:
            assignment = await lock_assignment(tx, assignment_id)
            settled = await tx.question_history.unflag(assignment_id, question_id)
            if not settled:
                raise NotFound("Nobody said anything of such a question.")
            after: dict[str, object] = {"question_id": str(question_id), "flags": settled}
            await self._trail.record(tx, actor, "question.flags_settled", audited_assignment(assignment), after=after)
            await tx.commit()
