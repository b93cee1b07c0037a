"""Which school a host name belongs to."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Date, Text, Uuid, column, func, select
from sqlalchemy.sql.functions import Function

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.short_memory import ShortMemory
from adapters.postgres.sql import Row, Sql
from adapters.postgres.statements import Statement, parameter
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostDirectory, HostedSchool
from lms_domain.schools.host import CustomDomain, PlatformHost, SchoolSubdomain, Site
from lms_domain.schools.tenant import status_of

_MEMORY_SECONDS = 5.0
_MAX_HOSTS = 10_000


def _resolve(function: Callable[[ColumnElement[str]], Function[object]]) -> Statement:
    """By a function that runs with its owner's rights: the one question that is asked before there is a school."""
    return Statement(
        select(
            function(parameter("name", Text))
            .table_valued(
                column("id", Uuid),
                column("time_zone", Text),
                column("is_converted", Boolean),
                column("is_suspended", Boolean),
                column("trial_ends_on", Date),
            )
            .alias("school")
        )
    )


_BY_SUBDOMAIN, _BY_DOMAIN = _resolve(func.resolve_host), _resolve(func.resolve_domain)


class PostgresHostDirectory(HostDirectory):
    """Looks hosts up as the application's role. "No such school" is remembered too."""

    def __init__(self, database: PostgresDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._memory = ShortMemory[Site, Row | None](seconds=_MEMORY_SECONDS, max_entries=_MAX_HOSTS)

    async def school(self, site: Site) -> HostedSchool | None:
        """Raises Unavailable."""
        row = await self._memory.get(site, lambda: self._resolve(site))
        if row is None:
            return None
        tenant_id: UUID = row["id"]
        # Not remembered: a trial ends at midnight, not five seconds later.
        status = status_of(
            is_suspended=row["is_suspended"],
            is_converted=row["is_converted"],
            trial_ends_on=row["trial_ends_on"],
            time_zone=row["time_zone"],
            now=self._clock.now(),
        )
        return HostedSchool(tenant_id=tenant_id, status=status)

    def forget(self, site: Site) -> None:
        self._memory.forget(site)

    async def _resolve(self, site: Site) -> Row | None:
        match site:
            case PlatformHost():
                return None
            case SchoolSubdomain(name):
                return await self._ask(_BY_SUBDOMAIN, name)
            case CustomDomain(name):
                return await self._ask(_BY_DOMAIN, name)

    async def _ask(self, statement: Statement, name: str) -> Row | None:
        async with self._database.app.connection() as connection:
            return await Sql(connection).row(statement, name=name)
