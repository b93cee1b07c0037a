"""What clients send about the people of a school and their groups."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from entrypoints.http.requests.values import Email, Line, Request, ShortLine, Text
from lms_domain.accounts.roles import Role
from lms_domain.courses.group import GroupKind

_Lines = Annotated[tuple[ShortLine, ...], Meta(max_length=50)]
_GroupIds = Annotated[tuple[UUID, ...], Meta(max_length=200)]
_TeacherIds = Annotated[tuple[UUID, ...], Meta(max_length=5000)]


class UpdateTeacherRequest(Request, frozen=True, kw_only=True):
    """What is to change. What is absent stays; ``group_ids`` is the whole list."""

    email: Email | UnsetType = UNSET
    first_name: Line | UnsetType = UNSET
    last_name: Line | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    is_active: bool | UnsetType = UNSET
    employee_id: ShortLine | UnsetType = UNSET
    subjects: _Lines | UnsetType = UNSET
    grades: _Lines | UnsetType = UNSET
    department: ShortLine | UnsetType = UNSET
    designation: ShortLine | UnsetType = UNSET
    bio: Text | UnsetType = UNSET
    date_of_joining: date | UnsetType | None = UNSET
    group_ids: _GroupIds | UnsetType = UNSET


class CreateGroupRequest(Request, frozen=True, kw_only=True):
    """A new group."""

    name: Line
    kind: GroupKind = GroupKind.CUSTOM


class UpdateGroupRequest(Request, frozen=True, kw_only=True):
    """What is to change. What is absent stays."""

    name: Line | UnsetType = UNSET
    kind: GroupKind | UnsetType = UNSET


class GroupMembersRequest(Request, frozen=True, kw_only=True):
    """People of the school."""

    teacher_ids: _TeacherIds


class ImportTeachersRequest(Request, frozen=True, kw_only=True):
    """A table of people as text: one line each, the first line names the columns."""

    csv: Annotated[str, Meta(max_length=1_000_000, pattern=r"^[^\x00]*$")]
    file_name: ShortLine = "import.csv"
    dry_run: bool = False
