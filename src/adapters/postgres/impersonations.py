"""Operators' visits to schools."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, LargeBinary, Uuid, literal_column, select, update

from adapters.postgres.sql import Row, Sql, TenantSql
from adapters.postgres.statements import Statement, assign, insert_row, of_tenant, parameter
from adapters.postgres.tables import impersonations
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.impersonations import ImpersonationRepository
from lms_domain.accounts.impersonation import Impersonation

_NOW = parameter("now", TIMESTAMP)


class ImpersonationStatements:
    """The statements for one school, or for all."""

    def __init__(self, fence: ColumnElement[bool]) -> None:
        one = select(impersonations).where(fence, impersonations.c.id == parameter("id", Uuid))
        self.get = Statement(one)
        self.get_locked = Statement(one.with_for_update(key_share=True))
        self.lock_by_code = Statement(
            select(impersonations)
            .where(fence, impersonations.c.code_fingerprint == parameter("fingerprint", LargeBinary))
            .with_for_update(key_share=True)
        )
        self.save = Statement(
            update(impersonations)
            .where(fence, impersonations.c.id == parameter("id", Uuid))
            .values(assign(impersonations, "entered_at", "ends_at", "ended_at"))
        )
        self.live = Statement(
            select(impersonations)
            .where(
                fence,
                impersonations.c.operator_id == parameter("operator_id", Uuid),
                impersonations.c.ended_at.is_(None),
                impersonations.c.ends_at > _NOW,
            )
            .order_by(impersonations.c.created_at, impersonations.c.id)
        )


_OF_SCHOOL = ImpersonationStatements(of_tenant(impersonations))
_OF_ALL = ImpersonationStatements(literal_column("true"))
_ADD = Statement(insert_row(impersonations))


def impersonation_from_row(row: Row) -> Impersonation:
    """A visit from its row."""
    return Impersonation(
        id=row["id"],
        tenant_id=row["tenant_id"],
        operator_id=row["operator_id"],
        user_id=row["user_id"],
        reason=row["reason"],
        code_fingerprint=row["code_fingerprint"],
        created_at=row["created_at"],
        code_expires_at=row["code_expires_at"],
        entered_at=row["entered_at"],
        ends_at=row["ends_at"],
        ended_at=row["ended_at"],
    )


class PostgresImpersonationRepository(ImpersonationRepository):
    """Visits to the school of the transaction, or to all as the system role."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql
        self._statements = _OF_SCHOOL if isinstance(sql, TenantSql) else _OF_ALL

    async def add(self, impersonation: Impersonation) -> None:
        if isinstance(self._sql, TenantSql):
            self._sql.check_school(impersonation.tenant_id)
            school = {}
        else:
            school = {"tenant_id": impersonation.tenant_id}
        async with self._sql.survives_taken():
            await self._sql.run(
                _ADD,
                **school,
                id=impersonation.id,
                operator_id=impersonation.operator_id,
                user_id=impersonation.user_id,
                reason=impersonation.reason,
                code_fingerprint=impersonation.code_fingerprint,
                created_at=impersonation.created_at,
                code_expires_at=impersonation.code_expires_at,
                entered_at=impersonation.entered_at,
                ends_at=impersonation.ends_at,
                ended_at=impersonation.ended_at,
            )

    async def get(self, impersonation_id: UUID, *, for_update: bool = False) -> Impersonation | None:
        statement = self._statements.get_locked if for_update else self._statements.get
        row = await self._sql.row(statement, id=impersonation_id)
        return impersonation_from_row(row) if row is not None else None

    async def lock_by_code(self, fingerprint: bytes) -> Impersonation | None:
        row = await self._sql.row(self._statements.lock_by_code, fingerprint=fingerprint)
        return impersonation_from_row(row) if row is not None else None

    async def save(self, impersonation: Impersonation) -> None:
        await self._sql.run(
            self._statements.save,
            id=impersonation.id,
            entered_at=impersonation.entered_at,
            ends_at=impersonation.ends_at,
            ended_at=impersonation.ended_at,
        )

    async def live_of_operator(self, operator_id: UUID, *, now: datetime) -> tuple[Impersonation, ...]:
        rows = await self._sql.rows(self._statements.live, operator_id=operator_id, now=now)
        return tuple(impersonation_from_row(row) for row in rows)
