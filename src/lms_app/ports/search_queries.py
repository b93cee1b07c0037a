"""Port: what a learner looks for."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

import msgspec

from lms_app.scope import TenantScope
from lms_domain.courses.course import ContentType


class FoundCourse(msgspec.Struct, frozen=True, kw_only=True):
    """A course with the words in its title or description."""

    id: UUID
    title: str


class FoundContent(msgspec.Struct, frozen=True, kw_only=True):
    """A content with the words in its title."""

    id: UUID
    title: str
    content_type: ContentType
    course_id: UUID
    course_title: str


class FoundCue(msgspec.Struct, frozen=True, kw_only=True):
    """What is said in a video, with the words in it. In seconds from the video's start."""

    content_id: UUID
    content_title: str
    course_id: UUID
    course_title: str
    start: float
    end: float
    text: str


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What was found, the best first."""

    courses: list[FoundCourse]
    contents: list[FoundContent]
    cues: list[FoundCue]


class SearchQueries(Protocol):
    """Looks through the published courses that are assigned to a person."""

    async def find(self, scope: TenantScope, user_id: UUID, words: Sequence[str], *, limit: int) -> Found:
        """At most ``limit`` of each kind that have all ``words``: titles and descriptions anywhere, what is said in
        videos as the beginnings of words. One statement."""
        ...
