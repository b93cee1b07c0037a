"""Which school a host name belongs to."""

from uuid import UUID

from sqlalchemy import Boolean, Date, Text, Uuid, column, func, select

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.short_memory import ShortMemory
from adapters.postgres.sql import Row, Sql
from adapters.postgres.statements import Statement, parameter
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostDirectory, HostedSchool
from lms_domain.schools.host import SchoolSubdomain, Site
from lms_domain.schools.tenant import status_of

_MEMORY_SECONDS = 5.0
_MAX_HOSTS = 10_000

# A function that runs with its owner's rights: the one question that is asked before there is a school.
_RESOLVE = Statement(
    select(
        func.resolve_host(parameter("label", Text))
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


class PostgresHostDirectory(HostDirectory):
    """Looks hosts up as the application's role. "No such school" is remembered too."""

    def __init__(self, database: PostgresDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._memory = ShortMemory[str, Row | None](seconds=_MEMORY_SECONDS, max_entries=_MAX_HOSTS)

    async def school(self, site: Site) -> HostedSchool | None:
        """Raises Unavailable."""
        if not isinstance(site, SchoolSubdomain):
            return None  # no school has a domain of its own yet
        label = site.label
        row = await self._memory.get(label, lambda: self._resolve(label))
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

    async def _resolve(self, label: str) -> Row | None:
        async with self._database.app.connection() as connection:
            return await Sql(connection).row(_RESOLVE, label=label)
