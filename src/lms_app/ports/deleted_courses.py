"""Port: deleted courses, for whoever purges them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CourseRef:
    """A course somewhere on the platform."""

    tenant_id: UUID
    course_id: UUID


class DeletedCourseRepository(Protocol):
    """Deleted courses of all schools, for the sweeper."""

    async def deleted_before(self, instant: datetime, limit: int) -> tuple[CourseRef, ...]:
        """Courses deleted before ``instant``, the longest deleted first."""
        ...
