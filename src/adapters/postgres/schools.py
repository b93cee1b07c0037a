"""Schools."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    Table,
    Text,
    column,
    delete,
    func,
    literal_column,
    select,
    table,
    update,
)

from adapters.postgres.folding import folded
from adapters.postgres.sessions import ENDED_CHANNEL
from adapters.postgres.sql import Row, SystemSql
from adapters.postgres.statements import TENANT, Statement, assign_all_but, insert_row, of_tenant, parameter, ring
from adapters.postgres.tables import metadata, storage_garbage, tenant_usage, tenants
from lms_app.ports.repositories import Taken, TenantRepository
from lms_domain.schools.branding import Branding
from lms_domain.schools.features import Feature
from lms_domain.schools.policies import QuizPolicy, SchoolPolicies
from lms_domain.schools.tenant import Limits, Plan, Tenant

# The school and the row that counts for it are one statement: neither is ever without the other.
_added = (
    insert_row(tenants)
    .on_conflict_do_nothing(index_elements=[tenants.c.subdomain])
    .returning(tenants.c.id)
    .cte("added")
)
_ADD = Statement(
    tenant_usage.insert().from_select(["tenant_id"], select(_added.c.id)).returning(tenant_usage.c.tenant_id)
)
_GET = Statement(select(tenants).where(tenants.c.id == parameter("id", tenants.c.id.type)))
_GET_LOCKED = Statement(
    select(tenants).where(tenants.c.id == parameter("id", tenants.c.id.type)).with_for_update(key_share=True)
)
_saved = (
    update(tenants)
    .where(tenants.c.id == parameter("id", tenants.c.id.type))
    .values(assign_all_but(tenants, "id", "created_at"))
    .returning(tenants.c.id)
    .cte("saved")
)
# Perhaps the school was suspended: its open pages look whether they may go on.
_SAVE = Statement(select(ring(ENDED_CHANNEL, _saved.c.id)))
_BY_SUBDOMAIN = Statement(select(tenants).where(tenants.c.subdomain == parameter("subdomain", Text)))
# From the leaves to the root, by the foreign keys: a table that is added later cannot be forgotten. What the school
# leaves in storage is still to be collected.
_ERASED = tuple(
    each for each in reversed(metadata.sorted_tables) if "tenant_id" in each.c and each is not storage_garbage
)
ROWS_AT_ONCE = 10_000
"""A large school has tables that no single statement empties within the time that statements may take."""


def _erase(*erased: Table) -> Statement:
    """Takes some rows of a school away, and says how many more it could have taken: none is left when that is more than
    0. Of each table only when those before it are empty: what refers to a row goes before it, or with it."""
    room = [select(parameter("limit", Integer).label("rows")).cte("room_0")]
    gone: list[CTE] = []
    for number, emptied in enumerate(erased):
        # By its name: an expression that holds all those before it would be nested as deeply as there are tables.
        left = select(column("rows", Integer)).select_from(table(f"room_{number}")).scalar_subquery()
        part = emptied.alias("part")
        places: Select[*tuple[object, ...]] = select(literal_column("part.ctid")).select_from(part)
        # By where they lie: keys of tables differ, and are of several columns.
        some = func.array(places.where(of_tenant(part)).limit(left).scalar_subquery())
        place: ColumnElement[object] = literal_column(f"{emptied.name}.ctid")
        taken = delete(emptied).where(of_tenant(emptied), place == func.any(some))
        gone.append(taken.returning(literal_column("1", Integer)).cte(f"gone_{number}"))
        count = select(func.count()).select_from(table(f"gone_{number}")).scalar_subquery()
        room.append(select((left - count).label("rows")).cte(f"room_{number + 1}"))
    parts = [cte for pair in zip(room, gone, strict=False) for cte in pair]
    return Statement(
        select(column("rows", Integer)).select_from(table(f"room_{len(erased)}")).add_cte(*parts, room[-1])
    )


_ERASE = _erase(*_ERASED)
_ERASE_SCHOOL = Statement(delete(tenants).where(tenants.c.id == TENANT))


def trial_end(time_zone: str, trial_ends_on: date) -> datetime:
    """24:00 of the trial's last day at the school."""
    midnight = datetime.combine(trial_ends_on + timedelta(days=1), time.min, ZoneInfo(time_zone))
    return midnight.astimezone(UTC)


