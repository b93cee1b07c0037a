"""Grade what was handed in."""

from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.files.addresses import FileAddresses
from lms_app.learning.assignment_views import SubmissionView
from lms_app.learning.earn_completion import earn_completion
from lms_app.learning.show_assignment import with_addresses
from lms_app.notices.tell_of_work import TellOfWork
from lms_app.ports.assignment_queries import AssignmentQueries
from lms_app.ports.clock import Clock
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound


class GradeSubmission:
    """Give a score from 0 to the assignment's maximum, and words. Grading again corrects the grade. Its author is told.
    From now on nothing else can be handed in in its place."""

    def __init__(
        self,
        uow: UnitOfWork,
        queries: AssignmentQueries,
        addresses: FileAddresses,
        tell: TellOfWork,
        trail: AuditTrail,
        clock: Clock,
    ) -> None:
        self._uow = uow
        self._queries = queries
        self._addresses = addresses
        self._tell = tell
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, submission_id: UUID, *, score: float, feedback: str) -> SubmissionView:
        """Raises:
        NotFound: no such submission.
        InvalidInput: the score is out of range.
        Conflict: ``not_submitted``: it is unfinished.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        now = self._clock.now()
        nothing = NotFound("There is no such submission.")
        async with self._uow.begin(scope) as tx:
            work = await tx.submissions.lock_with_assignment(submission_id)
            if work is None:
                raise nothing
            submission, assignment = work
            before = {"score": submission.score, "feedback": submission.feedback}
            submission.grade(assignment, score=score, feedback=feedback, by=actor.user_id, now=now)
            after = {"score": submission.score, "feedback": submission.feedback}
            await tx.submissions.save(submission)
            await self._trail.record(
                tx,
                actor,
                "submission.graded",
                AuditedObject("submission", submission.id, assignment.title),
                before=before,
                after=after,
            )
            if before != after:
                await self._tell.of_grade(tx, assignment, submission)
            await tx.commit()
        await earn_completion(self._uow, scope, submission.user_id, assignment.course_id, now=now)
        found = await self._queries.submission(scope, submission_id)
        if found is None:
            raise nothing
        return with_addresses(self._addresses, scope, actor, found)
