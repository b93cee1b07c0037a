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
    thumbnail: UUID | None = None


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
    thumbnail: UUID | UnsetType | None = UNSET


class PublishCourseRequest(Request, frozen=True, kw_only=True):
    """Show the course to those it is assigned to, or hide it."""

    action: Literal["publish", "unpublish"]


class CreateModuleRequest(Request, frozen=True, kw_only=True):
    """A new module, at the end of the course."""

    title: Line
    description: Text = ""


class DuplicateCourseRequest(Request, frozen=True, kw_only=True):
    """What the copy is to be called; without a title it is called like the original, with a note."""

    title: Line | None = None


class UpdateModuleRequest(Request, frozen=True, kw_only=True):
    """What is to change; what is absent stays as it is."""

    title: Line | UnsetType = UNSET
    description: Text | UnsetType = UNSET


class ModuleOrderRequest(Request, frozen=True, kw_only=True):
    """A module, and its contents in order."""

    id: UUID
    contents: Ids


class OutlineRequest(Request, frozen=True, kw_only=True):
    """The whole order of a course: every module and every content exactly once."""

    modules: Annotated[tuple[ModuleOrderRequest, ...], Meta(max_length=1000)]


Html = Annotated[str, Meta(max_length=200_000, pattern=r"^[^\x00]*$")]
Coverage = Annotated[int, Meta(ge=50, le=100)]


class UpdateContentRequest(Request, frozen=True, kw_only=True):
    """What is to change; what is absent stays as it is. Which fields there are follows from the content's kind."""

    title: Line | UnsetType = UNSET
    is_mandatory: bool | UnsetType = UNSET
    url: Url | UnsetType = UNSET
    file_id: UUID | UnsetType = UNSET
    text: Html | UnsetType = UNSET
    required_coverage: Coverage | UnsetType = UNSET


class CreateContentRequest(Request, frozen=True, kw_only=True):
    """A new content, at the end of the module. Which fields belong to it follows from ``content_type``."""

    title: Line
    content_type: ContentType
    is_mandatory: bool = True
    url: Url | None = None
    file_id: UUID | None = None
    text: Html | None = None
    required_coverage: Coverage | None = None
