"""Port: assignments for those who set and grade them. One statement each."""

from typing import Protocol
from uuid import UUID

import msgspec

from lms_app.learning.assignment_views import AssignmentView, SubmissionView
from lms_app.listing import Listing, PageRequest
from lms_app.scope import TenantScope
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.submission import SubmissionStatus


class AssignmentFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which assignments, of courses that are not deleted."""

    course: UUID | None = None
    kind: AssignmentKind | None = None
    is_published: bool | None = None
    search: str = ""


class SubmissionFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which of the submissions of an assignment."""

    status: SubmissionStatus | None = None
    is_late: bool | None = None


class AssignmentQueries(Protocol):
    """Assignments and submissions of a school."""

    async def assignments(
        self, scope: TenantScope, filters: AssignmentFilter, page: PageRequest
    ) -> Listing[AssignmentView]:
        """Assignments, the newest first."""
        ...

    async def assignment(self, scope: TenantScope, assignment_id: UUID) -> AssignmentView | None:
        """One of them."""
        ...

    async def submissions(
        self, scope: TenantScope, assignment_id: UUID, filters: SubmissionFilter, page: PageRequest
    ) -> Listing[SubmissionView] | None:
        """What was handed in, the longest waiting first, drafts left out; None when there is no such assignment.
        Addresses of files are empty: the use case gives leave to fetch them."""
        ...

    async def submission(self, scope: TenantScope, submission_id: UUID) -> SubmissionView | None:
        """One submission."""
        ...
