"""Transactions with their repositories, in memory."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import overload
from uuid import UUID

from adapters.memory.accounts import MemoryOperatorRepository, MemoryUserRepository
from adapters.memory.assignments import MemoryAssignmentRepository, MemorySubmissionRepository
from adapters.memory.audience import MemoryAudienceRepository
from adapters.memory.audit import MemoryAuditRepository
from adapters.memory.courses import MemoryCourseRepository, MemoryDeletedCourseRepository
from adapters.memory.database import MemoryDatabase
from adapters.memory.domains import MemoryDomainRepository, MemoryVerifiedDomainRepository
from adapters.memory.ended_sessions import MemoryEndedSessionRepository
from adapters.memory.files import MemoryFileRepository
from adapters.memory.groups import MemoryGroupRepository
from adapters.memory.idempotency import MemoryIdempotencyRepository
from adapters.memory.impersonations import MemoryImpersonationRepository
from adapters.memory.jobs import MemoryJobRepository, MemorySchoolJobRepository
from adapters.memory.lockout import MemorySignInFailureRepository
from adapters.memory.mail import MemoryMailDeliveryRepository
from adapters.memory.notifications import MemoryNotificationRepository
from adapters.memory.one_time_tokens import MemoryOneTimeTokenRepository
from adapters.memory.outbox import MemoryOutbox
from adapters.memory.personal_data import MemoryPersonalDataRepository
from adapters.memory.progress import MemoryProgressRepository
from adapters.memory.question_history import MemoryQuestionHistoryRepository
from adapters.memory.quiz_extensions import MemoryQuizExtensionRepository
from adapters.memory.quizzes import MemoryAttemptRepository, MemoryQuizRepository
from adapters.memory.reminders import MemoryReminderRepository
from adapters.memory.schools import MemorySchoolRepository, MemoryTenantRepository, MemoryUsageRepository
from adapters.memory.second_factors import MemorySecondFactorRepository
from adapters.memory.sessions import MemorySessionRepository
from adapters.memory.storage_garbage import MemoryStorageGarbageRepository
from adapters.memory.tables import Rows, Transaction
from adapters.memory.teacher_imports import MemoryTeacherImportRepository
from adapters.memory.trial_warnings import MemoryTrialWarningRepository
from adapters.memory.upkeep import MemoryUpkeepRepository
from adapters.memory.video import MemoryPipelineSweepRepository, MemoryVideoRepository
from lms_app.ports.clock import Clock
from lms_app.ports.one_time_tokens import OneTimeTokenRepository
from lms_app.ports.repositories import UserRepository
from lms_app.ports.school import SchoolRepository
from lms_app.ports.unit_of_work import SystemTransaction, TenantTransaction, UnitOfWork
from lms_app.scope import SystemScope, TenantScope


class MemoryTenantTransaction(TenantTransaction):
    """A transaction inside one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID, clock: Clock) -> None:
        self._tx = tx
        self.users = MemoryUserRepository(database, tx, tenant_id)
        self.sessions = MemorySessionRepository(
            Rows(database.users, tx, tenant_id),
            Rows(database.sessions, tx, tenant_id),
            Rows(database.tokens, tx, tenant_id),
        )
        self.one_time_tokens = MemoryOneTimeTokenRepository(database, tx, tenant_id)
        self.sign_in_failures = MemorySignInFailureRepository(Rows(database.sign_in_failures, tx, tenant_id), tenant_id)
        self.second_factors = MemorySecondFactorRepository(
            Rows(database.users, tx, tenant_id), Rows(database.second_factors, tx, tenant_id)
        )
        self.impersonations = MemoryImpersonationRepository(database, tx, tenant_id)
        self.school = MemorySchoolRepository(database, tx, tenant_id)
        self.domains = MemoryDomainRepository(database, tx, tenant_id)
        self.groups = MemoryGroupRepository(database, tx, tenant_id)
        self.teacher_imports = MemoryTeacherImportRepository(database, tx, tenant_id)
        self.personal_data = MemoryPersonalDataRepository(database, tx, tenant_id)
        self.files = MemoryFileRepository(database, tx, tenant_id)
        self.courses = MemoryCourseRepository(database, tx, tenant_id)
        self.videos = MemoryVideoRepository(database, tx, tenant_id, clock)
        self.outbox = MemoryOutbox(database, tx, tenant_id)
        self.progress = MemoryProgressRepository(database, tx, tenant_id)
        self.assignments = MemoryAssignmentRepository(database, tx, tenant_id)
        self.submissions = MemorySubmissionRepository(database, tx, tenant_id)
        self.quizzes = MemoryQuizRepository(database, tx, tenant_id)
        self.attempts = MemoryAttemptRepository(database, tx, tenant_id)
        self.quiz_extensions = MemoryQuizExtensionRepository(database, tx, tenant_id)
        self.question_history = MemoryQuestionHistoryRepository(database, tx, tenant_id)
        self.notifications = MemoryNotificationRepository(database, tx, tenant_id)
        self.reminders = MemoryReminderRepository(database, tx, tenant_id)
        self.audience = MemoryAudienceRepository(database, tx, tenant_id)
        self.mail = MemoryMailDeliveryRepository(database, tx, tenant_id)
        self.audit = MemoryAuditRepository(database, tx, tenant_id)
        self.jobs = MemorySchoolJobRepository(database, tx, tenant_id)
        self.idempotency = MemoryIdempotencyRepository(
            Rows(database.users, tx, tenant_id), Rows(database.idempotency_keys, tx, tenant_id), tenant_id
        )
        self.garbage = MemoryStorageGarbageRepository(database, tx, tenant_id)
        self.usage = MemoryUsageRepository(database, tx, tenant_id)

    async def commit(self) -> None:
        await _others_go_on()
        self._tx.commit()


