"""Port: what is kept of questions beyond the versions that they stand in, inside a transaction of one school."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from lms_domain.learning.question_outcome import QuestionOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFlag:
    """Somebody who answered a question says that something is wrong with it."""

    tenant_id: UUID
    assignment_id: UUID
    question_id: UUID
    """In whichever version they were asked it."""
    user_id: UUID
    reason: str
    created_at: datetime


class QuestionHistoryRepository(Protocol):
    """A question that is copied into a new version of its quiz has another id there and stays the same question."""

    async def copied(self, assignment_id: UUID, names: Mapping[UUID, UUID]) -> None:
        """Questions were copied: their ids, and those of the copies."""
        ...

    async def flag(self, flag: QuestionFlag) -> None:
        """Keep what somebody says of a question, in place of what they said of it before, in any version."""
        ...

    async def unflag(self, assignment_id: UUID, question_id: UUID) -> int:
        """Take away what everybody says of a question of that quiz, in every version; how many that were."""
        ...

    async def record(self, outcomes: Sequence[QuestionOutcome]) -> None:
        """What became of generated questions. It outlives the questions and their quiz."""
        ...

    async def outcomes(self, question_id: UUID) -> tuple[QuestionOutcome, ...]:
        """What became of a question, in all versions, the oldest first. ``question_id`` of these is the id that it had
        first."""
        ...
