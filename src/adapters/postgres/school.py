"""A school, as its own administrators may see and change it."""

from sqlalchemy import Text, literal_column, select, update

from adapters.postgres.folding import folded
from adapters.postgres.schools import tenant_from_row, trial_end
from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import TENANT, Statement, assign
from adapters.postgres.tables import tenants
from lms_app.ports.school import SchoolRepository
from lms_domain.schools.tenant import Tenant

# The operator's notes are not the application's to read: it has no right to that column.
_school = select(
    *(column for column in tenants.columns if column.name != "notes"), literal_column("''", Text).label("notes")
).where(tenants.c.id == TENANT)
_GET = Statement(_school)
_LOCK = Statement(_school.with_for_update(key_share=True))
BESIDE = tuple(column.label(f"school_{column.name}") for column in _school.selected_columns)
"""The school's columns, for a statement about something else that has its row at hand."""
_SAVE = Statement(
    update(tenants)
    .where(tenants.c.id == TENANT)
    .values(
        assign(
            tenants,
            "name",
            "name_folded",
            "contact_email",
            "time_zone",
            "locale",
            "primary_color",
            "secondary_color",
            "font_family",
            "logo_url",
            "quiz_policy",
            "remote_quiz_consent",
            "trial_ends_at",
        )
    )
)


class PostgresSchoolRepository(SchoolRepository):
    """The school of the transaction."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql
        self._read: Tenant | None = None

    async def get(self) -> Tenant | None:
        # Many things that one request does want to know whose they are: within a transaction it is asked once.
        if self._read is None:
            row = await self._sql.row(_GET)
            self._read = tenant_from_row(row) if row is not None else None
        return self._read

    def from_beside(self, row: Row) -> Tenant:
        """The school, from a row with the columns ``BESIDE``; ``get`` then needs no statement."""
        self._read = tenant_from_row(row, "school_")
        return self._read

    async def lock(self) -> Tenant | None:
        row = await self._sql.row(_LOCK)
        self._read = tenant_from_row(row) if row is not None else None
        return self._read

    async def save_settings(self, tenant: Tenant) -> None:
        self._sql.check_school(tenant.id)
        kept = await self.lock()
        if kept is None:
            return
        await self._sql.run(
            _SAVE,
            name=tenant.name,
            name_folded=folded(tenant.name),
            contact_email=tenant.contact_email,
            time_zone=tenant.time_zone,
            locale=tenant.locale,
            primary_color=tenant.branding.primary_color,
            secondary_color=tenant.branding.secondary_color,
            font_family=tenant.branding.font_family,
            logo_url=tenant.branding.logo_url,
            quiz_policy=tenant.policies.quiz.value,
            remote_quiz_consent=tenant.policies.remote_quiz_consent,
            trial_ends_at=trial_end(tenant.time_zone, kept.trial_ends_on),
        )
        self._read = None