class MemorySystemTransaction(SystemTransaction):
    """A transaction across schools."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, clock: Clock) -> None:
        self._database = database
        self._tx = tx
        self.tenants = MemoryTenantRepository(database, tx)
        self.operators = MemoryOperatorRepository(database, tx)
        self.operator_sessions = MemorySessionRepository(
            Rows(database.operators, tx, None),
            Rows(database.operator_sessions, tx, None),
            Rows(database.operator_tokens, tx, None),
        )
        self.ended_sessions = MemoryEndedSessionRepository(database, tx)
        self.operator_second_factors = MemorySecondFactorRepository(
            Rows(database.operators, tx, None), Rows(database.operator_second_factors, tx, None)
        )
        self.operator_sign_in_failures = MemorySignInFailureRepository(
            Rows(database.operator_sign_in_failures, tx, None), None
        )
        self.impersonations = MemoryImpersonationRepository(database, tx, None)
        self.trial_warnings = MemoryTrialWarningRepository(database, tx)
        self.deleted_courses = MemoryDeletedCourseRepository(database, tx)
        self.verified_domains = MemoryVerifiedDomainRepository(database, tx)
        self.mail = MemoryMailDeliveryRepository(database, tx, None)
        self.audit = MemoryAuditRepository(database, tx, None)
        self.jobs = MemoryJobRepository(database, tx, clock)
        self.operator_idempotency = MemoryIdempotencyRepository(
            None, Rows(database.operator_idempotency_keys, tx, None), None
        )
        self.garbage = MemoryStorageGarbageRepository(database, tx, None)
        self.outbox = MemoryOutbox(database, tx, None)
        self.pipeline = MemoryPipelineSweepRepository(database, tx, clock)
        self.upkeep = MemoryUpkeepRepository(database, tx)

    def users_of(self, tenant_id: UUID) -> UserRepository:
        return MemoryUserRepository(self._database, self._tx, tenant_id)

    def school_of(self, tenant_id: UUID) -> SchoolRepository:
        return MemorySchoolRepository(self._database, self._tx, tenant_id)

    def one_time_tokens_of(self, tenant_id: UUID) -> OneTimeTokenRepository:
        return MemoryOneTimeTokenRepository(self._database, self._tx, tenant_id)

    async def commit(self) -> None:
        await _others_go_on()
        self._tx.commit()


async def _others_go_on() -> None:
    """Let transactions that are open at the same time get as far as their locks allow. Nothing here waits for a
    network: without this, two that are begun at once would simply run one after the other."""
    await asyncio.sleep(0)


class MemoryUnitOfWork(UnitOfWork):
    """Opens transactions over ``database``. ``clock`` is the one by which leases end and steps fall due."""

    def __init__(self, database: MemoryDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @overload
    def begin(self, scope: TenantScope) -> AbstractAsyncContextManager[TenantTransaction]: ...
    @overload
    def begin(self, scope: SystemScope) -> AbstractAsyncContextManager[SystemTransaction]: ...
    def begin(
        self, scope: TenantScope | SystemScope
    ) -> AbstractAsyncContextManager[TenantTransaction] | AbstractAsyncContextManager[SystemTransaction]:
        return self._tenant(scope) if isinstance(scope, TenantScope) else self._system()

    @asynccontextmanager
    async def _tenant(self, scope: TenantScope) -> AsyncIterator[TenantTransaction]:
        with self._database.transaction() as tx:
            yield MemoryTenantTransaction(self._database, tx, scope.tenant_id, self._clock)

    @asynccontextmanager
    async def _system(self) -> AsyncIterator[SystemTransaction]:
        with self._database.transaction() as tx:
            yield MemorySystemTransaction(self._database, tx, self._clock)
