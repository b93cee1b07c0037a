"""Certificates, to read."""

from uuid import UUID

from sqlalchemy import Text, Uuid, and_, not_, select

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.people_sql import is_erased
from adapters.postgres.screen_sql import LIMIT, OFFSET, listed, listing
from adapters.postgres.sql import Row
from adapters.postgres.statements import TENANT, Statement, of_tenant, parameter
from adapters.postgres.tables import certificates, tenants, users
from lms_app.listing import Listing, PageRequest
from lms_app.ports.certificates import CertificateQueries, CertificateRow
from lms_app.scope import TenantScope

_certificates = (
    select(
        certificates.c.id,
        certificates.c.course_id,
        certificates.c.course_title,
        certificates.c.course_version,
        certificates.c.estimated_hours,
        certificates.c.code,
        certificates.c.issued_at,
        users.c.first_name,
        users.c.last_name,
        tenants.c.name.label("school_name"),
        tenants.c.subdomain,
        tenants.c.time_zone,
        tenants.c.locale,
        tenants.c.primary_color,
        tenants.c.logo_url,
    )
    .select_from(
        certificates.join(users, and_(of_tenant(users), users.c.id == certificates.c.user_id)).join(
            tenants, tenants.c.id == TENANT
        )
    )
    .where(of_tenant(certificates), not_(is_erased(users)))
)
_own = _certificates.where(certificates.c.user_id == parameter("user_id", Uuid))
_OF_PERSON = Statement(
    listing(
        _own,
        _own.order_by(certificates.c.issued_at.desc(), certificates.c.id).limit(LIMIT).offset(OFFSET),
        ("issued_at DESC", "id"),
    )
)
_ONE_OF_PERSON = Statement(_own.where(certificates.c.id == parameter("certificate_id", Uuid)))
_BY_CODE = Statement(_certificates.where(certificates.c.code == parameter("code", Text)))


class PostgresCertificateQueries(CertificateQueries):
    """Certificates of one school."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def of_person(self, scope: TenantScope, user_id: UUID, page: PageRequest) -> Listing[CertificateRow]:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(_OF_PERSON, user_id=user_id, limit=page.size, offset=page.offset)
        count, found = listed(rows)
        return Listing(count, [_certificate(row) for row in found])

    async def one_of_person(self, scope: TenantScope, user_id: UUID, certificate_id: UUID) -> CertificateRow | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_ONE_OF_PERSON, user_id=user_id, certificate_id=certificate_id)
        return _certificate(row) if row is not None else None

    async def by_code(self, scope: TenantScope, code: str) -> CertificateRow | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_BY_CODE, code=code)
        return _certificate(row) if row is not None else None


def _certificate(row: Row) -> CertificateRow:
    return CertificateRow(**{name: row[name] for name in CertificateRow.__struct_fields__})