def tenant_to_values(tenant: Tenant) -> dict[str, object]:
    """A school as the values of its row."""
    return {
        "id": tenant.id,
        "name": tenant.name,
        "name_folded": folded(tenant.name),
        "subdomain": tenant.subdomain,
        "contact_email": tenant.contact_email,
        "time_zone": tenant.time_zone,
        "locale": tenant.locale,
        "primary_color": tenant.branding.primary_color,
        "secondary_color": tenant.branding.secondary_color,
        "font_family": tenant.branding.font_family,
        "logo_url": tenant.branding.logo_url,
        "plan": tenant.plan.value,
        "limit_teachers": tenant.limits.teachers,
        "limit_courses": tenant.limits.courses,
        "limit_storage_bytes": tenant.limits.storage_bytes,
        "limit_video_seconds": tenant.limits.video_seconds,
        "is_converted": tenant.is_converted,
        "is_suspended": tenant.is_suspended,
        "trial_ends_on": tenant.trial_ends_on,
        "trial_ends_at": trial_end(tenant.time_zone, tenant.trial_ends_on),
        "created_at": tenant.created_at,
        "features": sorted(tenant.features),
        "notes": tenant.notes,
        "quiz_policy": tenant.policies.quiz.value,
        "remote_quiz_consent": tenant.policies.remote_quiz_consent,
        "suspension_reason": tenant.suspension_reason,
    }


def tenant_from_row(row: Row, prefix: str = "") -> Tenant:
    """A school from its row. ``prefix``: what its columns' names begin with, beside others."""
    return Tenant(
        id=row[f"{prefix}id"],
        name=row[f"{prefix}name"],
        subdomain=row[f"{prefix}subdomain"],
        contact_email=row[f"{prefix}contact_email"],
        time_zone=row[f"{prefix}time_zone"],
        locale=row[f"{prefix}locale"],
        branding=Branding(
            primary_color=row[f"{prefix}primary_color"],
            secondary_color=row[f"{prefix}secondary_color"],
            font_family=row[f"{prefix}font_family"],
            logo_url=row[f"{prefix}logo_url"],
        ),
        plan=Plan(row[f"{prefix}plan"]),
        limits=limits_from_row(row, prefix),
        is_converted=row[f"{prefix}is_converted"],
        is_suspended=row[f"{prefix}is_suspended"],
        trial_ends_on=row[f"{prefix}trial_ends_on"],
        created_at=row[f"{prefix}created_at"],
        features=frozenset(Feature(feature) for feature in row[f"{prefix}features"]),
        notes=row[f"{prefix}notes"],
        policies=SchoolPolicies(
            quiz=QuizPolicy(row[f"{prefix}quiz_policy"]), remote_quiz_consent=row[f"{prefix}remote_quiz_consent"]
        ),
        suspension_reason=row[f"{prefix}suspension_reason"],
    )


def limits_from_row(row: Row, prefix: str = "") -> Limits:
    """The four columns ``limit_*``."""
    return Limits(
        teachers=row[f"{prefix}limit_teachers"],
        courses=row[f"{prefix}limit_courses"],
        storage_bytes=row[f"{prefix}limit_storage_bytes"],
        video_seconds=row[f"{prefix}limit_video_seconds"],
    )


class PostgresTenantRepository(TenantRepository):
    """All schools; as the system role."""

    def __init__(self, sql: SystemSql) -> None:
        self._sql = sql

    async def add(self, tenant: Tenant) -> None:
        if await self._sql.row(_ADD, **tenant_to_values(tenant)) is None:
            raise Taken("subdomain")

    async def get(self, tenant_id: UUID) -> Tenant | None:
        row = await self._sql.row(_GET, id=tenant_id)
        return tenant_from_row(row) if row is not None else None

    async def lock(self, tenant_id: UUID) -> Tenant | None:
        row = await self._sql.row(_GET_LOCKED, id=tenant_id)
        return tenant_from_row(row) if row is not None else None

    async def save(self, tenant: Tenant) -> None:
        values = tenant_to_values(tenant)
        del values["created_at"]
        async with self._sql.survives_taken():
            await self._sql.run(_SAVE, **values)

    async def by_subdomain(self, subdomain: str) -> Tenant | None:
        row = await self._sql.row(_BY_SUBDOMAIN, subdomain=subdomain)
        return tenant_from_row(row) if row is not None else None

    async def erase(self, tenant_id: UUID) -> None:
        sql = self._sql.of_school(tenant_id)
        while await sql.count(_ERASE, limit=ROWS_AT_ONCE) == 0:
            pass
        await sql.run(_ERASE_SCHOOL)
