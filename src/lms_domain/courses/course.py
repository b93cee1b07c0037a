"""Courses, their modules and contents."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from lms_domain.errors import Conflict, InvalidInput
from lms_domain.text import clean_line, clean_text

MAX_TITLE = 200
MAX_DESCRIPTION = 10_000
DEFAULT_REQUIRED_COVERAGE = 90
"""Percent of a video's seconds that must be watched."""
MAX_TEXT = 200_000
"""Characters of a TEXT content, markup included."""
RESTORE_DAYS = 30
"""For so long a deleted course can be had back; then it is purged with its files."""


class ContentType(StrEnum):
    """What one content of a module is."""

    VIDEO = "VIDEO"
    DOCUMENT = "DOCUMENT"
    LINK = "LINK"
    TEXT = "TEXT"


@dataclass(frozen=True, slots=True)
class Course:
    """Training that a school gives to its teachers. Unpublished courses are invisible to teachers."""

    id: UUID
    tenant_id: UUID
    title: str
    slug: str
    description: str
    is_mandatory: bool
    deadline: date | None
    """Local date of the school; it ends at 24:00 school time."""
    estimated_hours: float | None
    is_published: bool
    assigned_to_all: bool
    version: int
    """Counts changes, for ``If-Match``. A content that is added is none: it takes nothing from whoever edits the course
    meanwhile. A completion keeps the version that it was earned for, and when: contents that came later show as new."""
    created_at: datetime
    updated_at: datetime
    thumbnail_key: str | None = None
    """Where its picture lies in storage."""
    deleted_at: datetime | None = None

    def publish(self, *, content_count: int, now: datetime) -> "Course":
        """The course, visible to those it is assigned to.

        Raises:
            Conflict: ``course_empty``: there is nothing in it to learn from.
        """
        if content_count == 0:
            raise Conflict("Add at least one content before you publish this course.", code="course_empty")
        return replace(self, is_published=True, version=self.version + 1, updated_at=now)

    def unpublish(self, *, now: datetime) -> "Course":
        """The course, invisible to teachers again."""
        return replace(self, is_published=False, version=self.version + 1, updated_at=now)

    def delete(self, *, now: datetime) -> "Course":
        """The course, gone for everybody, and not yet for good; a deleted one keeps its date."""
        if self.deleted_at is not None:
            return self
        return replace(self, deleted_at=now, version=self.version + 1, updated_at=now)

    def restore(self, *, now: datetime) -> "Course":
        """The course as it was, but unpublished: what comes back is looked at before teachers see it.

        Raises:
            Conflict: ``not_deleted``, or ``not_restorable``: its time is over.
        """
        if self.deleted_at is None:
            raise Conflict("This course is not deleted.", code="not_deleted")
        if not self.is_restorable(now):
            raise Conflict(f"A course can be restored for {RESTORE_DAYS} days.", code="not_restorable")
        return replace(self, deleted_at=None, is_published=False, version=self.version + 1, updated_at=now)

    def is_restorable(self, now: datetime) -> bool:
        """Whether it is deleted and can still be had back."""
        return self.deleted_at is not None and now < self.deleted_at + timedelta(days=RESTORE_DAYS)


@dataclass(frozen=True, slots=True)
class Module:
    """A chapter of a course. ``position`` counts from 0."""

    id: UUID
    tenant_id: UUID
    course_id: UUID
    title: str
    description: str
    position: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Content:
    """One thing to learn from: a LINK has ``url``, a TEXT ``text``, a DOCUMENT ``file_id``, and none has another's.

    ``position`` counts from 0 within the module."""

    id: UUID
    tenant_id: UUID
    course_id: UUID
    module_id: UUID
    title: str
    content_type: ContentType
    position: int
    is_mandatory: bool
    url: str | None
    required_coverage: int | None
    """Percent, 50 to 100; VIDEO only."""
    created_at: datetime
    updated_at: datetime
    text: str | None = None
    """Sanitised HTML."""
    file_id: UUID | None = None
    """A stored file."""

    def __post_init__(self) -> None:
        if (self.content_type is ContentType.LINK) != (self.url is not None):
            raise InvalidInput.for_field("url", "invalid", "A link needs a web address, other kinds have none.")
        if (self.content_type is ContentType.TEXT) != (self.text is not None):
            raise InvalidInput.for_field("text", "invalid", "A text needs its words, other kinds have none.")
        if (self.content_type is ContentType.DOCUMENT) != (self.file_id is not None):
            raise InvalidInput.for_field("file_id", "invalid", "A document needs its file, other kinds have none.")
        if self.text is not None and len(self.text) > MAX_TEXT:
            raise InvalidInput.for_field("text", "too_long", f"Use at most {MAX_TEXT} characters.")
        if self.required_coverage is not None and self.content_type is not ContentType.VIDEO:
            raise InvalidInput.for_field("required_coverage", "invalid", "Only a video is watched in part.")
        if self.required_coverage is not None and not 50 <= self.required_coverage <= 100:
            raise InvalidInput.for_field("required_coverage", "out_of_range", "Between 50 and 100 percent.")


def clean_title(value: str) -> str:
    """A title fit to keep, or InvalidInput."""
    return clean_line(value, field="title", max_length=MAX_TITLE)


def clean_description(value: str) -> str:
    """A description fit to keep, or InvalidInput."""
    return clean_text(value, field="description", max_length=MAX_DESCRIPTION)


def check_estimated_hours(value: float | None) -> float | None:
    """``value`` itself when it is a sensible number of hours.

    Raises:
        InvalidInput: negative, not a number, or above 1000.
    """
    if value is not None and not 0 <= value <= 1000:
        raise InvalidInput.for_field("estimated_hours", "out_of_range", "Between 0 and 1000 hours.")
    return value


def check_link(value: str) -> str:
    """``value`` when it is an http(s) address that a browser may safely open.

    Raises:
        InvalidInput: anything else.
    """
    address = value.strip()
    try:
        parts = urlsplit(address)
        hostname = parts.hostname
    except ValueError:
        parts, hostname = None, None
    if (
        parts is None
        or parts.scheme not in {"http", "https"}
        or not hostname
        or len(address) > 2000
        or not address.isprintable()
        or " " in address
    ):
        raise InvalidInput.for_field("url", "invalid", "A link starts with https:// or http://.")
    return address


def slug_from_title(title: str) -> str:
    """A readable part of an address, 1 to 80 of a-z, 0-9 and -; ``course`` where the title has no Latin letters."""
    ascii_only = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:80].strip("-") or "course"
