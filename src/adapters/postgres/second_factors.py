"""Second factors: the same for people of a school and for operators, in tables of their own."""

from uuid import UUID

from sqlalchemy import ColumnElement, Table, Uuid, delete, literal_column, select

from adapters.postgres.sealing import SecretSeal
from adapters.postgres.sql import Row, Sql
from adapters.postgres.statements import Statement, insert_row, of_tenant, parameter
from adapters.postgres.tables import platform_second_factors, second_factors
from lms_app.ports.second_factors import SecondFactorRepository
from lms_domain.accounts.second_factor import SecondFactor


class FactorStatements:
    """The statements for one table."""

    def __init__(self, factors: Table) -> None:
        fence: ColumnElement[bool] = of_tenant(factors) if "tenant_id" in factors.c else literal_column("true")
        one = select(factors).where(fence, factors.c.user_id == parameter("user_id", Uuid))
        self.get = Statement(one)
        self.get_locked = Statement(one.with_for_update(key_share=True))
        added = insert_row(factors)
        self.save = Statement(
            added.on_conflict_do_update(
                index_elements=list(factors.primary_key.columns),
                set_={
                    name: added.excluded[name]
                    for name in ("secret", "confirmed_at", "last_step", "recovery_fingerprints")
                },
            )
        )
        self.delete = Statement(delete(factors).where(fence, factors.c.user_id == parameter("user_id", Uuid)))


OF_SCHOOL = FactorStatements(second_factors)
OF_PLATFORM = FactorStatements(platform_second_factors)


class PostgresSecondFactorRepository(SecondFactorRepository):
    """The factors of one school's people, or of operators: ``sql`` and ``statements`` say whose.

    A sealed secret opens for its person only: nobody gets another's factor by a row copied in the database.
    """

    def __init__(self, sql: Sql, statements: FactorStatements, seal: SecretSeal) -> None:
        self._sql = sql
        self._statements = statements
        self._seal = seal

    async def get(self, user_id: UUID, *, for_update: bool = False) -> SecondFactor | None:
        statement = self._statements.get_locked if for_update else self._statements.get
        row = await self._sql.row(statement, user_id=user_id)
        return self._from_row(row) if row is not None else None

    async def save(self, user_id: UUID, factor: SecondFactor) -> None:
        await self._sql.run(
            self._statements.save,
            user_id=user_id,
            secret=self._seal.seal(factor.secret, owner=user_id.bytes),
            confirmed_at=factor.confirmed_at,
            last_step=factor.last_step,
            recovery_fingerprints=sorted(factor.recovery_fingerprints),
        )

    async def delete(self, user_id: UUID) -> None:
        await self._sql.later(self._statements.delete, user_id=user_id)

    def _from_row(self, row: Row) -> SecondFactor:
        return SecondFactor(
            secret=self._seal.open(row["secret"], owner=row["user_id"].bytes),
            confirmed_at=row["confirmed_at"],
            last_step=row["last_step"],
            recovery_fingerprints=frozenset(row["recovery_fingerprints"]),
        )
