"""Schools' own host names."""

from uuid import UUID

from sqlalchemy import Integer, Text, Uuid, column, delete, func, insert, or_, select, update

from adapters.postgres.sql import Row, SystemSql, TenantSql
from adapters.postgres.statements import TENANT, Statement, assign, fixed, of_tenant, parameter
from adapters.postgres.tables import tenant_domains
from lms_app.ports.domains import DomainRepository
from lms_app.ports.repositories import Taken
from lms_app.ports.verified_domains import DomainRef, VerifiedDomainRepository
from lms_domain.schools.custom_domain import DomainStatus, TenantDomain

_ID = parameter("id", Uuid)

# A function that runs with its owner's rights: whose a name is, whichever school asks.
_owner = func.resolve_domain(parameter("hostname", Text)).table_valued(column("id", Uuid)).alias("owner")
_given = [parameter(each.name, each.type) for each in tenant_domains.columns if each.name != "tenant_id"]
_ADD = Statement(
    insert(tenant_domains)
    .from_select(
        ["tenant_id", *(value.key for value in _given)],
        select(TENANT, *_given).where(~select(_owner.c.id).where(_owner.c.id != TENANT).correlate(None).exists()),
    )
    .returning(tenant_domains.c.id)
)
_get = select(tenant_domains).where(of_tenant(tenant_domains), tenant_domains.c.id == _ID)
_GET = Statement(_get)
_GET_LOCKED = Statement(_get.with_for_update(key_share=True))
_ALL = Statement(
    select(tenant_domains).where(of_tenant(tenant_domains)).order_by(tenant_domains.c.created_at, tenant_domains.c.id)
)
_SAVE = Statement(
    update(tenant_domains)
    .where(of_tenant(tenant_domains), tenant_domains.c.id == _ID)
    .values(assign(tenant_domains, "status", "verified_at", "missing_since"))
)
_DELETE = Statement(delete(tenant_domains).where(of_tenant(tenant_domains), tenant_domains.c.id == _ID))
_AFTER = parameter("after", Uuid)
_VERIFIED = Statement(
    select(tenant_domains.c.tenant_id, tenant_domains.c.id)
    .where(
        tenant_domains.c.status == fixed(DomainStatus.VERIFIED),
        or_(_AFTER.is_(None), tenant_domains.c.id > _AFTER),
    )
    .order_by(tenant_domains.c.id)
    .limit(parameter("limit", Integer))
)


def domain_from_row(row: Row) -> TenantDomain:
    """A host name from its row."""
    return TenantDomain(
        id=row["id"],
        tenant_id=row["tenant_id"],
        hostname=row["hostname"],
        status=DomainStatus(row["status"]),
        token=row["token"],
        created_at=row["created_at"],
        verified_at=row["verified_at"],
        missing_since=row["missing_since"],
    )


class PostgresDomainRepository(DomainRepository):
    """The host names of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add(self, domain: TenantDomain) -> None:
        self._sql.check_school(domain.tenant_id)
        async with self._sql.survives_taken():
            added = await self._sql.row(
                _ADD,
                id=domain.id,
                hostname=domain.hostname,
                status=domain.status.value,
                token=domain.token,
                created_at=domain.created_at,
                verified_at=domain.verified_at,
                missing_since=domain.missing_since,
            )
        if added is None:
            raise Taken("hostname")

    async def get(self, domain_id: UUID, *, for_update: bool = False) -> TenantDomain | None:
        row = await self._sql.row(_GET_LOCKED if for_update else _GET, id=domain_id)
        return domain_from_row(row) if row is not None else None

    async def all(self) -> tuple[TenantDomain, ...]:
        return tuple(domain_from_row(row) for row in await self._sql.rows(_ALL))

    async def save(self, domain: TenantDomain) -> None:
        self._sql.check_school(domain.tenant_id)
        async with self._sql.survives_taken():
            await self._sql.run(
                _SAVE,
                id=domain.id,
                status=domain.status.value,
                verified_at=domain.verified_at,
                missing_since=domain.missing_since,
            )

    async def delete(self, domain_id: UUID) -> None:
        await self._sql.run(_DELETE, id=domain_id)


class PostgresVerifiedDomainRepository(VerifiedDomainRepository):
    """As the system role."""

    def __init__(self, sql: SystemSql) -> None:
        self._sql = sql

    async def after(self, domain_id: UUID | None, limit: int) -> tuple[DomainRef, ...]:
        rows = await self._sql.rows(_VERIFIED, after=domain_id, limit=limit)
        return tuple(DomainRef(tenant_id=row["tenant_id"], domain_id=row["id"]) for row in rows)
