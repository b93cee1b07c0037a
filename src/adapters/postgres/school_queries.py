"""Screens about schools."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, FromClause, Select, Text, Uuid, and_, func, literal_column, not_, or_, select

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.folding import folded
from adapters.postgres.people_sql import is_learner
from adapters.postgres.screen_sql import LIMIT, OFFSET, listed, listing
from adapters.postgres.sql import Row
from adapters.postgres.statements import TENANT, Statement, parameter
from adapters.postgres.tables import courses, tenant_usage, tenants, users
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.listing import Listing, PageRequest
from lms_app.ports.queries import SchoolQueries, TenantFilter
from lms_app.schools.views import LimitsView, TenantView, ThemeView, UsageView
from lms_app.scope import SystemScope, TenantScope
from lms_domain.schools.features import Feature
from lms_domain.schools.tenant import Plan, TenantStatus, status_of

_THEME = Statement(
    select(
        tenants.c.name,
        tenants.c.subdomain,
        tenants.c.logo_url,
        tenants.c.primary_color,
        tenants.c.secondary_color,
        tenants.c.font_family,
    ).where(tenants.c.id == TENANT)
)


def _with_figures(school: FromClause) -> Select[*tuple[object, ...]]:
    teachers = (
        select(func.count())
        .select_from(users)
        .where(users.c.tenant_id == school.c.id, is_learner(users))
        .correlate(school)
        .scalar_subquery()
    )
    number_of_courses = (
        select(func.count())
        .select_from(courses)
        .where(courses.c.tenant_id == school.c.id, courses.c.deleted_at.is_(None))
        .correlate(school)
        .scalar_subquery()
    )
    return select(
        school,
        tenant_usage.c.stored_bytes,
        teachers.label("teacher_count"),
        number_of_courses.label("course_count"),
    ).select_from(school.join(tenant_usage, tenant_usage.c.tenant_id == school.c.id))


# The same rule as status_of, for filters: `trial_ends_at` is 24:00 of the trial's last day at the school.
_NOW = parameter("now", TIMESTAMP)
_is_trial = and_(not_(tenants.c.is_suspended), not_(tenants.c.is_converted), tenants.c.trial_ends_at > _NOW)
_is_active = and_(not_(tenants.c.is_suspended), or_(tenants.c.is_converted, tenants.c.trial_ends_at > _NOW))
_ACTIVE, _TRIAL = parameter("is_active", Boolean), parameter("is_trial", Boolean)
_PLAN, _SEARCH = parameter("plan", Text), parameter("search", Text)
_matching = select(tenants).where(
    or_(_ACTIVE.is_(None), _is_active == _ACTIVE),
    or_(_TRIAL.is_(None), _is_trial == _TRIAL),
    or_(_PLAN.is_(None), tenants.c.plan == _PLAN),
    or_(
        func.strpos(tenants.c.name_folded, _SEARCH) > literal_column("0"),
        func.strpos(tenants.c.subdomain, _SEARCH) > literal_column("0"),
        func.strpos(func.lower(tenants.c.contact_email), _SEARCH) > literal_column("0"),
    ),
)


def _ordered(column: str, direction: str) -> Statement:
    order = (f"{column} {direction}", f"id {direction}")
    page = _matching.order_by(*(literal_column(f"tenants.{term}") for term in order)).limit(LIMIT).offset(OFFSET)
    return Statement(listing(_matching, _with_figures(page.subquery("school")), order))


_TENANTS = {
    f"{sign}{name}": _ordered(column, direction)
    for name, column in (("created_at", "created_at"), ("name", "name_folded"), ("trial_ends_on", "trial_ends_on"))
    for sign, direction in (("", "ASC"), ("-", "DESC"))
}
"""One statement for each order: it cannot be a parameter."""

_TENANT = Statement(_with_figures(select(tenants).where(tenants.c.id == parameter("id", Uuid)).subquery("school")))


def _tenant_from_row(row: Row, now: datetime) -> TenantView:
    status = status_of(
        is_suspended=row["is_suspended"],
        is_converted=row["is_converted"],
        trial_ends_on=row["trial_ends_on"],
        time_zone=row["time_zone"],
        now=now,
    )
    return TenantView(
        id=row["id"],
        name=row["name"],
        subdomain=row["subdomain"],
        status=status,
        is_active=status in {TenantStatus.TRIAL, TenantStatus.ACTIVE},
        is_trial=status is TenantStatus.TRIAL,
        trial_ends_on=row["trial_ends_on"],
        plan=Plan(row["plan"]),
        limits=LimitsView(
            teachers=row["limit_teachers"],
            courses=row["limit_courses"],
            storage_bytes=row["limit_storage_bytes"],
            video_seconds=row["limit_video_seconds"],
        ),
        features={feature.value: feature.value in row["features"] for feature in Feature},
        usage=UsageView(teachers=row["teacher_count"], courses=row["course_count"], storage_bytes=row["stored_bytes"]),
        admin_email=row["contact_email"],
        teacher_count=row["teacher_count"],
        course_count=row["course_count"],
        notes=row["notes"],
        suspension_reason=row["suspension_reason"],
        created_at=row["created_at"],
    )


class PostgresSchoolQueries(SchoolQueries):
    """Screens about schools."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def theme(self, scope: TenantScope) -> ThemeView | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_THEME)
        if row is None:
            return None
        return ThemeView(
            name=row["name"],
            subdomain=row["subdomain"],
            logo_url=row["logo_url"],
            primary_color=row["primary_color"],
            secondary_color=row["secondary_color"],
            font_family=row["font_family"],
        )

    async def tenants(
        self, scope: SystemScope, filters: TenantFilter, page: PageRequest, *, now: datetime
    ) -> Listing[TenantView]:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(
                _TENANTS[filters.ordering],
                now=now,
                is_active=filters.is_active,
                is_trial=filters.is_trial,
                plan=filters.plan.value if filters.plan is not None else None,
                search=folded(filters.search),
                limit=page.size,
                offset=page.offset,
            )
        count, found = listed(rows)
        return Listing(count, [_tenant_from_row(row, now) for row in found])

    async def tenant(self, scope: SystemScope, tenant_id: UUID, *, now: datetime) -> TenantView | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_TENANT, id=tenant_id)
        return _tenant_from_row(row, now) if row is not None else None
