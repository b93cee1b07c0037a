"""More time, or more attempts, for one person at one quiz: all its versions, those to come among them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lms_domain.errors import InvalidInput
from lms_domain.learning.quiz import MAX_ATTEMPTS, MAX_TIME_LIMIT_SECONDS, Quiz
from lms_domain.text import clean_text

MAX_EXTRA_PERCENT = 300
MAX_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizExtension:
    """What somebody is given beyond what everybody has, and why."""

    tenant_id: UUID
    assignment_id: UUID
    user_id: UUID
    extra_seconds: int = 0
    extra_percent: int = 0
    """Of the quiz's time limit; added before the seconds."""
    extra_attempts: int = 0
    """At each version."""
    reason: str
    given_by: UUID | None
    """None: that person is gone."""
    given_at: datetime

    def __post_init__(self) -> None:
        for field, value, most in (
            ("extra_seconds", self.extra_seconds, MAX_TIME_LIMIT_SECONDS),
            ("extra_percent", self.extra_percent, MAX_EXTRA_PERCENT),
            ("extra_attempts", self.extra_attempts, MAX_ATTEMPTS),
        ):
            if not 0 <= value <= most:
                raise InvalidInput.for_field(field, "out_of_range", f"Between 0 and {most}.")
        if not (self.extra_seconds or self.extra_percent or self.extra_attempts):
            raise InvalidInput.for_field("extra_seconds", "required", "Give more time, more attempts, or both.")
        if clean_text(self.reason, field="reason", max_length=MAX_REASON) != self.reason or not self.reason:
            raise InvalidInput.for_field("reason", "required", "Say why, without white space around it.")


def attempts_allowed(quiz: Quiz, extension: QuizExtension | None) -> int:
    """How many attempts somebody has at this version."""
    return quiz.attempts_allowed + (extension.extra_attempts if extension is not None else 0)


def time_limit(quiz: Quiz, extension: QuizExtension | None) -> timedelta | None:
    """How long an attempt of somebody may take, to the second, rounded up; None: there is no limit to extend."""
    if quiz.time_limit_seconds is None:
        return None
    if extension is None:
        return timedelta(seconds=quiz.time_limit_seconds)
    by_percent = -(-quiz.time_limit_seconds * extension.extra_percent // 100)
    return timedelta(seconds=quiz.time_limit_seconds + by_percent + extension.extra_seconds)
