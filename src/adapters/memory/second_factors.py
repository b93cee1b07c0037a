"""Second factors, in memory."""

from uuid import UUID

from adapters.memory.checks import require
from adapters.memory.tables import Rows
from lms_app.ports.second_factors import SecondFactorRepository
from lms_domain.accounts.person import Operator, User
from lms_domain.accounts.second_factor import SecondFactor


class MemorySecondFactorRepository(SecondFactorRepository):
    """The factors of one school's people, or of operators: the rows say whose. Nothing is sealed: nothing is stored."""

    def __init__(self, people: Rows[UUID, User] | Rows[UUID, Operator], factors: Rows[UUID, SecondFactor]) -> None:
        self._people = people
        self._factors = factors

    async def get(self, user_id: UUID, *, for_update: bool = False) -> SecondFactor | None:
        return await self._factors.lock(user_id) if for_update else self._factors.get(user_id)

    async def save(self, user_id: UUID, factor: SecondFactor) -> None:
        require(self._people.get(user_id))
        await self._factors.lock(user_id)
        self._factors.put(user_id, factor)

    async def delete(self, user_id: UUID) -> None:
        if await self._factors.lock(user_id) is not None:
            self._factors.remove(user_id)
