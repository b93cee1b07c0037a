"""Everything that is kept, in memory."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from uuid import UUID

from adapters.memory.tables import Table, Transaction, Transactional
from lms_app.ports.idempotency import KeyedRequest
from lms_app.ports.job_queue import StepDoorbell
from lms_app.ports.question_history import QuestionFlag
from lms_app.ports.repositories import Transcript
from lms_app.ports.storage_garbage import GarbageToCollect
from lms_app.ports.teacher_imports import TeacherImport
from lms_domain.accounts.impersonation import Impersonation
from lms_domain.accounts.lockout import SignInFailures
from lms_domain.accounts.one_time_token import OneTimeToken
from lms_domain.accounts.person import Operator, User
from lms_domain.accounts.second_factor import SecondFactor
from lms_domain.audit.entry import AuditEntry
from lms_domain.courses.course import Content, Course, Module
from lms_domain.courses.group import TeacherGroup
from lms_domain.files.stored_file import StoredFile
from lms_domain.jobs.job import Job
from lms_domain.learning.assignment import Assignment
from lms_domain.learning.attempt import QuizAttempt
from lms_domain.learning.completion import EarnedCompletion
from lms_domain.learning.progress import ContentProgress
from lms_domain.learning.question_outcome import QuestionOutcome
from lms_domain.learning.quiz import Quiz
from lms_domain.learning.quiz_extension import QuizExtension
from lms_domain.learning.submission import Submission
from lms_domain.notices.mail_delivery import MailDelivery
from lms_domain.notices.notification import Notification
from lms_domain.notices.reminder import ReminderCampaign
from lms_domain.schools.custom_domain import TenantDomain
from lms_domain.schools.tenant import Tenant
from lms_domain.video.asset import VideoAsset
from lms_domain.video.steps import Step


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A sign-in."""

    id: UUID
    user_id: UUID
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    address: str
    user_agent: str
    confirmed_at: datetime | None


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


IdempotencyKey = tuple[UUID | None, UUID, str]
"""A school, or None for the platform, who asked, and the key that they chose."""
FailureKey = tuple[UUID | None, str]
"""A school, or None for the platform, and what failures are counted by."""


@dataclass(eq=False)
class MemoryDatabase:
    """The tables. Several units of work, directories and queries may share one."""

    tenants: Table[UUID, Tenant] = field(default_factory=Table)
    stored_bytes: Table[UUID, int] = field(default_factory=Table)
    domains: Table[UUID, TenantDomain] = field(default_factory=Table)
    trial_warnings: Table[tuple[UUID, date, int], datetime] = field(default_factory=Table)
    """When a school was warned, by its id, its trial's last day and the days before that."""
    users: Table[UUID, User] = field(default_factory=Table)
    sessions: Table[UUID, SessionRow] = field(default_factory=Table)
    tokens: Table[bytes, TokenRow] = field(default_factory=Table)
    one_time_tokens: Table[UUID, OneTimeToken] = field(default_factory=Table)
    second_factors: Table[UUID, SecondFactor] = field(default_factory=Table)
    """By the person's id."""
    sign_in_failures: Table[FailureKey, SignInFailures] = field(default_factory=Table)
    idempotency_keys: Table[IdempotencyKey, KeyedRequest] = field(default_factory=Table)
    operator_idempotency_keys: Table[IdempotencyKey, KeyedRequest] = field(default_factory=Table)
    jobs: Table[UUID, tuple[Job, datetime | None]] = field(default_factory=Table)
    """With the end of the lease, while one is held."""
    impersonations: Table[UUID, Impersonation] = field(default_factory=Table)
    teacher_imports: Table[UUID, TeacherImport] = field(default_factory=Table)
    operators: Table[UUID, Operator] = field(default_factory=Table)
    operator_sessions: Table[UUID, SessionRow] = field(default_factory=Table)
    operator_tokens: Table[bytes, TokenRow] = field(default_factory=Table)
    operator_second_factors: Table[UUID, SecondFactor] = field(default_factory=Table)
    operator_sign_in_failures: Table[FailureKey, SignInFailures] = field(default_factory=Table)
    groups: Table[UUID, TeacherGroup] = field(default_factory=Table)
    group_members: Table[tuple[UUID, UUID], datetime] = field(default_factory=Table)
    """When somebody joined, by the ids of group and person."""
    files: Table[UUID, StoredFile] = field(default_factory=Table)
    courses: Table[UUID, Course] = field(default_factory=Table)
    course_assignments: Table[tuple[UUID, UUID], datetime] = field(default_factory=Table)
    """When a course was assigned to a person, by their ids."""
    course_groups: Table[tuple[UUID, UUID], datetime] = field(default_factory=Table)
    """When a course was assigned to a group, by their ids."""
    modules: Table[UUID, Module] = field(default_factory=Table)
    contents: Table[UUID, Content] = field(default_factory=Table)
    videos: Table[UUID, VideoAsset] = field(default_factory=Table)
    """Without their steps."""
    steps: Table[UUID, StepRow] = field(default_factory=Table)
    transcripts: Table[UUID, Transcript] = field(default_factory=Table)
    progress: Table[tuple[UUID, UUID], ContentProgress] = field(default_factory=Table)
    """By the ids of person and content."""
    completions: Table[tuple[UUID, UUID], EarnedCompletion] = field(default_factory=Table)
    """By the ids of person and course."""
    watch_clocks: Table[UUID, datetime] = field(default_factory=Table)
    """Up to when a person's time is accounted for, by their id."""
    assignments: Table[UUID, Assignment] = field(default_factory=Table)
    submissions: Table[UUID, Submission] = field(default_factory=Table)
    quizzes: Table[UUID, Quiz] = field(default_factory=Table)
    attempts: Table[UUID, QuizAttempt] = field(default_factory=Table)
    extensions: Table[tuple[UUID, UUID], QuizExtension] = field(default_factory=Table)
    """By the ids of assignment and person."""
    question_copies: Table[UUID, UUID] = field(default_factory=Table)
    """The id that a question had first, by that of its copy."""
    question_flags: Table[tuple[UUID, UUID], QuestionFlag] = field(default_factory=Table)
    """By the ids of question and person."""
    question_outcomes: Table[UUID, QuestionOutcome] = field(default_factory=Table)
    notifications: Table[UUID, Notification] = field(default_factory=Table)
    campaigns: Table[UUID, ReminderCampaign] = field(default_factory=Table)
    mails: Table[UUID, MailDelivery] = field(default_factory=Table)
    audit: Table[UUID, AuditEntry] = field(default_factory=Table)
    garbage: Table[int, GarbageToCollect] = field(default_factory=lambda: Table(outlives_schools=True))
    """Files are collected after their school is gone."""
    garbage_numbers: "count[int]" = field(default_factory=lambda: count(1))
    outbox: Table[int, StepDoorbell] = field(default_factory=Table)
    outbox_numbers: "count[int]" = field(default_factory=lambda: count(1))
    _locks: dict[Hashable, Transaction] = field(default_factory=dict)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction that ends with the context."""
        parts = tuple(part for part in vars(self).values() if isinstance(part, Transactional))
        tx = Transaction(parts, self._locks)
        try:
            yield tx
        finally:
            tx.close()
