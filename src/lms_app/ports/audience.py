"""Port: who is to be told of something, as one question each."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from lms_domain.accounts.preferences import NotificationPreferences
from lms_domain.notices.notification import NotificationKind


@dataclass(frozen=True, slots=True)
class Recipient:
    """An active person of a school, as far as those who tell them something need to know."""

    user_id: UUID
    email: str
    first_name: str
    last_name: str
    preferences: NotificationPreferences
    has_joined: bool
    """Whether they ever chose or were given a password. Others have an invitation waiting in their mail."""


@dataclass(frozen=True, slots=True)
class NewCourse:
    """Somebody may see a course of which they were never told."""

    recipient: Recipient
    course_id: UUID
    title: str
    is_mandatory: bool
    deadline: date | None


class WorkKind(StrEnum):
    """What has a deadline."""

    COURSE = "course"
    ASSIGNMENT = "assignment"


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Somebody has not finished something whose deadline comes near."""

    recipient: Recipient
    kind: WorkKind
    id: UUID
    course_id: UUID
    title: str
    deadline: date


@dataclass(frozen=True, slots=True)
class WaitingNotice:
    """A notification that waits for somebody's daily mail."""

    recipient: Recipient
    kind: NotificationKind
    title: str
    link: str


class AudienceRepository(Protocol):
    """People of one school. Learners are the active people of the roles that learn; what they may see is the rule of
    the portal, so nobody ever hears of a draft or of an unpublished or deleted course."""

    async def chosen(
        self, *, everybody: bool, user_ids: frozenset[UUID], group_ids: frozenset[UUID]
    ) -> tuple[Recipient, ...]:
        """The learners among these people and in these groups; all learners for ``everybody``."""
        ...

    async def administrators(self) -> tuple[Recipient, ...]:
        """The school's active administrators."""
        ...

    async def new_courses(
        self,
        *,
        course_ids: frozenset[UUID] = frozenset(),
        user_ids: frozenset[UUID] = frozenset(),
        of_group: UUID | None = None,
    ) -> tuple[NewCourse, ...]:
        """Which learners may see which of these courses, or which of these learners may see which course, and have no
        notification ``course:<id>:assigned`` yet; with ``of_group`` only courses that are assigned to that group."""
        ...

    async def of_assignment(self, assignment_id: UUID) -> tuple[Recipient, ...]:
        """The learners who may see a published assignment and have no notification ``assignment:<id>:published``
        yet."""
        ...

    async def unfinished_in_course(self, course_id: UUID, *, user_ids: frozenset[UUID] | None) -> tuple[Recipient, ...]:
        """The learners who may see a course and have not completed it; of ``user_ids`` only, unless that is None."""
        ...

    async def unfinished_assignment(
        self, assignment_id: UUID, *, user_ids: frozenset[UUID] | None
    ) -> tuple[Recipient, ...]:
        """The learners who may see a published assignment and have neither handed it in nor passed it."""
        ...

    async def open_work(self, today: date) -> tuple[OpenWork, ...]:
        """What is unfinished and due today or within ``max(WARNING_DAYS)`` days, by whom, without that of which they
        were warned at the stage of today (see ``deadline_warning``; the key of the fact is that of
        ``deadline_key``)."""
        ...

    async def waiting_for_digest(self, until: datetime) -> tuple[WaitingNotice, ...]:
        """What people with a daily mail have not read, told up to ``until`` and since their last daily mail (or within
        a week), in the order of people and of time."""
        ...


def course_key(course_id: UUID) -> str:
    """The fact that somebody has a course."""
    return f"course:{course_id}:assigned"


def published_key(assignment_id: UUID) -> str:
    """The fact that somebody has an assignment."""
    return f"assignment:{assignment_id}:published"


def deadline_key(kind: WorkKind, subject_id: UUID, deadline: date, stage: int) -> str:
    """The fact that somebody was warned of a deadline. A deadline that is moved is a new one."""
    return f"{kind.value}:{subject_id}:due:{deadline.isoformat()}:{stage}"
