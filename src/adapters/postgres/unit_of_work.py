"""Transactions with their repositories."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import overload
from uuid import UUID

from adapters.postgres.accounts import PostgresOperatorRepository, PostgresUserRepository
from adapters.postgres.courses import PostgresCourseRepository
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.outbox import PostgresOutbox, PostgresSchoolOutbox
from adapters.postgres.pool import Transaction
from adapters.postgres.schools import PostgresTenantRepository, PostgresUsageRepository
from adapters.postgres.sessions import OF_PLATFORM, OF_SCHOOL, PostgresSessionRepository
from adapters.postgres.sql import SystemSql, TenantSql
from adapters.postgres.sweep import PostgresPipelineSweepRepository
from adapters.postgres.video import PostgresVideoRepository
from lms_app.ports.repositories import UserRepository
from lms_app.ports.unit_of_work import SystemTransaction, TenantTransaction, UnitOfWork
from lms_app.scope import SystemScope, TenantScope


class PostgresTenantTransaction(TenantTransaction):
    """A transaction inside one school, as a role that can see no other."""

    def __init__(self, transaction: Transaction, tenant_id: UUID) -> None:
        sql = TenantSql(transaction.connection, tenant_id)
        self._transaction = transaction
        self.users = PostgresUserRepository(sql)
        self.sessions = PostgresSessionRepository(sql, OF_SCHOOL)
        self.courses = PostgresCourseRepository(sql)
        self.videos = PostgresVideoRepository(sql)
        self.outbox = PostgresSchoolOutbox(sql)
        self.usage = PostgresUsageRepository(sql)

    async def commit(self) -> None:
        await self._transaction.commit()


class PostgresSystemTransaction(SystemTransaction):
    """A transaction across schools."""

    def __init__(self, transaction: Transaction) -> None:
        self._sql = SystemSql(transaction.connection)
        self._transaction = transaction
        self.tenants = PostgresTenantRepository(self._sql)
        self.operators = PostgresOperatorRepository(self._sql)
        self.operator_sessions = PostgresSessionRepository(self._sql, OF_PLATFORM)
        self.outbox = PostgresOutbox(self._sql)
        self.pipeline = PostgresPipelineSweepRepository(self._sql)

    def users_of(self, tenant_id: UUID) -> UserRepository:
        return PostgresUserRepository(self._sql.of_school(tenant_id))

    async def commit(self) -> None:
        await self._transaction.commit()


class PostgresUnitOfWork(UnitOfWork):
    """Opens transactions (READ COMMITTED). Everything done in one may raise Unavailable."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

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
            yield PostgresTenantTransaction(transaction, scope.tenant_id)

    @asynccontextmanager
    async def _system(self, scope: SystemScope) -> AsyncIterator[SystemTransaction]:
        async with self._database.write(scope) as transaction:
            yield PostgresSystemTransaction(transaction)
