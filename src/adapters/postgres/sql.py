"""Statements on one connection, inside an open transaction, with PostgreSQL's errors translated."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TypeAlias
from uuid import UUID

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from adapters.postgres.errors import FAILURES, reraise
from adapters.postgres.parting_writes import PartingWrites
from adapters.postgres.statements import Statement
from lms_app.ports.repositories import Taken

Connection: TypeAlias = "PoolConnectionProxy[asyncpg.Record]"
Row: TypeAlias = asyncpg.Record


class Sql:
    """Runs statements. Everything here may raise what errors.translate names: Unavailable, InvalidInput, NotFound,
    Taken."""

    def __init__(self, connection: Connection, parting: PartingWrites | None = None) -> None:
        """``parting``: what waits in the same transaction."""
        self._connection = connection
        self._parting = parting if parting is not None else PartingWrites()

    async def rows(self, statement: Statement, **values: object) -> list[Row]:
        """All rows."""
        arguments = self._arguments(statement, values)
        if self._parting.concern(statement):
            await self.flush()
        try:
            return await self._connection.fetch(statement.sql, *arguments)
        except FAILURES as error:
            reraise(error)

    async def row(self, statement: Statement, **values: object) -> Row | None:
        """The first row."""
        arguments = self._arguments(statement, values)
        if self._parting.concern(statement):
            await self.flush()
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
        if self._parting.concern(statement):
            await self.flush()
        try:
            status = await self._connection.execute(statement.sql, *arguments)
        except FAILURES as error:
            reraise(error)
        return int(status.rpartition(" ")[2])

    async def later(self, statement: Statement, **values: object) -> None:
        """Run an INSERT, UPDATE or DELETE before the transaction commits, with others in one statement. Whatever it may
        raise is raised then, or earlier: a statement that is about the same table comes after it."""
        named = self._named(statement, values)
        if not self._parting.add(statement, named):
            await self.flush()
            self._parting.add(statement, named)

    async def gather(self, statement: Statement, **values: object) -> None:
        """The same for an INSERT or DELETE of any number of rows: those of several calls go together."""
        named = self._named(statement, values)
        if not self._parting.gather(statement, named):
            await self.flush()
            self._parting.gather(statement, named)

    async def flush(self) -> None:
        """Send what waits."""
        if self._parting:
            await self._fetch(*self._parting.together())
            self._parting.clear()

    async def rows_and_waiting(self, statement: Statement, **values: object) -> list[Row]:
        """All rows, by a statement that takes along what waits."""
        arguments = self._arguments(statement, values)
        if not self._parting.can_take(statement):
            await self.flush()
        text, before = self._parting.together(statement)
        rows = await self._fetch(text, [*before, *arguments])
        self._parting.clear()
        return rows

    async def _fetch(self, text: str, arguments: Sequence[object]) -> list[Row]:
        try:
            return await self._connection.fetch(text, *arguments)
        except FAILURES as error:
            reraise(error)

    @asynccontextmanager
    async def survives_taken(self) -> AsyncIterator[None]:
        """Lets the transaction go on after a Taken inside, as if the statement had not been sent.

        Only for statements that cannot say ``ON CONFLICT DO NOTHING``: it costs a round trip.
        """
        waiting = self._parting.copy()
        await self._control("SAVEPOINT before_taken")
        try:
            yield
        except Taken:
            await self._control("ROLLBACK TO SAVEPOINT before_taken")
            self._parting.restore(waiting)
            raise

    async def _control(self, command: str) -> None:
        try:
            await self._connection.execute(command)
        except FAILURES as error:
            reraise(error)

    def _arguments(self, statement: Statement, values: Mapping[str, object]) -> list[object]:
        return statement.arguments(values)

    def _named(self, statement: Statement, values: Mapping[str, object]) -> Mapping[str, object]:
        """``statement`` is not sent yet, but it could be."""
        self._arguments(statement, values)
        return values


class SystemSql(Sql):
    """Statements across schools."""

    def of_school(self, tenant_id: UUID) -> "TenantSql":
        """The same transaction, for what is kept per school."""
        return TenantSql(self._connection, tenant_id, self._parting)


class TenantSql(Sql):
    """Statements inside one school: it takes none that does not ask for the school, and says itself which one."""

    def __init__(self, connection: Connection, tenant_id: UUID, parting: PartingWrites | None = None) -> None:
        super().__init__(connection, parting)
        self.tenant_id = tenant_id

    def check_school(self, tenant_id: UUID | None) -> None:
        """Raises ValueError when something of another school is to be stored here: a bug, never a person's mistake."""
        if tenant_id != self.tenant_id:
            raise ValueError(f"this belongs to school {tenant_id}, the transaction is for {self.tenant_id}")

    def _arguments(self, statement: Statement, values: Mapping[str, object]) -> list[object]:
        if not statement.is_fenced:
            raise TypeError(f"this statement does not ask for the school: {statement.sql}")
        return statement.arguments({**values, "tenant_id": self.tenant_id})

    def _named(self, statement: Statement, values: Mapping[str, object]) -> Mapping[str, object]:
        return {**super()._named(statement, values), "tenant_id": self.tenant_id}
