"""Read the audit trail."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from uuid import UUID
from zoneinfo import ZoneInfo

from lms_app.actor import Actor
from lms_app.audit.views import AuditEntryView
from lms_app.listing import Listing, PageRequest
from lms_app.ports.audit import AuditFilter, AuditQueries
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound

_LOOK = SystemScope("an operator reads the audit trails")


@dataclass(frozen=True, slots=True)
class WantedEntries:
    """Which entries. Both days are included."""

    actor_id: UUID | None = None
    action: str = ""
    object_type: str = ""
    object_id: UUID | None = None
    first_day: date | None = None
    last_day: date | None = None
    search: str = ""

    def filter(self, zone: tzinfo) -> AuditFilter:
        """The same with days as instants."""
        return AuditFilter(
            actor_id=self.actor_id,
            action=self.action,
            object_type=self.object_type,
            object_id=self.object_id,
            since=_midnight(self.first_day, zone),
            until=_midnight(self.last_day, zone, days=1),
            search=self.search,
        )


class ListSchoolAudit:
    """What administrators of the school, and operators on visits to it or about it, have changed: who, on whose behalf,
    from where, what, when, before and after; the newest first. Days are those of the school's time zone."""

    def __init__(self, uow: UnitOfWork, queries: AuditQueries) -> None:
        self._uow = uow
        self._queries = queries

    async def __call__(self, actor: Actor, wanted: WantedEntries, page: PageRequest) -> Listing[AuditEntryView]:
        """Raises NotAllowed."""
        scope = actor.school(Permission.MANAGE_SCHOOL)
        zone: tzinfo = UTC
        if wanted.first_day is not None or wanted.last_day is not None:
            async with self._uow.begin(scope) as tx:
                school = await tx.school.get()
            if school is None:
                raise NotFound("There is nothing here.")
            zone = ZoneInfo(school.time_zone)
        return await self._queries.entries(scope, wanted.filter(zone), page)


class ListPlatformAudit:
    """Everything that is recorded, at all schools and on the platform; the newest first. ``tenant_id`` is null for
    entries of the platform's own trail. Days are UTC."""

    def __init__(self, queries: AuditQueries) -> None:
        self._queries = queries

    async def __call__(self, actor: Actor, wanted: WantedEntries, page: PageRequest) -> Listing[AuditEntryView]:
        """Raises NotAllowed."""
        actor.require(Permission.RUN_PLATFORM)
        return await self._queries.entries(_LOOK, wanted.filter(UTC), page)


def _midnight(day: date | None, zone: tzinfo, *, days: int = 0) -> datetime | None:
    """When ``day`` (or the one so many days later) begins; the ends of time are no bound."""
    if day is None or day == date.max:
        return None
    return datetime.combine(day + timedelta(days=days), time.min, zone) if day > date.min else None
