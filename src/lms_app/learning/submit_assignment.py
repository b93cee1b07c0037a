"""Show learners their assignments, and take in what they hand in."""

from datetime import datetime
from uuid import UUID

import msgspec

from lms_app.actor import Actor
from lms_app.files.addresses import FileAddresses
from lms_app.learning.assignment_views import MyAssignmentDetailView, MyAssignmentView
from lms_app.learning.earn_completion import earn_completion
from lms_app.listing import Listing, PageRequest
from lms_app.notices.tell_of_work import TellOfWork
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.learner_queries import LearnerQueries
from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Permission
from lms_domain.errors import Conflict, InvalidInput, NotFound
from lms_domain.files.stored_file import FilePurpose
from lms_domain.learning.assignment import Assignment, AssignmentKind
from lms_domain.learning.submission import Standing, Submission


class ListMyAssignments:
    """The published assignments of the person's courses, and how they stand with each: those with a due date first, the
    nearest first."""

    def __init__(self, queries: LearnerQueries, clock: Clock) -> None:
        self._queries = queries
        self._clock = clock

    async def __call__(
        self, actor: Actor, *, status: Standing | None, search: str, page: PageRequest
    ) -> Listing[MyAssignmentView]:
        """Raises NotAllowed: not a learner."""
        scope = actor.school(Permission.LEARN)
        return await self._queries.assignments(scope, actor.user_id, status, search, page, now=self._clock.now())


class ShowMyAssignment:
    """One of the person's assignments, with what they handed in and leave to fetch their files."""

    def __init__(self, queries: LearnerQueries, addresses: FileAddresses, clock: Clock) -> None:
        self._queries = queries
        self._addresses = addresses
        self._clock = clock

    async def __call__(self, actor: Actor, assignment_id: UUID) -> MyAssignmentDetailView:
        """Raises NotFound: no such assignment for this person."""
        scope = actor.school(Permission.LEARN)
        found = await self._queries.assignment(scope, actor.user_id, assignment_id, now=self._clock.now())
        if found is None:
            raise no_such_assignment()
        files = [
            msgspec.structs.replace(file, url=self._addresses.grant(scope, actor, file.file_id)) for file in found.files
        ]
        return msgspec.structs.replace(found, files=files)


class SubmitAssignment:
    """Hand in a text, files, or both, in place of what was handed in before: it may be done again until it is graded.
    The school's administrators are told the first time. After the due date, by the days of the school, it is marked
    late. The files are those that the person uploaded for
    that purpose."""

    def __init__(
        self,
        uow: UnitOfWork,
        show: ShowMyAssignment,
        tell: TellOfWork,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._uow = uow
        self._show = show
        self._tell = tell
        self._clock = clock
        self._ids = ids

    async def __call__(
        self, actor: Actor, assignment_id: UUID, *, text: str, file_ids: tuple[UUID, ...]
    ) -> MyAssignmentDetailView:
        """Raises:
        NotFound: no such assignment for this person.
        InvalidInput: nothing to hand in, too much, or files that are not theirs to hand in.
        Conflict: ``already_graded``, or ``is_quiz``: a quiz is answered, not handed in.
        """
        scope = actor.school(Permission.LEARN)
        now = self._clock.now()
        async with self._uow.begin(scope) as tx:
            work = await tx.submissions.lock_work(assignment_id, actor.user_id)
            if work is None:
                raise no_such_assignment()
            assignment = work.assignment
            if assignment.kind is AssignmentKind.QUIZ:
                raise Conflict("A quiz is answered, not handed in.", code="is_quiz")
            await _check_files(tx, actor.user_id, file_ids)
            submission = work.submission or self._begun(scope, actor, assignment, now)
            is_first = submission.submitted_at is None
            submission.submit(assignment, text=text, file_ids=file_ids, today=await tx.usage.today(now), now=now)
            try:
                await (tx.submissions.add if work.submission is None else tx.submissions.save)(submission)
                if is_first:
                    await self._tell.of_hand_in(tx, assignment, submission)
                await tx.commit()
            except Taken:
                raise Conflict("This has been handed in just now. Please look at it.", code="conflict") from None
        await earn_completion(self._uow, scope, actor.user_id, assignment.course_id, now=now)
        return await self._show(actor, assignment_id)

    def _begun(self, scope: TenantScope, actor: Actor, assignment: Assignment, now: datetime) -> Submission:
        return Submission(
            id=self._ids.new(),
            tenant_id=scope.tenant_id,
            assignment_id=assignment.id,
            user_id=actor.user_id,
            created_at=now,
            updated_at=now,
        )


async def _check_files(tx: TenantTransaction, user_id: UUID, file_ids: tuple[UUID, ...]) -> None:
    """Raises InvalidInput, the same for a file that is not there and one that is somebody else's."""
    if not file_ids:
        return
    found = await tx.files.get_many(frozenset(file_ids))
    own = {file.id for file in found if file.owner_id == user_id and file.purpose is FilePurpose.SUBMISSION_FILE}
    for place, file_id in enumerate(file_ids):
        if file_id not in own:
            raise InvalidInput.for_field(f"file_ids.{place}", "unknown", "You have uploaded no such file.")


def no_such_assignment() -> NotFound:
    """The same for every reason there is."""
    return NotFound("There is no such assignment.")
