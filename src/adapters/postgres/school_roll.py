"""All schools, one after the other."""

from uuid import UUID

from sqlalchemy import not_, select

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.statements import Statement
from adapters.postgres.tables import tenants
from lms_app.ports.school_roll import SchoolRoll
from lms_app.scope import SystemScope

_SYSTEM = SystemScope("the round of all schools")
_IN_USE = Statement(select(tenants.c.id).where(not_(tenants.c.is_suspended)).order_by(tenants.c.id))


class PostgresSchoolRoll(SchoolRoll):
    """Which schools there are."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def in_use(self) -> tuple[UUID, ...]:
        async with self._database.read(_SYSTEM) as system:
            return tuple(row["id"] for row in await system.rows(_IN_USE))
