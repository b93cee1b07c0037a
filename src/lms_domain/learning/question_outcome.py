"""What becomes of a question that a generator proposed: what its rule is worth shows in that."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Outcome(StrEnum):
    """PROPOSED: it passed the validator and nobody has looked at it. ACCEPTED: as it stood. EDITED: a person made it
    better. REJECTED: a person does not want it asked. STALE: captions that changed do not say it any more."""

    PROPOSED = "PROPOSED"
    ACCEPTED = "ACCEPTED"
    EDITED = "EDITED"
    REJECTED = "REJECTED"
    STALE = "STALE"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionOutcome:
    """One thing that became of a generated question. The last one counts."""

    id: UUID
    tenant_id: UUID
    question_id: UUID
    """In whichever version of its quiz."""
    generator: str
    """Such as ``rules-en/1``."""
    rule: str
    outcome: Outcome
    reason: str
    """Of a person, in their words; empty: none was given."""
    at: datetime
