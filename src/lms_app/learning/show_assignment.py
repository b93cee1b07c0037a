"""Show administrators the work that was set, and what was handed in."""

from uuid import UUID

import msgspec

from lms_app.actor import Actor
from lms_app.files.addresses import FileAddresses
from lms_app.learning.assignment_views import AssignmentView, SubmissionView
from lms_app.listing import Listing, PageRequest
from lms_app.ports.assignment_queries import AssignmentFilter, AssignmentQueries, SubmissionFilter
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound


class ListAssignments:
    """The work that was set in the school's courses, published or not, the newest first."""

    def __init__(self, queries: AssignmentQueries) -> None:
        self._queries = queries

    async def __call__(self, actor: Actor, filters: AssignmentFilter, page: PageRequest) -> Listing[AssignmentView]:
        """Raises NotAllowed: no administrator."""
        return await self._queries.assignments(actor.school(Permission.MANAGE_SCHOOL), filters, page)


class ShowAssignment:
    """One assignment, with how many people have handed something in and how many of them wait for a grade."""

    def __init__(self, queries: AssignmentQueries) -> None:
        self._queries = queries

    async def __call__(self, actor: Actor, assignment_id: UUID) -> AssignmentView:
        """Raises NotFound: no such assignment."""
        found = await self._queries.assignment(actor.school(Permission.MANAGE_SCHOOL), assignment_id)
        if found is None:
            raise NotFound("There is no such assignment.")
        return found


class ListSubmissions:
    """What people handed in for an assignment, with leave to fetch their files: the longest waiting for a grade first,
    then those that are graded. Unfinished work is its author's own business."""

    def __init__(self, queries: AssignmentQueries, addresses: FileAddresses) -> None:
        self._queries = queries
        self._addresses = addresses

    async def __call__(
        self, actor: Actor, assignment_id: UUID, filters: SubmissionFilter, page: PageRequest
    ) -> Listing[SubmissionView]:
        """Raises NotFound: no such assignment."""
        scope = actor.school(Permission.MANAGE_SCHOOL)
        found = await self._queries.submissions(scope, assignment_id, filters, page)
        if found is None:
            raise NotFound("There is no such assignment.")
        return Listing(found.count, [with_addresses(self._addresses, scope, actor, each) for each in found.results])


def with_addresses(
    addresses: FileAddresses, scope: TenantScope, actor: Actor, submission: SubmissionView
) -> SubmissionView:
    """A submission with leave to fetch its files."""
    files = [
        msgspec.structs.replace(file, url=addresses.grant(scope, actor, file.file_id)) for file in submission.files
    ]
    return msgspec.structs.replace(submission, files=files)
