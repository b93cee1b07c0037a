"""Transactions with their repositories."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import overload
from uuid import UUID

from adapters.postgres import idempotency, lockout, second_factors
from adapters.postgres.accounts import PostgresOperatorRepository, PostgresUserRepository
from adapters.postgres.assignments import PostgresAssignmentRepository
from adapters.postgres.attempts import PostgresAttemptRepository
from adapters.postgres.audience import PostgresAudienceRepository
from adapters.postgres.audit import PostgresAuditRepository, PostgresSchoolAuditRepository
from adapters.postgres.courses import PostgresCourseRepository
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.deleted_courses import PostgresDeletedCourseRepository
from adapters.postgres.domains import PostgresDomainRepository, PostgresVerifiedDomainRepository
from adapters.postgres.ended_sessions import PostgresEndedSessionRepository
from adapters.postgres.files import PostgresFileRepository
from adapters.postgres.groups import PostgresGroupRepository
from adapters.postgres.impersonations import PostgresImpersonationRepository
from adapters.postgres.jobs import PostgresJobRepository, PostgresSchoolJobRepository
from adapters.postgres.mail import PostgresMailRepository, PostgresSchoolMailRepository
from adapters.postgres.notices import PostgresNotificationRepository, PostgresReminderRepository
from adapters.postgres.one_time_tokens import PostgresOneTimeTokenRepository
from adapters.postgres.outbox import PostgresOutbox, PostgresSchoolOutbox
from adapters.postgres.personal_data import PostgresPersonalDataRepository
from adapters.postgres.pool import Transaction
from adapters.postgres.progress import PostgresProgressRepository
from adapters.postgres.question_history import PostgresQuestionHistoryRepository
from adapters.postgres.quiz_extensions import PostgresQuizExtensionRepository
from adapters.postgres.quizzes import PostgresQuizRepository
from adapters.postgres.school import PostgresSchoolRepository
from adapters.postgres.schools import PostgresTenantRepository
from adapters.postgres.sealing import SecretSeal
from adapters.postgres.second_factors import PostgresSecondFactorRepository
from adapters.postgres.sessions import OF_PLATFORM, OF_SCHOOL, PostgresSessionRepository
from adapters.postgres.sql import SystemSql, TenantSql
from adapters.postgres.storage_garbage import PostgresStorageGarbage
from adapters.postgres.submissions import PostgresSubmissionRepository
from adapters.postgres.sweep import PostgresPipelineSweepRepository
from adapters.postgres.teacher_imports import PostgresTeacherImportRepository
from adapters.postgres.trial_warnings import PostgresTrialWarningRepository
from adapters.postgres.upkeep import PostgresUpkeepRepository
from adapters.postgres.usage import PostgresUsageRepository
from adapters.postgres.video import PostgresVideoRepository
from lms_app.ports.one_time_tokens import OneTimeTokenRepository
from lms_app.ports.repositories import UserRepository
from lms_app.ports.school import SchoolRepository
from lms_app.ports.unit_of_work import SystemTransaction, TenantTransaction, UnitOfWork
from lms_app.scope import SystemScope, TenantScope


class PostgresTenantTransaction(TenantTransaction):
    """A transaction inside one school, as a role that can see no other."""

    def __init__(self, transaction: Transaction, tenant_id: UUID, seal: SecretSeal) -> None:
        self._sql = sql = TenantSql(transaction.connection, tenant_id)
        self._transaction = transaction
        self.school = school = PostgresSchoolRepository(sql)
        self.users = PostgresUserRepository(sql)
        self.sessions = PostgresSessionRepository(sql, OF_SCHOOL)
        self.one_time_tokens = PostgresOneTimeTokenRepository(sql, school)
        self.sign_in_failures = lockout.PostgresSignInFailureRepository(sql, lockout.OF_SCHOOL)
        self.second_factors = PostgresSecondFactorRepository(sql, second_factors.OF_SCHOOL, seal)
        self.impersonations = PostgresImpersonationRepository(sql)
        self.domains = PostgresDomainRepository(sql)
        self.groups = PostgresGroupRepository(sql)
        self.teacher_imports = PostgresTeacherImportRepository(sql)
        self.personal_data = PostgresPersonalDataRepository(sql)
        self.files = PostgresFileRepository(sql)
        self.courses = PostgresCourseRepository(sql)
        self.videos = PostgresVideoRepository(sql)
        self.outbox = PostgresSchoolOutbox(sql)
        self.progress = PostgresProgressRepository(sql)
        self.assignments = PostgresAssignmentRepository(sql)
        self.submissions = PostgresSubmissionRepository(sql, school)
        self.quizzes = PostgresQuizRepository(sql)
        self.attempts = PostgresAttemptRepository(sql)
        self.quiz_extensions = PostgresQuizExtensionRepository(sql)
        self.question_history = PostgresQuestionHistoryRepository(sql)
        self.notifications = PostgresNotificationRepository(sql)
        self.reminders = PostgresReminderRepository(sql)
        self.audience = PostgresAudienceRepository(sql, school)
        self.mail = PostgresSchoolMailRepository(sql)
        self.audit = PostgresSchoolAuditRepository(sql)
        self.jobs = PostgresSchoolJobRepository(sql)
        self.idempotency = idempotency.PostgresIdempotencyRepository(sql, idempotency.OF_SCHOOL)
        self.garbage = PostgresStorageGarbage(sql)
        self.usage = PostgresUsageRepository(sql, school)

    async def commit(self) -> None:
        await self._sql.flush()
        await self._transaction.commit()


class PostgresSystemTransaction(SystemTransaction):
    """A transaction across schools."""

    def __init__(self, transaction: Transaction, seal: SecretSeal) -> None:
        self._sql = SystemSql(transaction.connection)
        self._transaction = transaction
        self.tenants = PostgresTenantRepository(self._sql)
        self.operators = PostgresOperatorRepository(self._sql)
        self.operator_sessions = PostgresSessionRepository(self._sql, OF_PLATFORM)
        self.operator_second_factors = PostgresSecondFactorRepository(self._sql, second_factors.OF_PLATFORM, seal)
        self.operator_sign_in_failures = lockout.PostgresSignInFailureRepository(self._sql, lockout.OF_PLATFORM)
        self.ended_sessions = PostgresEndedSessionRepository(self._sql)
        self.impersonations = PostgresImpersonationRepository(self._sql)
        self.trial_warnings = PostgresTrialWarningRepository(self._sql)
        self.deleted_courses = PostgresDeletedCourseRepository(self._sql)
        self.verified_domains = PostgresVerifiedDomainRepository(self._sql)
        self.mail = PostgresMailRepository(self._sql)
        self.audit = PostgresAuditRepository(self._sql)
        self.jobs = PostgresJobRepository(self._sql)
        self.operator_idempotency = idempotency.PostgresIdempotencyRepository(self._sql, idempotency.OF_PLATFORM)
        self.garbage = PostgresStorageGarbage(self._sql)
        self.outbox = PostgresOutbox(self._sql)
        self.pipeline = PostgresPipelineSweepRepository(self._sql)
        self.upkeep = PostgresUpkeepRepository(self._sql)

    def users_of(self, tenant_id: UUID) -> UserRepository:
        return PostgresUserRepository(self._sql.of_school(tenant_id))

    def school_of(self, tenant_id: UUID) -> SchoolRepository:
        return PostgresSchoolRepository(self._sql.of_school(tenant_id))

    def one_time_tokens_of(self, tenant_id: UUID) -> OneTimeTokenRepository:
        sql = self._sql.of_school(tenant_id)
        return PostgresOneTimeTokenRepository(sql, PostgresSchoolRepository(sql))

    async def commit(self) -> None:
        await self._sql.flush()
        await self._transaction.commit()


class PostgresUnitOfWork(UnitOfWork):
    """Opens transactions (READ COMMITTED). Everything done in one may raise Unavailable."""

    def __init__(self, database: PostgresDatabase, seal: SecretSeal) -> None:
        self._database = database
        self._seal = seal

    @overload
    def begin(self, scope: TenantScope) -> AbstractAsyncContextManager[TenantTransaction]: ...
    @overload
    def begin(self, scope: SystemScope) -> AbstractAsyncContextManager[SystemTransaction]: ...
    def begin(
        self, scope: TenantScope | SystemScope
    ) -> AbstractAsyncContextManager[TenantTransaction] | AbstractAsyncContextManager[SystemTransaction]:
        return self._tenant(scope) if isinstance(scope, TenantScope) else self._system(scope)

    @asynccontextmanager
    async def _tenant(self, scope: TenantScope) -> AsyncIterator[TenantTransaction]:
        async with self._database.write(scope) as transaction:
            yield PostgresTenantTransaction(transaction, scope.tenant_id, self._seal)

    @asynccontextmanager
    async def _system(self, scope: SystemScope) -> AsyncIterator[SystemTransaction]:
        async with self._database.write(scope) as transaction:
            yield PostgresSystemTransaction(transaction, self._seal)
