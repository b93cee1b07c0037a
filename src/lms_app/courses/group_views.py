"""Groups of teachers as clients see them."""

from datetime import datetime
from uuid import UUID

import msgspec

from lms_domain.courses.group import GroupKind


class GroupView(msgspec.Struct, frozen=True, kw_only=True):
    """A group. ``member_count`` counts active learners; ``course_count`` the courses assigned to it."""

    id: UUID
    name: str
    kind: GroupKind
    member_count: int
    course_count: int
    created_at: datetime


class GroupMemberView(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in a group."""

    id: UUID
    email: str
    first_name: str
    last_name: str
    department: str
    is_active: bool
    joined_at: datetime
