"""What is sent about notices."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from entrypoints.http.requests.values import NO_CONTROL, Line, Request
from lms_domain.notices.reminder import ReminderKind

People = Annotated[frozenset[UUID], Meta(max_length=5000)]
Groups = Annotated[frozenset[UUID], Meta(max_length=500)]
AnnouncementText = Annotated[str, Meta(max_length=2000, pattern=NO_CONTROL)]
ReminderText = Annotated[str, Meta(max_length=5000, pattern=NO_CONTROL)]


class AnnounceRequest(Request, frozen=True, kw_only=True):
    """What is said, and to whom: to everybody, or to these groups and people together."""

    title: Line
    message: AnnouncementText
    to_all: bool = False
    group_ids: Groups = frozenset()
    teacher_ids: People = frozenset()


class ReminderRequest(Request, frozen=True, kw_only=True):
    """A reminder about a course or an assignment, to those who have not finished it; of `teacher_ids` only, if they
    are given. A CUSTOM one has words of its own, and goes to all teachers when it names neither people nor a course
    nor an assignment. Absent words are the standard ones."""

    kind: ReminderKind
    course_id: UUID | UnsetType | None = UNSET
    assignment_id: UUID | UnsetType | None = UNSET
    teacher_ids: People | UnsetType = UNSET
    subject: Line | UnsetType | None = UNSET
    message: ReminderText | UnsetType | None = UNSET
