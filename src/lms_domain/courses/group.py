"""Groups of teachers, to whom courses are assigned."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lms_domain.text import clean_line

MAX_NAME = 120


class GroupKind(StrEnum):
    """What holds a group together. Members of IB groups are seen by IB coordinators."""

    SUBJECT = "SUBJECT"
    GRADE = "GRADE"
    DEPARTMENT = "DEPARTMENT"
    IB = "IB"
    CUSTOM = "CUSTOM"


@dataclass(frozen=True, slots=True)
class TeacherGroup:
    """A named group of one school. Names differ in more than case; who is in it is kept beside it."""

    id: UUID
    tenant_id: UUID
    name: str
    kind: GroupKind
    created_at: datetime


def clean_group_name(value: str) -> str:
    """A group's name fit to keep, or InvalidInput."""
    return clean_line(value, field="name", max_length=MAX_NAME)
