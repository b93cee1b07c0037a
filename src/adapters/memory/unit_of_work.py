"""Transactions with their repositories, in memory."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import overload
from uuid import UUID

from adapters.memory.accounts import MemoryOperatorRepository, MemoryUserRepository
from adapters.memory.courses import MemoryCourseRepository
from adapters.memory.database import MemoryDatabase
from adapters.memory.outbox import MemoryOutbox
from adapters.memory.schools import MemoryTenantRepository, MemoryUsageRepository
from adapters.memory.sessions import MemorySessionRepository
from adapters.memory.tables import Rows, Transaction
from adapters.memory.video import MemoryPipelineSweepRepository, MemoryVideoRepository
from lms_app.ports.clock import Clock
from lms_app.ports.repositories import UserRepository
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
        self.courses = MemoryCourseRepository(database, tx, tenant_id)
        self.videos = MemoryVideoRepository(database, tx, tenant_id, clock)
        self.outbox = MemoryOutbox(database, tx, tenant_id)
        self.usage = MemoryUsageRepository(database, tx, tenant_id)

    async def commit(self) -> None:
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
        self.outbox = MemoryOutbox(database, tx, None)
        self.pipeline = MemoryPipelineSweepRepository(database, tx, clock)

    def users_of(self, tenant_id: UUID) -> UserRepository:
        return MemoryUserRepository(self._database, self._tx, tenant_id)

    async def commit(self) -> None:
        self._tx.commit()


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
