"""The database as one thing: a pool for each role, and how a scope becomes a transaction."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from types import TracebackType
from typing import overload
from uuid import UUID

from adapters.postgres.pool import PostgresPool, Transaction
from adapters.postgres.sql import SystemSql, TenantSql
from lms_app.scope import SystemScope, TenantScope


class PostgresDatabase:
    """Two pools, because the second fence between schools is the role: lms_app sees the rows of one school only, the
    one that its transaction names; lms_system sees all, and is there for the platform's own work."""

    def __init__(self, app: PostgresPool, system: PostgresPool) -> None:
        self.app = app
        self.system = system

    async def open(self) -> None:
        """Connect. Raises Unavailable; then nothing stays open."""
        try:
            await self.app.open()
            await self.system.open()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Close every connection, within some seconds. May be called at any time."""
        await self.app.close()
        await self.system.close()

    def write(self, scope: TenantScope | SystemScope) -> AbstractAsyncContextManager[Transaction]:
        """A transaction in ``scope``. Without commit nothing happened."""
        if isinstance(scope, TenantScope):
            return self.app.transaction(f"BEGIN; {_set_tenant(scope.tenant_id)}")
        return self.system.transaction("BEGIN")

    @overload
    def read(self, scope: TenantScope) -> AbstractAsyncContextManager[TenantSql]: ...
    @overload
    def read(self, scope: SystemScope) -> AbstractAsyncContextManager[SystemSql]: ...
    def read(
        self, scope: TenantScope | SystemScope
    ) -> AbstractAsyncContextManager[TenantSql] | AbstractAsyncContextManager[SystemSql]:
        """Statements in ``scope`` that can only read: a round trip before them, and one after."""
        return _TenantReading(self.app, scope.tenant_id) if isinstance(scope, TenantScope) else self._read_system()

    def read_at_once(self, scope: TenantScope) -> AbstractAsyncContextManager[TenantSql]:
        """Statements that can only read and that all see the school as it is at the first of them."""
        return _TenantReading(self.app, scope.tenant_id, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    @asynccontextmanager
    async def _read_system(self) -> AsyncIterator[SystemSql]:
        async with self.system.transaction("BEGIN READ ONLY") as transaction:
            yield SystemSql(transaction.connection)
            await transaction.commit()


class _TenantReading:
    """A transaction that can only read, and ends with COMMIT: many rollbacks would look like trouble."""

    def __init__(self, pool: PostgresPool, tenant_id: UUID, beginning: str = "BEGIN READ ONLY") -> None:
        self._transaction = pool.transaction(f"{beginning}; {_set_tenant(tenant_id)}")
        self._tenant_id = tenant_id

    async def __aenter__(self) -> TenantSql:
        transaction = await self._transaction.__aenter__()
        return TenantSql(transaction.connection, self._tenant_id)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            try:
                await self._transaction.commit()
            except BaseException as failure:
                await self._transaction.__aexit__(type(failure), failure, failure.__traceback__)
                raise
        await self._transaction.__aexit__(kind, error, traceback)


def _set_tenant(tenant_id: UUID) -> str:
    """The command that names the school until the transaction ends.

    It travels with BEGIN in one round trip, and that way takes no parameters: so the id is made from a UUID's own
    number, never from text that somebody sent.
    """
    return f"SELECT set_config('app.tenant_id', '{UUID.__str__(tenant_id)}', true)"
