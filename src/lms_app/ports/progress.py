"""Port: how far people are, inside a transaction of one school."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from lms_domain.learning.completion import CourseFacts, EarnedCompletion
from lms_domain.learning.progress import ContentProgress
from lms_domain.learning.seconds import SecondSet


class ProgressRepository(Protocol):
    """Progress of the people of one school. Nothing here ever goes down, in whatever order statements arrive."""

    async def start(self, user_id: UUID, content_id: UUID, *, now: datetime) -> ContentProgress:
        """Begin a content, or return what there is already; one statement, so that two at once are fine."""
        ...

    async def get(self, user_id: UUID, content_id: UUID, *, for_update: bool = False) -> ContentProgress | None:
        """A person's progress with a content; with ``for_update`` its row is locked until the transaction ends."""
        ...

    async def merge(
        self, user_id: UUID, content_id: UUID, watched: SecondSet, *, position_seconds: float, now: datetime
    ) -> ContentProgress:
        """Add seconds to those already watched, by one atomic UPDATE, and return the new state. The same seconds
        again change nothing. ``last_report_at`` becomes ``now`` unless it is later already.

        Raises:
            LookupError: the content was never started.
        """
        ...

    async def set_completed(self, user_id: UUID, content_id: UUID, *, at: datetime) -> ContentProgress:
        """The content is complete since ``at``, unless it was before; the new state.

        Raises:
            LookupError: the content was never started.
        """
        ...

    async def course_facts(self, user_id: UUID, course_id: UUID) -> CourseFacts | None:
        """Everything that decides whether a person is done with a course, by one statement: contents in the course's
        order, assignments the oldest first, drafts of assignments included. None: there is no such course."""
        ...

    async def record_completion(
        self, user_id: UUID, course_id: UUID, *, course_version: int, at: datetime
    ) -> EarnedCompletion:
        """The person completed this version of the course; the first record is kept, and returned."""
        ...
