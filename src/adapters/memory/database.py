"""Everything that is kept, in memory."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from uuid import UUID

from adapters.memory.tables import Table, Transaction, Transactional
from lms_app.ports.job_queue import StepDoorbell
from lms_app.ports.repositories import Transcript
from lms_domain.accounts.person import Operator, User
from lms_domain.courses.course import Content, Course, Module
from lms_domain.schools.tenant import Tenant
from lms_domain.video.asset import VideoAsset
from lms_domain.video.steps import Step


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A sign-in."""

    id: UUID
    user_id: UUID
    expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A refresh token that was given out; the newest of its session has the highest ``generation``."""

    session_id: UUID
    generation: int
    rotated_at: datetime | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of a video; ``queued_at`` is None unless it waits for a worker."""

    asset_id: UUID
    step: Step
    queued_at: datetime | None


class MemoryDatabase:
    """The tables. Several units of work, directories and queries may share one."""

    def __init__(self) -> None:
        self.tenants: Table[UUID, Tenant] = Table()
        self.stored_bytes: Table[UUID, int] = Table()
        self.users: Table[UUID, User] = Table()
        self.sessions: Table[UUID, SessionRow] = Table()
        self.tokens: Table[bytes, TokenRow] = Table()
        self.operators: Table[UUID, Operator] = Table()
        self.operator_sessions: Table[UUID, SessionRow] = Table()
        self.operator_tokens: Table[bytes, TokenRow] = Table()
        self.courses: Table[UUID, Course] = Table()
        self.course_assignments: Table[tuple[UUID, UUID], datetime] = Table()
        """When a course was assigned to a person, by their ids."""
        self.modules: Table[UUID, Module] = Table()
        self.contents: Table[UUID, Content] = Table()
        self.videos: Table[UUID, VideoAsset] = Table()
        """Without their steps."""
        self.steps: Table[UUID, StepRow] = Table()
        self.transcripts: Table[UUID, Transcript] = Table()
        self.outbox: Table[int, StepDoorbell] = Table()
        self.outbox_numbers = count(1)
        self._locks: dict[Hashable, Transaction] = {}

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction that ends with the context."""
        parts = tuple(part for part in vars(self).values() if isinstance(part, Transactional))
        tx = Transaction(parts, self._locks)
        try:
            yield tx
        finally:
            tx.close()
