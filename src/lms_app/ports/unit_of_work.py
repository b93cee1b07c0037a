"""Port: transactions, and the repositories inside them."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol, overload
from uuid import UUID

from lms_app.ports.assignments import AssignmentRepository, SubmissionRepository
from lms_app.ports.audience import AudienceRepository
from lms_app.ports.audit import AuditRepository
from lms_app.ports.deleted_courses import DeletedCourseRepository
from lms_app.ports.domains import DomainRepository
from lms_app.ports.ended_sessions import EndedSessionRepository
from lms_app.ports.files import FileRepository
from lms_app.ports.groups import GroupRepository
from lms_app.ports.idempotency import IdempotencyRepository
from lms_app.ports.impersonations import ImpersonationRepository
from lms_app.ports.jobs import JobRepository, JobWorkRepository
from lms_app.ports.lockout import SignInFailureRepository
from lms_app.ports.mail import MailDeliveryRepository
from lms_app.ports.notifications import NotificationRepository
from lms_app.ports.one_time_tokens import OneTimeTokenRepository
from lms_app.ports.personal_data import PersonalDataRepository
from lms_app.ports.progress import ProgressRepository
from lms_app.ports.question_history import QuestionHistoryRepository
from lms_app.ports.quiz_extensions import QuizExtensionRepository
from lms_app.ports.quizzes import AttemptRepository, QuizRepository
from lms_app.ports.reminders import ReminderRepository
from lms_app.ports.repositories import (
    CourseRepository,
    OperatorRepository,
    OutboxRepository,
    PipelineSweepRepository,
    SessionRepository,
    TenantRepository,
    UsageRepository,
    UserRepository,
    VideoRepository,
)
from lms_app.ports.school import SchoolRepository
from lms_app.ports.second_factors import SecondFactorRepository
from lms_app.ports.storage_garbage import StorageGarbageRepository
from lms_app.ports.teacher_imports import TeacherImportRepository
from lms_app.ports.trial_warnings import TrialWarningRepository
from lms_app.ports.upkeep import UpkeepRepository
from lms_app.ports.verified_domains import VerifiedDomainRepository
from lms_app.scope import SystemScope, TenantScope


class TenantTransaction(Protocol):
    """A transaction inside one school. Without ``commit`` nothing happened."""

    users: UserRepository
    sessions: SessionRepository
    one_time_tokens: OneTimeTokenRepository
    sign_in_failures: SignInFailureRepository
    second_factors: SecondFactorRepository
    impersonations: ImpersonationRepository
    school: SchoolRepository
    domains: DomainRepository
    groups: GroupRepository
    teacher_imports: TeacherImportRepository
    personal_data: PersonalDataRepository
    files: FileRepository
    courses: CourseRepository
    videos: VideoRepository
    outbox: OutboxRepository
    progress: ProgressRepository
    assignments: AssignmentRepository
    submissions: SubmissionRepository
    quizzes: QuizRepository
    attempts: AttemptRepository
    quiz_extensions: QuizExtensionRepository
    question_history: QuestionHistoryRepository
    notifications: NotificationRepository
    reminders: ReminderRepository
    audience: AudienceRepository
    mail: MailDeliveryRepository
    audit: AuditRepository
    jobs: JobRepository
    idempotency: IdempotencyRepository
    garbage: StorageGarbageRepository
    usage: UsageRepository

    async def commit(self) -> None:
        """Make everything done in this transaction true at once; nothing more may be done in it."""
        ...


class SystemTransaction(Protocol):
    """A transaction across schools. Without ``commit`` nothing happened."""

    tenants: TenantRepository
    operators: OperatorRepository
    operator_sessions: SessionRepository
    operator_second_factors: SecondFactorRepository
    operator_sign_in_failures: SignInFailureRepository
    ended_sessions: EndedSessionRepository
    impersonations: ImpersonationRepository
    trial_warnings: TrialWarningRepository
    deleted_courses: DeletedCourseRepository
    verified_domains: VerifiedDomainRepository
    mail: MailDeliveryRepository
    audit: AuditRepository
    jobs: JobWorkRepository
    operator_idempotency: IdempotencyRepository
    garbage: StorageGarbageRepository
    outbox: OutboxRepository
    pipeline: PipelineSweepRepository
    upkeep: UpkeepRepository

    def users_of(self, tenant_id: UUID) -> UserRepository:
        """The people of one school."""
        ...

    def school_of(self, tenant_id: UUID) -> SchoolRepository:
        """One school, as its own administrators may see it."""
        ...

    def one_time_tokens_of(self, tenant_id: UUID) -> OneTimeTokenRepository:
        """The one-time tokens of one school's people."""
        ...

    async def commit(self) -> None:
        """Make everything done in this transaction true at once; nothing more may be done in it."""
        ...


class UnitOfWork(Protocol):
    """Opens transactions. Never keep one open across a tool, the network or a person."""

    @overload
    def begin(self, scope: TenantScope) -> AbstractAsyncContextManager[TenantTransaction]: ...
    @overload
    def begin(self, scope: SystemScope) -> AbstractAsyncContextManager[SystemTransaction]: ...
