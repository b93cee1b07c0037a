"""What a school has decided for itself."""

from dataclasses import dataclass
from enum import StrEnum


class QuizPolicy(StrEnum):
    """What becomes of the quiz that is made from a video's transcript."""

    AUTOMATIC = "AUTOMATIC"
    """It is published as soon as it is made."""
    REVIEW_FIRST = "REVIEW_FIRST"
    """It stays a draft until an administrator has looked at it."""
    OFF = "OFF"
    """None is made."""


@dataclass(frozen=True, slots=True)
class SchoolPolicies:
    """A school's choices. ``remote_quiz_consent``: transcripts may be sent to a service outside this installation."""

    quiz: QuizPolicy = QuizPolicy.AUTOMATIC
    remote_quiz_consent: bool = False


DEFAULT_POLICIES = SchoolPolicies()
