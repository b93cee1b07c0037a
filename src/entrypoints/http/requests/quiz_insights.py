"""What clients send about quizzes beside the quizzes themselves."""

from typing import Annotated

from msgspec import Meta

from entrypoints.http.requests.values import NO_CONTROL, Request

Reason = Annotated[str, Meta(min_length=1, max_length=500, pattern=NO_CONTROL)]


class ExtendQuizRequest(Request, frozen=True, kw_only=True):
    """What somebody is given at a quiz beyond what everybody has: time, as seconds, as percent of the quiz's limit or
    both, attempts, or all of it; and why, which only administrators read."""

    extra_seconds: Annotated[int, Meta(ge=0, le=14_400)] = 0
    extra_percent: Annotated[int, Meta(ge=0, le=300)] = 0
    extra_attempts: Annotated[int, Meta(ge=0, le=20)] = 0
    reason: Reason


class FlagQuestionRequest(Request, frozen=True, kw_only=True):
    """What is wrong with a question."""

    reason: Reason
