"""Extensions of quizzes, as administrators see them."""

from datetime import datetime
from uuid import UUID

import msgspec


class ExtendedPersonView(msgspec.Struct, frozen=True, kw_only=True):
    """Who is given more."""

    id: UUID
    name: str
    email: str


class QuizExtensionView(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is given at a quiz beyond what everybody has. ``extra_percent`` is of the quiz's time limit.
    ``open_until`` is the end of an attempt that is going on, where it has one."""

    teacher: ExtendedPersonView
    extra_seconds: int
    extra_percent: int
    extra_attempts: int
    reason: str
    given_at: datetime
    open_until: datetime | None
