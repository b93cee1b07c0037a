"""What clients send about courses."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from entrypoints.http.requests.values import Line, Request, Text, Url
from lms_domain.courses.course import ContentType

Hours = Annotated[float, Meta(ge=0, le=1000)]
Ids = Annotated[tuple[UUID, ...], Meta(max_length=5000)]


class CreateCourseRequest(Request, frozen=True, kw_only=True):
    """A new course."""

    title: Line
    description: Text = ""
    is_mandatory: bool = False
    deadline: date | None = None
    estimated_hours: Hours | None = None
    assigned_to_all: bool = False
    assigned_groups: Ids = ()
    assigned_teachers: Ids = ()


class UpdateCourseRequest(Request, frozen=True, kw_only=True):
    """What is to change; what is absent stays as it is."""

    title: Line | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    is_mandatory: bool | UnsetType = UNSET
    deadline: date | UnsetType | None = UNSET
    estimated_hours: Hours | UnsetType | None = UNSET
    assigned_to_all: bool | UnsetType = UNSET
    assigned_groups: Ids | UnsetType = UNSET
    assigned_teachers: Ids | UnsetType = UNSET


class PublishCourseRequest(Request, frozen=True, kw_only=True):
    """Show the course to those it is assigned to, or hide it."""

    action: Literal["publish", "unpublish"]


class CreateModuleRequest(Request, frozen=True, kw_only=True):
    """A new module, at the end of the course."""

    title: Line
    description: Text = ""


class CreateContentRequest(Request, frozen=True, kw_only=True):
    """A new content, at the end of the module. Which fields belong to it follows from ``content_type``."""

    title: Line
    content_type: ContentType
    is_mandatory: bool = True
    url: Url | None = None
    file_id: UUID | None = None
    text: Annotated[str, Meta(max_length=200_000, pattern=r"^[^\x00]*$")] | None = None
    required_coverage: Annotated[int, Meta(ge=50, le=100)] | None = None
