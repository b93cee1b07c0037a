"""Statements on one connection, inside an open transaction, with PostgreSQL's errors translated."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias
from uuid import UUID

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from adapters.postgres.errors import FAILURES, reraise
from adapters.postgres.statements import Statement
from lms_app.ports.repositories import Taken

Connection: TypeAlias = "PoolConnectionProxy[asyncpg.Record]"
Row: TypeAlias = asyncpg.Record


class Sql:
    """Runs statements. Everything here may raise what errors.translate names: Unavailable, InvalidInput, NotFound,
    Taken."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def rows(self, statement: Statement, **values: object) -> list[Row]:
        """All rows."""
        arguments = self._arguments(statement, values)
        try:
            return await self._connection.fetch(statement.sql, *arguments)
        except FAILURES as error:
            reraise(error)

    async def row(self, statement: Statement, **values: object) -> Row | None:
        """The first row."""
        arguments = self._arguments(statement, values)
        try:
            return await self._connection.fetchrow(statement.sql, *arguments)
        except FAILURES as error:
            reraise(error)

    async def count(self, statement: Statement, **values: object) -> int:
        """The number in the first row."""
        row = await self.row(statement, **values)
        return int(row[0]) if row is not None else 0

    async def run(self, statement: Statement, **values: object) -> int:
        """How many rows were inserted, changed or deleted."""
        arguments = self._arguments(statement, values)
        try:
            status = await self._connection.execute(statement.sql, *arguments)
        except FAILURES as error:
            reraise(error)
        return int(status.rpartition(" ")[2])

    @asynccontextmanager
    async def survives_taken(self) -> AsyncIterator[None]:
        """Lets the transaction go on after a Taken inside, as if the statement had not been sent.

        Only for statements that cannot say ``ON CONFLICT DO NOTHING``: it costs a round trip.
        """
        await self._control("SAVEPOINT before_taken")
        try:
            yield
        except Taken:
            await self._control("ROLLBACK TO SAVEPOINT before_taken")
            raise

    async def _control(self, command: str) -> None:
        try:
            await self._connection.execute(command)
        except FAILURES as error:
            reraise(error)

    def _arguments(self, statement: Statement, values: dict[str, object]) -> list[object]:
        return statement.arguments(values)


class SystemSql(Sql):
    """Statements across schools."""

    def of_school(self, tenant_id: UUID) -> "TenantSql":
        """The same transaction, for what is kept per school."""
        return TenantSql(self._connection, tenant_id)


class TenantSql(Sql):
    """Statements inside one school: it takes none that does not ask for the school, and says itself which one."""

    def __init__(self, connection: Connection, tenant_id: UUID) -> None:
        super().__init__(connection)
        self.tenant_id = tenant_id

    def check_school(self, tenant_id: UUID) -> None:
        """Raises ValueError when something of another school is to be stored here: a bug, never a person's mistake."""
        if tenant_id != self.tenant_id:
            raise ValueError(f"this belongs to school {tenant_id}, the transaction is for {self.tenant_id}")

    def _arguments(self, statement: Statement, values: dict[str, object]) -> list[object]:
        if not statement.is_fenced:
            raise TypeError(f"this statement does not ask for the school: {statement.sql}")
        return statement.arguments({**values, "tenant_id": self.tenant_id})
